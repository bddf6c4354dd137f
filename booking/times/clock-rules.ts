import { rules, type TimeMatch } from './symbols.ts';
import type { Clock } from './wish.ts';

/** Null for what no clock shows. Who counts beyond twelve, or says "fourteen hundred", means 24 hours. */
export function clockOf(
  hour: number,
  minute: number,
  half?: 'am' | 'pm',
  military = false,
): Clock | null {
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return null;
  const late = hour > 12 || hour === 0;
  if (half === undefined) return { hour, minute, sure: late || military ? '24h' : null };
  if (hour > 12 && half === 'pm') return { hour, minute, sure: '24h' };
  return late ? null : { hour, minute, sure: half };
}

const UNITS =
  /^(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|people|business|working)$/;
const MONTH = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*$/;
const COUNTED = /^(?:people|persons?|of|kids?|children|adults?|times?|th|st|percent|%)$/;

/** "Two thirty", "nine oh five". */
function spoken(match: TimeMatch): Clock | null {
  const [hour = 24, minute = 60] = match.all('n');
  const half = match.find('half');
  const digits = match.said('oh', 'o', '0', 'zero') ? minute < 10 : minute >= 10;
  if (!digits || hour > 23 || UNITS.test(match.word(0)) || MONTH.test(match.word(-1))) return null;
  return MONTH.test(match.word(0)) && half === undefined ? null : clockOf(hour, minute, half);
}

/** "Quarter to four", "ten past three": minutes told from an hour. */
function told(match: TimeMatch): Clock | null {
  const minutes = match.said('half') ? 30 : match.said('quarter') ? 15 : match.get('n');
  const named = match.said('half', 'quarter', 'minutes', 'minute', 'mins');
  const back = match.said('to', 'til', 'till', 'before') || match.said('of');
  if (minutes > 59 || (!named && ![5, 10, 20, 25].includes(minutes))) return null;
  // "Ten to twelve" is a range, "twenty to five" a time; "at ten to twelve" is a time, too.
  const at = match.word(-1) === 'at' && minutes <= 10;
  if (back && (match.said('half') || (!named && minutes < 20 && !at && !match.said('of'))))
    return null;
  const { hour, sure } = match.get('hour');
  const total = (hour * 60 + (back ? -minutes : minutes) + 1440) % 1440;
  const shown = Math.floor(total / 60);
  // "Quarter to one" is 12:45 whichever half of the day; only a 24-hour hour stays above twelve.
  const twelve = hour >= 1 && hour <= 12 && shown === 0;
  const noon = sure === 'pm' ? (back ? 'am' : 'pm') : undefined;
  return clockOf(twelve ? 12 : shown, total % 60, match.find('half') ?? noon);
}

export const HALF_RULES = rules<'am' | 'pm'>({
  'am|a_m|a / pm|p_m|p': (match) => (match.said('pm', 'p') ? 'pm' : 'am'),
});

export const HOUR_RULES = rules<Clock>({
  '{n} / {n} oclock|o_clock': (match) => clockOf(match.get('n'), 0),
  'noon|midday': () => ({ hour: 12, minute: 0, sure: 'pm' }),
  midnight: () => ({ hour: 24, minute: 0, sure: '24h' }),
});

const NOON: Clock = { hour: 12, minute: 0, sure: 'pm' };
const MIDNIGHT: Clock = { hour: 0, minute: 0, sure: null, midnight: true };

export const CLOCK_RULES = rules<Clock>({
  '12? noon|midday|noontime|mid_day': () => NOON,
  '12? midnight': () => MIDNIGHT,
  '{written} hours|hrs? / {written} {half}': (match) => {
    const { hour, minute, sure } = match.get('written');
    const half = match.find('half');
    return half === undefined ? match.get('written') : clockOf(hour, minute, half, sure === '24h');
  },
  '{n} {half} / {n} oclock|o_clock / {n} oclock|o_clock {half}': (match) =>
    clockOf(match.get('n'), 0, match.find('half')),
  '{n} {n} / {n} {n} {half} / {n} oh|o|0|zero {n} / {n} oh|o|0|zero {n} {half}': spoken,
  '{n} hundred hours?': (match) => clockOf(match.get('n'), 0, undefined, true),
  '{n} h / {n} h {n}': (match) =>
    /^(?:in|within|for)$/.test(match.word(-1))
      ? null
      : clockOf(match.get('n'), match.all('n')[1] ?? 0, undefined, true),
  'half past|after {hour} / half past|after {hour} {half}': told,
  'a? quarter past|after|to|of|til|till|before {hour} / a? quarter past|after|to|of|til|till|before {hour} {half}':
    told,
  '{n} minutes|minute|mins? past|after|to|til|till|before {hour} / {n} minutes|minute|mins? past|after|to|til|till|before {hour} {half} / {n} of {hour}':
    told,
});

/** A bare number where only an hour can stand, as behind "after". */
export const MOMENT_RULES = rules<Clock>({
  '{clock}': (match) => match.get('clock'),
  '{n}': (match) => {
    const hour = match.get('n');
    const counts =
      UNITS.test(match.word(0)) || COUNTED.test(match.word(0)) || MONTH.test(match.word(0));
    return hour > 23 || counts || match.token(0)?.kind === 'date' ? null : clockOf(hour, 0);
  },
  'about|around|approximately|roughly|like|at|say|exactly {moment} / {moment} sharp|on_the_dot|ish|or_so':
    (match) => match.get('moment'),
});
