import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limitCalls } from '../../agent/call-limit.ts';

describe('calls at once', () => {
  const active = new Set<string>();
  const rejected: string[] = [];
  const assigned = new Map<string, () => void>();

  const request = (id: string) => ({
    id,
    accept: async () => {
      await new Promise<void>((resolve) => {
        assigned.set(id, resolve);
      });
      active.add(id);
    },
    reject: () => {
      rejected.push(id);
      return Promise.resolve();
    },
  });

  beforeEach(() => {
    vi.useFakeTimers();
    active.clear();
    assigned.clear();
    rejected.length = 0;
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are no more than the limit in a burst, before the first of them runs', () => {
    const { load, take } = limitCalls(2, () => [...active]);
    for (const id of ['a', 'b', 'c', 'd']) void take(request(id));
    expect(rejected).toEqual(['c', 'd']);
    expect(load()).toBe(1);
  });

  it('make room when one ends', async () => {
    const { load, take } = limitCalls(1, () => [...active]);
    const taken = take(request('a'));
    assigned.get('a')?.();
    await taken;
    expect(load()).toBe(1);
    void take(request('b'));
    active.delete('a');
    void take(request('c'));
    expect(rejected).toEqual(['b']);
    expect(assigned.has('c')).toBe(true);
  });

  it('do not count for ever when LiveKit never assigns one', () => {
    const { load, take } = limitCalls(1, () => [...active]);
    void take(request('a'));
    vi.advanceTimersByTime(60_000);
    expect(load()).toBe(0);
  });
});
