import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import type { ShippedScenario } from '../../db/scenarios/tables.ts';
import { findSpokenOnly } from '../caller/speech.ts';
import { isRecorded } from '../caller/voices.ts';
import { parseScenario } from '../scenario/scenario.ts';

const FOLDER = join(import.meta.dirname, '../scenarios');
const ENDING = '.yaml';

/** Where one lies that comes with the product. */
export function shippedFile(scenario: string): string {
  return join(FOLDER, `${scenario}${ENDING}`);
}

/**
 * The scenarios that any agent can be played with by typing: those of an agent of their own, which need no voice. What
 * differs from another one by its voice alone is left out.
 */
export async function listShippedScenarios(): Promise<ShippedScenario[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith(ENDING)).sort();
  const all = await Promise.all(
    files.map(async (file) => ({
      scenario: basename(file, ENDING),
      parsed: parseScenario(await readFile(join(FOLDER, file), 'utf8'), join(FOLDER, file)),
    })),
  );
  return all.flatMap(({ scenario, parsed }) => {
    const { name, agent, caller } = parsed;
    if (typeof agent === 'string' || isRecorded(caller.voice)) return [];
    if (findSpokenOnly(parsed) !== undefined) return [];
    return [{ scenario, name, language: agent.language }];
  });
}
