import { describe, expect, it } from 'vitest';
import { readCode, readDetail } from '../../../booking/desk/prove-caller.ts';
import { speaking } from '../../support/speaking.ts';

const context = { now: new Date('2026-12-08T14:00Z'), timeZone: 'America/New_York' };

describe('when an appointment is, in the words of its owner', () => {
  it.each([
    'thursday at two',
    'my appointment is on thursday at two',
    'i have an appointment with you on thursday at two',
    "it's my thursday two o'clock",
  ])('is read from "%s"', (words) => {
    const from = new Date('2026-12-10T19:00Z');
    expect(readDetail(words, context, speaking('en'))).toMatchObject({ kind: 'time', from });
  });

  it('is asked for where only its day is named', () => {
    const detail = readDetail('my appointment is on thursday', context, speaking('en'));
    expect(detail).toMatchObject({ kind: 'question', day: new Date('2026-12-10T05:00Z') });
  });

  it('is asked for where two times are named', () => {
    expect(readDetail('thursday at seven', context, speaking('en'))).toMatchObject({
      kind: 'question',
      day: null,
    });
  });
});

describe('the number left with an appointment, in the words of its owner', () => {
  it.each([
    ['202 555 0177', '2025550177'],
    ['202-555-0177', '2025550177'],
    ['+1 (202) 555-0177, please', '12025550177'],
    ['my phone number is +1 202 555 0177 please', '12025550177'],
    ['+1-202-555-0177 ext 5', '12025550177'],
    ['two oh two, five five five, oh one seven seven', '2025550177'],
    ['it is under 020 7946 0123', '2079460123'],
    ['٢٠٢٥٥٥٠١٧٧', '2025550177'],
    ['２０２ ５５５ ０１７７', '2025550177'],
    ['२०२ ५५५ ०१७७', '2025550177'],
  ])('is read from "%s"', (words, digits) => {
    expect(readDetail(words, context, speaking('en'))).toEqual({ kind: 'phone', digits });
  });

  it.each([
    'monday 9 to 10 or 11 to 12',
    '9 to 10 or 11 to 12',
    'monday 9 30 or 10 30 or 11 30',
    'between 10:30 and 11:45',
    '30.11.2026 or 1.12.2026',
    'from 9:15 on 2026-12-11 to 10:45',
    '5550177 or 5550178',
    '555 0177 555 0178 555 0179',
    '20255501772025550178',
    '0000000',
  ])('is not read from "%s"', (words) => {
    expect(readDetail(words, context, speaking('en')).kind).not.toBe('phone');
  });
});

describe('a mailed code, in the words of its owner', () => {
  it.each(['471922', '471 922', 'four seven one, nine two two', '٤٧١٩٢٢'])(
    'is read from "%s"',
    (words) => expect(readCode(words)).toBe('471922'),
  );
});
