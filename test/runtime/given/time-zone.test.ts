import { expect, it } from 'vitest';
import { TimeZoneSchema } from '../../../runtime/given/time-zone.ts';

it.each(['America/New_York', 'Asia/Kathmandu', 'UTC', 'Etc/GMT+5', 'US/Eastern', ' UTC '])(
  'knows the zone %j',
  (name) => {
    expect(TimeZoneSchema.parse(name)).toBe(name.trim());
  },
);

it.each([
  '',
  'Etc/Unknown',
  'Mars/Olympus',
  '+05:00',
  'local',
  '../../etc/passwd',
  'a'.repeat(5_000),
])('knows no zone %j', (name) => {
  expect(TimeZoneSchema.safeParse(name).error?.issues[0]?.message).toContain('IANA');
});
