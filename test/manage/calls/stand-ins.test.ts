import { expect, it } from 'vitest';
import { StandIns } from '../../../manage/calls/stand-ins.ts';

const standIns = () =>
  new StandIns({
    names: ['Mary Smith', "Will O'Neil"],
    emails: ['mary.smith@harbor-street.org', 'm_s77@gmail.com'],
    phones: ['+14155550123'],
  });

it.each([
  ['my name is Mary Smith', 'my name is Robin Porter'],
  ['MARY SMITH here, mary.', 'ROBIN PORTER here, robin.'],
  ['m a r y, then s as in sam m i t h', 'r o b i n, then p o r t e r'],
  ['M-A-R-Y', 'r-o-b-i-n'],
  ['Write to Mary.Smith@Harbor-Street.org!', 'Write to robin.porter@example.com!'],
  ['mary dot smith at harbor dash street dot org', 'robin dot porter at example dot com'],
  ['m a r y dot smith at harbor-street dot org', 'robin dot porter at example dot com'],
  ['it is m_s77@gmail.com', 'it is jamie.ellis@example.com'],
  // A name that is a word as well.
  ['I will, said Will', 'I will, said Casey'],
  ['call me at +1 (415) 555-0123', 'call me at +12025550142'],
  [
    'four one five five five five oh one two three',
    'two zero two five five five zero one four two',
  ],
  // Nobody's that is known: the caller's word for it.
  ['or 212 555 0187 after five', 'or 2025550143 after five'],
  ['I live at 221 Upper Baker Street', 'I live at 12 Sample Street'],
  [
    'tomorrow at 10:30, the 24th, 2026-11-24T10:00',
    'tomorrow at 10:30, the 24th, 2026-11-24T10:00',
  ],
  ["i'm late", "i'm late"],
  ['Smithereens and summary', 'Smithereens and summary'],
])('says %j as %j', (said, expected) => {
  expect(standIns().said(said)).toBe(expected);
});

it('replaces in arguments what is known, and leaves what only looks like a number', () => {
  const value = {
    slot_id: 'slot_20261124103000',
    when: '20261124103000',
    attendee_name: 'Mary Smith',
    nested: [{ phone: '+14155550123' }],
    none: null,
  };
  expect(standIns().in(value)).toEqual({
    ...value,
    attendee_name: 'Robin Porter',
    nested: [{ phone: '+12025550142' }],
  });
});
