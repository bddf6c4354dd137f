import { randomUUID } from 'node:crypto';
import type { Database } from '../../db/database.ts';
import { tellRehearser } from '../../db/scenarios/rehearsers.ts';
import { claimRun, finishRun } from '../../db/scenarios/scenario-runs.ts';

/** Two that come with the product, as a rehearser tells of them. */
export const SHIPPED = [
  { scenario: 'cancel', name: 'cancels one appointment after a clear yes', language: 'en' },
  { scenario: 'reschedule', name: 'moves an appointment', language: 'en' },
  { scenario: 'verschieben', name: 'verschiebt einen Termin', language: 'de' },
];

/** Says that scenarios are played here, as a rehearser does every few seconds. */
export function tellOfRehearser(db: Database): Promise<void> {
  return tellRehearser(db, { id: randomUUID(), shipped: SHIPPED });
}

/** Takes the next run and writes down how it went, as a rehearser does; answers which one it was. */
export async function endNextRun(
  db: Database,
  failures: readonly string[] = [],
): Promise<string | null> {
  const run = await claimRun(db, 60_000);
  if (!run) return null;
  await finishRun(db, run.id, { failures, transcript: '[0:01] agent: Good morning.' });
  return run.scenario;
}
