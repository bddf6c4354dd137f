import { describe, expect, it } from 'vitest';
import { KeyedSecrets } from '../../calls/keyed-secrets.ts';

describe('a secret', () => {
  const secrets = new KeyedSecrets();
  secrets.add('4711');
  secrets.add('9');

  it.each([
    ['[keys: 4711]', '[keys: ••••]'],
    ['[keys: 9]', '[keys: ••••]'],
    ['Your code is 4711.', 'Your code is ••••.'],
    ['You keyed 4 7 1 1, right?', 'You keyed ••••, right?'],
    ['Four, seven, one, one: thank you.', '••••: thank you.'],
    ['[keys: 5550100]', '[keys: 5550100]'],
    ['At 9 on the 4th.', 'At 9 on the 4th.'],
  ])('is hidden from "%s"', (text, hidden) => {
    expect(secrets.hide(text)).toBe(hidden);
  });

  it('is hidden from every part of what a tool was given', () => {
    const given = { notes: 'code 4711', pin: 4711, list: [{ a: '4-7-1-1' }], on: true, none: null };
    expect(secrets.hideIn(given)).toEqual({
      notes: 'code ••••',
      pin: '••••',
      list: [{ a: '••••' }],
      on: true,
      none: null,
    });
  });
});
