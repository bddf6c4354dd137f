import type { TimeRange } from '../../calendar/calendar.ts';
import { AskBack, notUnderstood, type QuestionReason } from './ask-back.ts';
import { readChoice } from './choice.ts';
import { boundary, calendarDayAt, clockMinutesAt } from './local-instants.ts';
import { normalisePhrase } from './normalise-phrase.ts';
import { readWish } from './read-wish.ts';
import type { Wish } from './wish.ts';
import { sayDay } from './say-days.ts';
import { scanPhrase } from './scan-phrase.ts';
import { settleWish, type SettledWish } from './settle-wish.ts';
import type { Item, Reading } from './items.ts';

/** What a caller's words about time mean. Instants are UTC; words are for the agent to say. */
export type SpokenTime =
  | (TimeRange & {
      kind: 'range';
      /** What was understood: "Tuesday, November 24, in the afternoon". */
      asked: string;
      /** The caller named a clock time: `from` is that instant, `to` one minute after it. */
      exact: boolean;
      /** What lies between `from` and `to` and is not wanted, in order and without overlaps. */
      exclude?: TimeRange[];
    })
  | {
      kind: 'choice';
      /** 0-based place in what was offered last; -1 is the last of it. */
      index: number;
    }
  | {
      kind: 'question';
      question: string;
      reason: QuestionReason;
      /** What the caller may have meant, each with the time that was spoken; none for the past. */
      candidates: (TimeRange & { asked: string })[];
    };

export interface SpokenTimeContext {
  now: Date;
  /** IANA zone of the caller. */
  timeZone: string;
  /** Start of the appointment talked about last: "same time the day after", "an hour later". */
  previous?: Date;
  /** IANA zone of the business, for "three o'clock your time"; without it that is asked about. */
  calendarTimeZone?: string;
  locale?: 'en-US';
}

/**
 * Reads a wish for a time in English, typed or as a speech recogniser writes it.
 *
 * Dates in digits and month names are read by chrono-node; what they and all other words mean is
 * decided here, since a wrong guess books a wrong day. Weeks run from Monday to Sunday. "Tuesday"
 * is the first one after today; "next Tuesday" is in the next calendar week, except that tomorrow
 * is never called "next". Hours from 1 to 6 without a.m. or p.m. are the afternoon, 8 to 11 the
 * morning, 12 is noon; 7 is asked about. Slashed dates are month first. A date that has passed and
 * names no year is next year's if that is at most eleven months away. A time without a day belongs
 * to the day of `previous`, else to the next day the clock shows it.
 *
 * A refusal takes away what follows it ("not tuesday", "busy from two to four on thursday") or,
 * where nothing follows, what was said before it in the same breath ("mornings don't work"); a
 * refused limit turns round ("not until friday" is from Friday on). A refused place in the offer is
 * no choice. What is said once holds for all it can hold for: "at three on tuesday or wednesday".
 *
 * Whatever is contradictory, past, nonexistent or twofold comes back as a question; so does a
 * phrase with a word of time that no rule knows. Ranges never begin before `now`.
 * Throws only for an invalid `timeZone` or date (RangeError).
 */
export function resolveSpokenTime(phrase: string, context: SpokenTimeContext): SpokenTime {
  const { now, timeZone, previous } = context;
  const today = calendarDayAt(now, timeZone);
  if (!today.isValid) throw new RangeError(`invalid now or time zone: ${timeZone}`);
  const reading: Reading = {
    today,
    calendarTimeZone: context.calendarTimeZone ?? null,
    previous:
      previous === undefined
        ? null
        : { day: calendarDayAt(previous, timeZone), minutes: clockMinutesAt(previous, timeZone) },
  };
  try {
    // Longer than any spoken wish: no caller waits for the reading of a novel.
    const text = normalisePhrase(phrase.slice(0, 400));
    const items = scanPhrase(text, reading);
    const index = items.some(namesTime) ? null : readChoice(phrase, text);
    if (index !== null) return { kind: 'choice', index };
    const wish = readWish(items);
    if (wish.alternatives.length === 0 && wish.exclusions.length === 0) {
      throw notUnderstood();
    }
    return resolveHalves(wish, reading, context);
  } catch (error) {
    if (!(error instanceof AskBack)) throw error;
    return asQuestion(error, context, reading);
  }
}

/** "The third" is a place in the offer as well as a day of the month: readChoice tells which. */
function namesTime(item: Item): boolean {
  if (item.type === 'day') return item.atom.sort !== 'monthday';
  return ['clock', 'time', 'soonest'].includes(item.type);
}

/** Reads the wish with its doubtful hours as a.m. and as p.m., and asks where both are possible. */
function resolveHalves(wish: Wish, reading: Reading, context: SpokenTimeContext): SpokenTime {
  const morning = attempt(wish, 'am', reading, context);
  if (!morning.used) {
    if (morning.result instanceof AskBack) throw morning.result;
    return asRange(morning.result);
  }
  const evening = attempt(wish, 'pm', reading, context);
  if (morning.result instanceof AskBack) {
    if (evening.result instanceof AskBack) throw morning.result;
    return asRange(evening.result);
  }
  if (evening.result instanceof AskBack) return asRange(morning.result);
  if (morning.result.asked === evening.result.asked) return asRange(morning.result);
  const candidates = [morning.result, evening.result].map((one) => hull(one));
  return {
    kind: 'question',
    reason: 'ambiguous-hour',
    question: `Do you mean ${morning.result.asked}, or ${evening.result.asked}?`,
    candidates,
  };
}

function attempt(
  wish: Wish,
  half: 'am' | 'pm',
  reading: Reading,
  context: SpokenTimeContext,
): { used: boolean; result: SettledWish | AskBack } {
  const halfDay = { half, used: false };
  const { now, timeZone } = context;
  try {
    const result = settleWish(wish, { now, timeZone, today: reading.today, reading, halfDay });
    return { used: halfDay.used, result };
  } catch (error) {
    if (!(error instanceof AskBack)) throw error;
    return { used: halfDay.used, result: error };
  }
}

function hull({ windows, asked }: SettledWish): TimeRange & { asked: string } {
  const first = windows[0];
  const last = windows.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('a wish without windows');
  return { from: first.from, to: last.to, asked };
}

function asRange(settled: SettledWish): SpokenTime {
  const { windows } = settled;
  const exclude: TimeRange[] = [];
  for (const [index, window] of windows.entries()) {
    const next = windows[index + 1];
    if (next !== undefined) exclude.push({ from: window.to, to: next.from });
  }
  return {
    kind: 'range',
    ...hull(settled),
    exact: windows.every(({ exact }) => exact),
    ...(exclude.length > 0 ? { exclude } : {}),
  };
}

/** Candidate days without a spoken time are offered whole. */
function asQuestion(error: AskBack, context: SpokenTimeContext, reading: Reading): SpokenTime {
  const { now, timeZone } = context;
  const days = error.days.flatMap((day) => {
    const from = boundary(day, 0, timeZone, 'from');
    const to = boundary(day, 1440, timeZone, 'to');
    const asked = sayDay(day, reading.today);
    return to <= now ? [] : [{ from: from < now ? now : from, to, asked }];
  });
  const candidates = error.candidates.length > 0 ? error.candidates : days;
  return { kind: 'question', reason: error.reason, question: error.message, candidates };
}
