import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SlidingWindow } from '../../runtime/sliding-window.ts';

describe('a sliding window', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('lets so many through in any stretch, and counts none that it refused', () => {
    const window = new SlidingWindow(2, 1_000);
    expect([window.take(), window.take(), window.take()]).toEqual([true, true, false]);
    vi.advanceTimersByTime(999);
    expect(window.take()).toBe(false);
    vi.advanceTimersByTime(1);
    expect([window.take(), window.take(), window.take()]).toEqual([true, true, false]);
  });
});
