import { describe, expect, inject, it } from 'vitest';
import { failuresOf, runRehearse, wasMisunderstood } from '../support/run-rehearse.ts';

const CALLS = 10;
/**
 * Starting a job process takes a core for over a second, and on two cores, which carry the callers
 * and the model too, the others would stammer meanwhile.
 */
const STAGGER_SECONDS = 5;

/** Of ten voices on two saturated cores; each calls again, alone, and must be served then. */
const MISUNDERSTOOD_AT_MOST = 3;

describe.skipIf(!inject('livekitServer'))('ten callers at once', () => {
  it('lose neither words nor appointments', async () => {
    const spoken = Array.from({ length: CALLS / 2 }, () => 'scenarios/books-by-voice.yaml');
    const typed = Array.from({ length: CALLS / 2 }, () => 'scenarios/types-the-details.yaml');
    const results = await runRehearse([...spoken, ...typed], {
      callsAtOnce: CALLS,
      staggerSeconds: STAGGER_SECONDS,
    });
    expect(results).toHaveLength(CALLS);
    const again = results.filter(wasMisunderstood);
    const others = results.filter((result) => !wasMisunderstood(result));
    expect(others.flatMap(failuresOf)).toEqual([]);
    // None that was understood had ended when the last began.
    const shortest = Math.min(...others.map((result) => result.durationMilliseconds));
    expect(shortest).toBeGreaterThan((CALLS - 1) * STAGGER_SECONDS * 1_000);
    if (again.length === 0) return;
    process.stderr.write(`Not understood, call again: ${again.flatMap(failuresOf).join('; ')}\n`);
    expect(again.length).toBeLessThanOrEqual(MISUNDERSTOOD_AT_MOST);
    const files = again.map((result) => result.file);
    expect((await runRehearse(files, { callsAtOnce: 1 })).flatMap(failuresOf)).toEqual([]);
  }, 500_000);
});
