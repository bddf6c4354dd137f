import { describe, expect, it } from 'vitest';
import { oneAtATime } from '../../jobs/one-at-a-time.ts';

/** A task whose runs end when they are told to. */
function held() {
  const runs: PromiseWithResolvers<void>[] = [];
  const task = oneAtATime(() => {
    const run = Promise.withResolvers<void>();
    runs.push(run);
    return run.promise;
  });
  return { runs, ask: async () => task({}, undefined as never) };
}

describe('oneAtATime', () => {
  it('is done at once with who asks while it runs, and looks once more at its end', async () => {
    const { runs, ask } = held();
    const first = ask();
    await Promise.all([ask(), ask(), ask()]);
    expect(runs).toHaveLength(1);
    runs[0]?.resolve();
    await expect.poll(() => runs.length).toBe(2);
    // Asked for in the second look, too.
    await ask();
    runs[1]?.resolve();
    await expect.poll(() => runs.length).toBe(3);
    runs[2]?.resolve();
    await first;
    expect(runs).toHaveLength(3);
  });

  it('runs again after it failed', async () => {
    const { runs, ask } = held();
    const first = ask();
    runs[0]?.reject(new Error('No database.'));
    await expect(first).rejects.toThrow('No database.');
    const second = ask();
    expect(runs).toHaveLength(2);
    runs[1]?.resolve();
    await second;
  });
});
