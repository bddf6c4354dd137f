import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeyCollector } from '../../../agent/line/keys.ts';

describe('pressed keys', () => {
  const seen: unknown[] = [];
  let keys: KeyCollector;
  const press = (series: string): void => {
    for (const key of series) keys.press(key);
  };

  beforeEach(() => {
    vi.useFakeTimers();
    seen.length = 0;
    keys = new KeyCollector({
      onBegin: () => seen.push('begin'),
      onKeys: (pressed, purpose) => seen.push([pressed, purpose]),
      onRepeat: () => seen.push('repeat'),
    });
  });
  afterEach(() => {
    keys.stop();
    vi.useRealTimers();
  });

  it('are a series that the hash key ends', () => {
    press('5550100#');
    expect(seen).toEqual(['begin', ['5550100', null]]);
  });

  it('are a series that two quiet seconds end', () => {
    press('12');
    vi.advanceTimersByTime(1_900);
    press('3');
    vi.advanceTimersByTime(1_900);
    expect(seen).toEqual(['begin']);
    vi.advanceTimersByTime(200);
    expect(seen).toEqual(['begin', ['123', null]]);
  });

  it('are a series that ends with as many digits as are expected, for that one series', () => {
    keys.expect({ purpose: 'confirmation', digits: 1 });
    press('12');
    vi.advanceTimersByTime(2_000);
    expect(seen).toEqual(['begin', ['1', 'confirmation'], 'begin', ['2', null]]);
  });

  it('of a secret are secret however long the caller looks for it', () => {
    keys.expect({ purpose: 'secret', digits: null });
    vi.advanceTimersByTime(120_000);
    press('4711#');
    expect(seen).toEqual(['begin', ['4711', 'secret']]);
  });

  it('of a secret are secret after a pause as well, until it is complete', () => {
    const wholes: string[] = [];
    keys = new KeyCollector({
      onBegin: () => {},
      onKeys: (pressed, purpose, whole) => {
        seen.push([pressed, purpose]);
        wholes.push(whole);
      },
      onRepeat: () => {},
    });
    keys.expect({ purpose: 'secret', digits: 4 });
    press('47');
    vi.advanceTimersByTime(10_000);
    press('11');
    press('5#');
    expect(seen).toEqual([
      ['47', 'secret'],
      ['11', 'secret'],
      ['5', null],
    ]);
    expect(wholes).toEqual(['47', '4711', '5']);
  });

  it.each<[string, () => void]>([
    ['the hash key', () => press('12#')],
    ['30 seconds', () => vi.advanceTimersByTime(30_000)],
    ['another question', () => keys.expect({ purpose: 'confirmation', digits: 2 })],
  ])('of a secret of unknown length are secret until %s', (_, end) => {
    keys.expect({ purpose: 'secret', digits: null });
    press('47');
    vi.advanceTimersByTime(2_000);
    press('1');
    vi.advanceTimersByTime(2_000);
    end();
    press('99#');
    expect(seen).toContainEqual(['1', 'secret']);
    expect(seen).not.toContainEqual(['99', 'secret']);
  });

  it('keep their purpose over a pause, while fewer came than are expected', () => {
    keys.expect({ purpose: 'phone_number', digits: 10 });
    press('212');
    vi.advanceTimersByTime(5_000);
    press('555');
    vi.advanceTimersByTime(9_900);
    press('0123');
    expect(seen).toEqual(['begin', ['2125550123', 'phone_number']]);
  });

  it('of a phone number are too few until there are seven', () => {
    keys.expect({ purpose: 'phone_number', digits: null });
    press('212');
    vi.advanceTimersByTime(5_000);
    press('5550123');
    vi.advanceTimersByTime(2_000);
    expect(seen).toEqual(['begin', ['2125550123', 'phone_number']]);
  });

  it('are not waited for longer than ten seconds, nor after the hash key', () => {
    keys.expect({ purpose: 'phone_number', digits: 10 });
    press('212#');
    expect(seen).toEqual(['begin', ['212', 'phone_number']]);
    keys.expect({ purpose: 'phone_number', digits: 10 });
    press('212');
    vi.advanceTimersByTime(10_000);
    press('2125550123#');
    expect(seen.slice(2)).toEqual([
      'begin',
      ['212', 'phone_number'],
      'begin',
      ['2125550123', null],
    ]);
  });

  it('ask to hear the last words again when the star is alone, and are a key after digits', () => {
    press('*');
    press('1*2#');
    expect(seen).toEqual(['repeat', 'begin', ['1*2', null]]);
  });

  it('are told also when the hash key is alone', () => {
    press('#');
    expect(seen).toEqual(['begin', ['#', null]]);
  });

  it('never grow into an endless series, and are those of a telephone', () => {
    press(`${'7'.repeat(40)}A1x`);
    vi.advanceTimersByTime(2_000);
    expect(seen).toEqual(['begin', ['7'.repeat(40), null], 'begin', ['1', null]]);
  });

  it('are forgotten at the end of the call', () => {
    press('12');
    keys.stop();
    vi.advanceTimersByTime(10_000);
    expect(seen).toEqual(['begin']);
  });
});
