import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeAll, describe, expect, inject, it } from 'vitest';

import type { Result } from '../../rehearsal/rehearse.ts';
import { failuresOf, playScenarios } from '../support/run-rehearse.ts';

/**
 * What the line does is played with a scripted model in test/phone-line and phone-call.test.ts (a caller
 * who hangs up while it books, too), what is booked by the web's scenarios, and a caller whose number
 * is known by a natural voice: no other voice is needed for these.
 */
const PLAYED_ELSEWHERE = [
  'phone-hangs-up',
  'phone-known-caller',
  'phone-taken-slot',
  'phone-transfer-refused',
  'phone-withheld',
];

const own = (await readdir(join(import.meta.dirname, '../../rehearsal/scenarios')))
  .filter((file) => /^phone-.*\.yaml$/.test(file))
  .filter((file) => !PLAYED_ELSEWHERE.includes(file.replace('.yaml', '')))
  .map((file) => `rehearsal/scenarios/${file}`);

/** A scenario of the web in which the line itself matters. */
const OF_THE_WEB = ['noise'];
/** A natural voice through G.711. */
const NATURAL = ['natural-phone-moves'];
const files = [
  ...own,
  ...[...OF_THE_WEB, ...NATURAL].map((name) => `rehearsal/scenarios/${name}.yaml`),
];

/** Two cores carry both ends of every call, and LiveKit SIP between them. */
const callsAtOnce = 4;

describe.skipIf(!inject('livekitServer') || !inject('phonePrograms'))('a caller by phone', () => {
  let results: Map<string, Result>;

  beforeAll(async () => {
    results = await playScenarios(files, { callsAtOnce, staggerSeconds: 3, line: 'phone' });
  }, 1_500_000);

  it.each(files)('is served as %s says', (file) => {
    const result = results.get(file);
    expect(failuresOf(result), `recording and transcript: ${result?.folder}`).toEqual([]);
  });
});
