import { DateTime } from 'luxon';
import type { WrittenTime } from '../../calls/call-view.ts';
import { dayLabel, timeLabel, zoneName } from './labels.ts';
import type { LabelOptions } from './labels.ts';

/** A time as a page writes it, in the words in which it is said. */
export function writtenTime(slot: { start: Date; end: Date }, options: LabelOptions): WrittenTime {
  const { start, end } = slot;
  const { timeZone, language } = options;
  const { hour, minute } = DateTime.fromJSDate(start, { zone: timeZone });
  return {
    day: dayLabel(start, options),
    time: timeLabel(start, timeZone, language),
    zone: zoneName(timeZone, start, language),
    minute: hour * 60 + minute,
    start: start.toISOString(),
    end: end.toISOString(),
  };
}
