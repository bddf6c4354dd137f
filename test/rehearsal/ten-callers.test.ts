import { describe, expect, inject, it } from 'vitest';
import type { Result } from '../../rehearsal/rehearse.ts';
import { failuresOf, runRehearse, wasMisunderstood } from '../support/run-rehearse.ts';

const CALLS = 10;
/**
 * Starting a job process takes a core for over a second, and on two cores, which carry the callers
 * and the model too, the others would stammer meanwhile.
 */
const STAGGER_SECONDS = 5;

describe.skipIf(!inject('livekitServer'))('ten callers at once', () => {
  it('lose neither words nor appointments', async () => {
    let results = await callTogether();
    expect(results.filter((result) => !wasMisunderstood(result)).flatMap(failuresOf)).toEqual([]);
    if (results.some(wasMisunderstood)) {
      process.stderr.write(`Not understood, all call again: ${results.flatMap(failuresOf)[0]}\n`);
      results = await callTogether();
    }
    expect(results.flatMap(failuresOf)).toEqual([]);
    expect(results).toHaveLength(CALLS);
    // None had ended when the last began.
    const shortest = Math.min(...results.map((result) => result.durationMilliseconds));
    expect(shortest).toBeGreaterThan((CALLS - 1) * STAGGER_SECONDS * 1_000);
  }, 500_000);
});

async function callTogether(): Promise<Result[]> {
  const spoken = Array.from({ length: CALLS / 2 }, () => 'scenarios/books-by-voice.yaml');
  const typed = Array.from({ length: CALLS / 2 }, () => 'scenarios/types-the-details.yaml');
  return runRehearse([...spoken, ...typed], {
    callsAtOnce: CALLS,
    staggerSeconds: STAGGER_SECONDS,
  });
}
