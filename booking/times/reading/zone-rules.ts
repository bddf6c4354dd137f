import type { Item } from './items.ts';
import { rules, type TimeMatch } from './symbols.ts';
import { wordSet } from './word-set.ts';

/** Zones by the names that callers give them; what is short needs a clock time before it. */
const ZONES: readonly (readonly [timeZone: string, long: string, short?: string])[] = [
  ['America/New_York', 'eastern|new_york|east_coast|boston', 'et|est|edt|e_s_t|e_d_t'],
  ['America/Chicago', 'central|chicago', 'ct|cst|cdt|c_s_t|c_d_t'],
  ['America/Denver', 'mountain|denver', 'mt|mst|mdt|m_s_t|m_d_t'],
  ['America/Los_Angeles', 'pacific|los_angeles|california|west_coast', 'pt|pst|pdt|p_s_t|p_d_t'],
  ['America/Phoenix', 'arizona|phoenix'],
  ['America/Anchorage', 'alaska'],
  ['Pacific/Honolulu', 'hawaii'],
  ['UTC', 'utc|gmt|zulu', 'z'],
  ['Europe/London', 'london|uk|united_kingdom|british', 'bst|b_s_t'],
  ['Europe/Berlin', 'berlin|german|central_european', 'cet|cest'],
  ['Europe/Paris', 'paris'],
  ['Asia/Kolkata', 'india|indian', 'ist'],
  ['Asia/Tokyo', 'tokyo|japan', 'jst'],
  ['Australia/Sydney', 'sydney|australian_eastern', 'aest|aedt|a_e_s_t'],
  ['Pacific/Auckland', 'auckland|new_zealand'],
];

const CLOCK_BEFORE =
  /^(?:am|pm|a|p|m|\d[\d:.]*|noon|midnight|oclock|mornings?|afternoons?|evenings?|night)$/;

/** Zones stand behind a clock time, with or without a comma: "at three, eastern". */
function isBehindClock({ word }: TimeMatch): boolean {
  return CLOCK_BEFORE.test(word(word(-1) === 'in' || word(-1) === ',' ? -2 : -1));
}

/** "At three this time" names no zone. */
const NO_PLACE = wordSet(`
  this that the a an any some same my your our their next last first good best free what which is
  works work every each more another it at on or and to for full whole lunch night day week local
  long short much enough of have has had school dinner if you please about
`);

const zone = (timeZone: string): readonly Item[] => [{ type: 'zone', timeZone }];
const ODD: readonly Item[] = [{ type: 'odd' }];

export const ZONE_RULES = [
  ...ZONES.flatMap(([timeZone, long, short]) =>
    rules<readonly Item[]>({
      [`in? ${long} standard|daylight|summer? time`]: () => zone(timeZone),
      [`in? ${short === undefined ? long : `${long}|${short}`} time?`]: (match) =>
        isBehindClock(match) || match.said('utc', 'gmt') ? zone(timeZone) : null,
    }),
  ),
  ...rules<readonly Item[]>({
    // "Etc/GMT-2" is two hours ahead of UTC: POSIX counts the other way round.
    'utc|gmt +|- {n}': ({ get, said }) =>
      get('n') > 14 ? ODD : zone(`Etc/GMT${said('+') ? '-' : '+'}${get('n')}`),
    [`at? your|their|the_clinics|the_offices|the_office|the_business|the_clinic local? time zone?
      where|when you are|guys_are / on|at your end / over_there`]: ({ reading }) =>
      reading.calendarTimeZone === null ? ODD : zone(reading.calendarTimeZone),
    'my|local|my_local time zone?': () => [],
    // A place that nobody here knows the time of: the caller's own time would be a guess.
    'in? {word} time / in? {word} {word} time': (match) =>
      isBehindClock(match) && match.all('word').every((word) => !NO_PLACE.has(word)) ? ODD : null,
  }),
];
