import { describe, expect, inject, it } from 'vitest';
import { failuresOf, runRehearse } from '../support/run-rehearse.ts';

const CALLS = 10;

describe.skipIf(!inject('livekitServer'))('ten callers at once', () => {
  it('lose neither words nor appointments', async () => {
    const spoken = Array.from({ length: CALLS / 2 }, () => 'scenarios/books-by-voice.yaml');
    const typed = Array.from({ length: CALLS / 2 }, () => 'scenarios/types-the-details.yaml');
    // Ten calls begin within 45 s and go on together: starting a job process takes a core for over a
    // second, and on two cores the others would stammer meanwhile.
    const results = await runRehearse([...spoken, ...typed], {
      callsAtOnce: CALLS,
      staggerSeconds: 5,
    });
    expect(results).toHaveLength(CALLS);
    expect(results.flatMap(failuresOf)).toEqual([]);
  }, 300_000);
});
