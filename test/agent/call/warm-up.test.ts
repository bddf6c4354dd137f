import { expect, it } from 'vitest';
import { warmUp } from '../../../agent/call/warm-up.ts';

/** Microseconds of processor. */
function costOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

it('takes upon itself what takes long only the first time', () => {
  const first = costOf(warmUp);
  const later = Math.min(costOf(warmUp), costOf(warmUp));
  expect(later).toBeLessThan(first / 3);
});
