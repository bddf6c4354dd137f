import { describe, expect, it } from 'vitest';
import { nearNames, suggestNames } from '../../manage/near-names.ts';

const NAMES = ['front-desk', 'front-office', 'billing', 'night-line'];

describe('near names', () => {
  it.each([
    ['frontdesk', ['front-desk']],
    ['Front-Desk', ['front-desk']],
    ['front', ['front-desk', 'front-office']],
    ['biling', ['billing']],
    ['zzz', []],
  ])('of %s are %j', (wanted, near) => {
    expect(nearNames(wanted, NAMES)).toEqual(near);
  });

  it('are the first few where none is near', () => {
    expect(suggestNames('zzz', NAMES)).toBe(
      'There are "front-desk", "front-office", "billing" and 1 more.',
    );
    expect(suggestNames('zzz', ['billing'])).toBe('There is "billing".');
    expect(suggestNames('zzz', [])).toBe('There is none yet.');
  });
});
