import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeAll, describe, expect, inject, it } from 'vitest';

import type { Result } from '../../rehearsal/rehearse.ts';
import { failuresOf, runRehearse, wasMisunderstood } from '../support/run-rehearse.ts';

const own = (await readdir(join(import.meta.dirname, '../../scenarios')))
  .filter((file) => /^phone-.*\.yaml$/.test(file))
  .map((file) => `scenarios/${file}`);

/** Scenarios of the web that mean the same by phone: nothing is typed, and the line matters. */
const OF_THE_WEB = [
  'another-voice',
  'cancel',
  'hangs-up-in-the-middle',
  'interrupts',
  'noise',
  'past-date',
  'provider-down',
  'reschedule',
  'silence',
];
const files = [...own, ...OF_THE_WEB.map((name) => `scenarios/${name}.yaml`)];

/** Two cores carry both ends of every call, and LiveKit SIP between them. */
const callsAtOnce = 2;

describe.skipIf(!inject('livekitServer') || !inject('phonePrograms'))('a caller by phone', () => {
  let results: Map<string, Result>;

  beforeAll(async () => {
    const played = await runRehearse(files, { callsAtOnce, staggerSeconds: 3, line: 'phone' });
    results = new Map(played.map((result) => [result.file, result]));
    const again = played.filter(wasMisunderstood).map((result) => result.file);
    if (again.length === 0) return;
    process.stderr.write(`Not understood, called a second time: ${again.join(', ')}\n`);
    for (const result of await runRehearse(again, { callsAtOnce: 1, line: 'phone' })) {
      results.set(result.file, result);
    }
  }, 1_500_000);

  it.each(files)('is served as %s says', (file) => {
    const result = results.get(file);
    expect(failuresOf(result), `recording and transcript: ${result?.folder}`).toEqual([]);
  });
});
