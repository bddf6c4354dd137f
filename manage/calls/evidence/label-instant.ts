import { DateTime } from 'luxon';
import { lexiconFor } from '../../../booking/truth/lexicon/lexicon.ts';
import { isInstant } from '../../../booking/truth/match-times.ts';
import { readTimes } from '../../../booking/truth/said-times.ts';

/** Which years a label without one may mean: this one, then those beside it. */
const YEARS = [0, 1, -1];

/**
 * Reads the instant of a label as callers are told it: "Tuesday, November 24 at 2:30 PM". Null where
 * its words name none.
 *
 * @param context.language ISO 639-1: of the label
 * @param context.timeZone IANA: the caller's, where the label names no other
 */
export function labelInstant(
  label: string,
  { language, now, timeZone }: { language: string; now: Date; timeZone: string },
): Date | null {
  const [said] = readTimes(label, lexiconFor(language));
  const { day, clock } = said ?? {};
  if (!said || !clock || day?.date?.month === undefined) return null;
  const { date } = day;
  const { hour, minute } = clock;
  const here = DateTime.fromJSDate(now, { zone: timeZone });
  for (const zone of said.zone?.zones ?? [timeZone]) {
    for (const year of date.year === undefined ? YEARS.map((by) => here.year + by) : [date.year]) {
      const at = DateTime.fromObject(
        { year, month: date.month, day: date.day, hour, minute },
        { zone },
      );
      if (at.isValid && isInstant(said, at.toJSDate(), { now, timeZone })) return at.toJSDate();
    }
  }
  return null;
}
