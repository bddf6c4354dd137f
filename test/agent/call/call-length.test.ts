import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limitLength } from '../../../agent/call/call-length.ts';

describe('the longest call', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const watch = (minutes: number) => {
    const seen: [string, number][] = [];
    const begun = Date.now();
    const note = (what: string) => (): void => {
      seen.push([what, (Date.now() - begun) / 60_000]);
    };
    const stop = limitLength(minutes * 60_000, { onWarning: note('warn'), onEnd: note('end') });
    return { seen, stop };
  };

  it('is announced a minute before its end', () => {
    const { seen } = watch(30);
    vi.advanceTimersByTime(60 * 60_000);
    expect(seen).toEqual([
      ['warn', 29],
      ['end', 30],
    ]);
  });

  it('of one minute is announced after half', () => {
    const { seen } = watch(1);
    vi.advanceTimersByTime(60 * 60_000);
    expect(seen).toEqual([
      ['warn', 0.5],
      ['end', 1],
    ]);
  });

  it('is not watched any more after the call', () => {
    const { seen, stop } = watch(30);
    stop();
    vi.advanceTimersByTime(60 * 60_000);
    expect(seen).toEqual([]);
  });
});
