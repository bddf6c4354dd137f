import { describe, expect, it } from 'vitest';
import { settledWithin, TimeoutError, within } from '../../runtime/within.ts';

const never = new Promise<never>(() => {});

describe('within', () => {
  it('answers what the work answers, and throws what it throws', async () => {
    await expect(within(1_000, Promise.resolve(7))).resolves.toBe(7);
    await expect(within(1_000, Promise.reject(new RangeError('no')))).rejects.toThrow(RangeError);
  });

  it('gives up when the time is over, with an error of the caller or its own', async () => {
    await expect(within(5, never)).rejects.toThrow(TimeoutError);
    await expect(within(5, never, () => new RangeError('late'))).rejects.toThrow('late');
  });

  it('lets a process end while nothing is late', async () => {
    const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    await within(60_000, Promise.resolve());
    const after = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    expect(after).toBe(before);
  });
});

describe('settledWithin', () => {
  it('tells whether the work ended in time, well or not, and never throws', async () => {
    await expect(settledWithin(1_000, Promise.resolve())).resolves.toBe(true);
    await expect(settledWithin(1_000, Promise.reject(new RangeError('no')))).resolves.toBe(true);
    await expect(settledWithin(5, never)).resolves.toBe(false);
  });
});
