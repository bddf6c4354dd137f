import { DateTime } from 'luxon';
import type { TimeRange } from '../../calendar/calendar.ts';
import type { Language } from '../../calls/languages.ts';
import { LABEL_WORDS } from '../languages/label-words.ts';

/** Where, when and by whom a label is read. `now` decides whether the year is said and what "tomorrow" is. */
export interface LabelOptions {
  /** IANA zone of the person who reads or hears the label. */
  timeZone: string;
  now: Date;
  /** Default English. */
  language?: Language;
}

export interface SlotLabelOptions extends LabelOptions {
  /** IANA zone of the calendar; where its clock differs from the caller's, the zone is named. */
  calendarTimeZone?: string;
  /** Names the zone in any case. Default false. */
  withZone?: boolean;
  /** Adds "today", "tomorrow" or "in 4 days". Default false. */
  withRelative?: boolean;
}

/** "Tuesday, November 24 at 2:30 PM", with year, zone and distance where they say something new. */
export function slotLabel(start: Date, options: SlotLabelOptions): string {
  const { timeZone, calendarTimeZone, language = 'en' } = options;
  const words = LABEL_WORDS[language];
  const isZoned =
    options.withZone === true ||
    (calendarTimeZone !== undefined && clocksDiffer(timeZone, calendarTimeZone, start));
  const { hour } = local(start, timeZone);
  const when = words.at(dayLabel(start, options), timeLabel(start, timeZone, language), hour);
  const zoned = isZoned ? words.zoned(when, zoneName(timeZone, start, language)) : when;
  return options.withRelative === true ? `${zoned}, ${relativeDayLabel(start, options)}` : zoned;
}

/** "Tuesday, November 24"; ", 2027" follows only where the year is not the year of `now`. */
export function dayLabel(at: Date, { timeZone, now, language = 'en' }: LabelOptions): string {
  const isThisYear = local(at, timeZone).year === local(now, timeZone).year;
  const day = { weekday: 'long', month: 'long', day: 'numeric' } as const;
  return format(at, language, { timeZone, ...day, ...(isThisYear ? {} : { year: 'numeric' }) });
}

/** "2:30 PM", "14:30": a plain space before AM and PM, where Intl would put a narrow no-break one. */
export function timeLabel(at: Date, timeZone: string, language: Language = 'en'): string {
  const time = { hour: 'numeric', minute: '2-digit' } as const;
  return format(at, language, { timeZone, ...time }).replaceAll(/\s/gu, ' ');
}

/** "today", "tomorrow", "in 4 days", counted by the zone's calendar days and not by hours. */
export function relativeDayLabel(at: Date, options: LabelOptions): string {
  const days = calendarDaysBetween(options.now, at, options.timeZone);
  const { locale } = LABEL_WORDS[options.language ?? 'en'];
  // Beyond a day some languages have a word of their own, which callers may not know the day of.
  const numeric = Math.abs(days) < 2 ? 'auto' : 'always';
  return new Intl.RelativeTimeFormat(locale, { numeric }).format(days, 'day');
}

/** A stretch of time: a day, some hours of one, or several days; of a minute it is the instant. */
export function rangeLabel({ from, to }: TimeRange, options: SlotLabelOptions): string {
  const { timeZone, language = 'en' } = options;
  const words = LABEL_WORDS[language];
  const [first, end] = [local(from, timeZone), local(to, timeZone)];
  if (end.diff(first).toMillis() <= 60_000) return slotLabel(from, options);
  const last = end.minus({ milliseconds: 1 });
  const day = dayLabel(from, options);
  if (!first.hasSame(last, 'day')) return words.days(day, dayLabel(last.toJSDate(), options));
  const isWhole = first.equals(first.startOf('day')) && end.equals(end.startOf('day'));
  const [begins = '', ends = ''] = [from, to].map((at) => timeLabel(at, timeZone, language));
  return isWhole ? day : `${day}, ${words.hours(begins, ends)}`;
}

/**
 * "Eastern time", "hora de Europa central", "Lord-Howe-Zeit": the zone's generic name, the same in summer
 * and winter. A zone for which Unicode CLDR has only an offset is named after its city ("Troll time"), a
 * fixed offset as "UTC+05:30". Throws RangeError on an unknown zone.
 */
export function zoneName(timeZone: string, at: Date, language: Language = 'en'): string {
  if (/^(?:Etc\/)?(?:UTC|GMT|UCT|Universal|Zulu|Greenwich)$/i.test(timeZone)) return 'UTC';
  const { locale, cityTime } = LABEL_WORDS[language];
  const name = formatter(locale, { timeZone, timeZoneName: 'longGeneric' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  if (name !== undefined && !/^(?:GMT|UTC)/.test(name)) {
    // In nights of a change CLDR says whose clock it is: "Central European Time (Germany)".
    return asSaid(name.replace(/ \((?!Ortszeit)[^)]*\)$/, ''), language);
  }
  if (/^[A-Za-z_]+\//.test(timeZone) && !timeZone.startsWith('Etc/')) {
    return cityTime(timeZone.slice(timeZone.lastIndexOf('/') + 1).replaceAll('_', ' '));
  }
  return `UTC${local(at, timeZone).toFormat('ZZ')}`;
}

/** The name of a zone as it stands within a sentence. */
function asSaid(name: string, language: Language): string {
  switch (language) {
    case 'en':
      return name.replace(/ Time$/, ' time');
    case 'fr':
      return name.replace(/^heure : /, 'heure locale, ');
    case 'it':
    case 'pt':
      return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    case 'de':
    case 'es':
      return name;
  }
}

function clocksDiffer(one: string, other: string, at: Date): boolean {
  if (one === other) return false;
  return (
    local(at, one).offset !== local(at, other).offset || zoneName(one, at) !== zoneName(other, at)
  );
}

function calendarDaysBetween(from: Date, to: Date, timeZone: string): number {
  const midnight = (at: Date): number => {
    const day = local(at, timeZone);
    return Date.UTC(day.year, day.month - 1, day.day);
  };
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}

function local(at: Date, timeZone: string): DateTime {
  return DateTime.fromJSDate(at, { zone: timeZone });
}

function format(at: Date, language: Language, options: Intl.DateTimeFormatOptions): string {
  return formatter(LABEL_WORDS[language].locale, options).format(at);
}

/** Made once: making one takes longer than all that is written with it in a call. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  formatters.set(key, made);
  return made;
}
