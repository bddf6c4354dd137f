import { beforeAll, describe, expect, inject, it } from 'vitest';

import type { Result } from '../../rehearsal/rehearse.ts';
import { failuresOf, playScenarios } from '../support/run-rehearse.ts';

/**
 * What a voice is needed for: hearing it, being heard, and hanging up on it. Every other scenario of
 * the web is played by text (typed-scenarios.test.ts).
 */
const files = [
  'books-by-voice',
  'hangs-up-in-the-middle',
  'interrupts',
  'natural-books',
  'natural-changes-the-day',
  'noise',
  'reschedule',
  'silence',
].map((name) => `rehearsal/scenarios/${name}.yaml`);

/** Two cores carry both ends of every call: more at once would grade the machine, not the product. */
const callsAtOnce = 3;

describe.skipIf(!inject('livekitServer'))('a caller', () => {
  let results: Map<string, Result>;

  beforeAll(async () => {
    results = await playScenarios(files, { callsAtOnce });
  }, 1_500_000);

  it.each(files)('is served as %s says', (file) => {
    const result = results.get(file);
    expect(failuresOf(result), `recording and transcript: ${result?.folder}`).toEqual([]);
  });
});
