import { rules, type TimeMatch } from './symbols.ts';
import type { Clock } from '../placing/wish.ts';
import { wordSet } from './word-set.ts';

/** Null for what no clock shows. Beyond twelve, and in "fourteen hundred", 24 hours are counted. */
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

const MONTH = /^(?!maybe)(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*$/;
/** Behind a number that counts something and is no hour. */
const COUNTED = wordSet(`
  minute minutes min mins hour hours hr hrs day days week weeks month months year years time
  times kid kids person persons people of children adult adults business working th st percent %
`);

/** "Two thirty", "nine oh five". */
function spoken(match: TimeMatch): Clock | null {
  const [hour = 24, minute = 60] = match.all('n');
  const half = match.find('half');
  const digits = match.said('oh', 'o', '0', 'zero') ? minute < 10 : minute >= 10;
  const next = match.word(0);
  if (!digits || hour > 23 || COUNTED.has(next) || MONTH.test(match.word(-1))) return null;
  return MONTH.test(next) && half === undefined ? null : clockOf(hour, minute, half);
}

/** "Quarter to four", "ten past three": minutes told from an hour. */
function told(match: TimeMatch): Clock | null {
  const minutes = match.said('half') ? 30 : match.said('quarter') ? 15 : match.get('n');
  const named = match.said('half', 'quarter', 'minutes', 'minute', 'mins');
  const back = match.said('to', 'til', 'till', 'before', 'of');
  if (minutes > 59 || (!named && ![5, 10, 20, 25].includes(minutes))) return null;
  // "Ten to twelve" is a range, "twenty to five" a time; "at ten to twelve" is a time, too.
  const isTime = named || minutes >= 20 || match.said('of') || match.word(-1) === 'at';
  if (back && (match.said('half') || !isTime)) return null;
  const { hour, sure } = match.get('hour');
  const total = (hour * 60 + (back ? -minutes : minutes) + 1440) % 1440;
  const shown = Math.floor(total / 60);
  // "Quarter to one" is 12:45 whichever half of the day; only a 24-hour hour stays above twelve.
  const twelve = hour >= 1 && hour <= 12 && shown === 0;
  const noon = sure === 'pm' ? (back ? 'am' : 'pm') : undefined;
  return clockOf(twelve ? 12 : shown, total % 60, match.find('half') ?? noon);
}

const NOON: Clock = { hour: 12, minute: 0, sure: 'pm' };

export const HALF_RULES = rules<'am' | 'pm'>({ 'am|a_m|a': 'am', 'pm|p_m|p': 'pm' });

export const HOUR_RULES = rules<Clock>({
  '{n} oclock|o_clock?': (match) => clockOf(match.get('n'), 0),
  'noon|midday': NOON,
  midnight: { hour: 24, minute: 0, sure: '24h' },
});

export const CLOCK_RULES = rules<Clock>({
  '12? noon|midday|noontime|mid_day': NOON,
  '12? midnight': { hour: 0, minute: 0, sure: null, midnight: true },
  '{written} hours|hrs?': (match) => match.get('written'),
  '{written} {half}': (match) => {
    const { hour, minute, sure } = match.get('written');
    return clockOf(hour, minute, match.get('half'), sure === '24h');
  },
  '{n} {half} / {n} oclock|o_clock {half}?': (match) =>
    clockOf(match.get('n'), 0, match.find('half')),
  '{n} oh|o|0|zero? {n} {half}?': spoken,
  '0|oh? {n} hundred hours? / <!in|within|for {n} h {n}?': (match) =>
    clockOf(match.get('n'), match.all('n')[1] ?? 0, undefined, true),
  'half past|after {hour} {half}? / a? quarter past|after|to|of|til|till|before {hour} {half}?':
    told,
  // "Half three" is half past two to a German.
  'half {n} {half}?': (match) => {
    const clock = COUNTED.has(match.word(0))
      ? null
      : clockOf(match.get('n'), 30, match.find('half'));
    return clock === null || clock.hour > 12 ? null : { ...clock, german: true };
  },
  '{n} minutes|minute|mins? past|after|to|til|till|before {hour} {half}? / {n} of {hour}': told,
});

/** A bare number where only an hour can stand, as behind "after". */
export const MOMENT_RULES = rules<Clock>({
  '{clock}': (match) => match.get('clock'),
  '{n}': (match) => {
    const hour = match.get('n');
    const counts = COUNTED.has(match.word(0)) || MONTH.test(match.word(0));
    return hour > 23 || counts || match.token(0)?.kind === 'date' ? null : clockOf(hour, 0);
  },
  'about|around|approximately|roughly|like|at|say|exactly {moment}': (match) => match.get('moment'),
});
