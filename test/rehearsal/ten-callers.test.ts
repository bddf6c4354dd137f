import { describe, expect, inject, it } from 'vitest';
import { failuresOf, runRehearse } from '../support/run-rehearse.ts';

const CALLS = 10;

describe.skipIf(!inject('livekitServer'))('ten callers at once', () => {
  it('lose neither words nor appointments', async () => {
    const spoken = Array.from({ length: CALLS / 2 }, () => 'scenarios/books-by-voice.yaml');
    const typed = Array.from({ length: CALLS / 2 }, () => 'scenarios/types-the-details.yaml');
    // Two cores start a job process in a second or two: the tenth call begins while all others go on.
    const results = await runRehearse([...spoken, ...typed], {
      callsAtOnce: CALLS,
      staggerSeconds: 3,
    });
    expect(results).toHaveLength(CALLS);
    expect(results.flatMap(failuresOf)).toEqual([]);
  }, 300_000);
});
