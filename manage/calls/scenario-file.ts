import { Document } from 'yaml';
import type { MadeScenario } from './to-scenario.ts';

/** A scenario's file: what its reader must know stands above it. */
export function formatScenario({ remarks, scenario }: MadeScenario): string {
  const document = new Document(scenario, { aliasDuplicateObjects: false });
  document.commentBefore = remarks.map((remark) => ` ${remark.replaceAll(/\s+/g, ' ')}`).join('\n');
  return document.toString({ lineWidth: 0 });
}
