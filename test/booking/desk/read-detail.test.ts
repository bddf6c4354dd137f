import { describe, expect, it } from 'vitest';
import { readDetail } from '../../../booking/desk/prove-caller.ts';

const context = { now: new Date('2026-12-08T14:00Z'), timeZone: 'America/New_York' };

describe('when an appointment is, in the words of its owner', () => {
  it.each([
    'thursday at two',
    'my appointment is on thursday at two',
    'i have an appointment with you on thursday at two',
    "it's my thursday two o'clock",
  ])('is read from "%s"', (words) => {
    const from = new Date('2026-12-10T19:00Z');
    expect(readDetail(words, context)).toMatchObject({ kind: 'time', from });
  });

  it('is asked for where only its day is named', () => {
    const detail = readDetail('my appointment is on thursday', context);
    expect(detail).toMatchObject({ kind: 'question', day: new Date('2026-12-10T05:00Z') });
  });

  it('is asked for where two times are named', () => {
    expect(readDetail('thursday at seven', context)).toMatchObject({ kind: 'question', day: null });
  });
});
