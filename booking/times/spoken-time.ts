import type { TimeRange } from '../../calendar/calendar.ts';
import { AskBack, NOT_UNDERSTOOD, notUnderstood, TOO_MUCH } from './placing/ask-back.ts';
import type { Candidate, QuestionReason } from './placing/ask-back.ts';
import { candidate } from './placing/day-windows.ts';
import { calendarDayAt, clockMinutesAt } from './placing/local-instants.ts';
import { candidatesOn } from './placing/place-alternative.ts';
import { WHOLE_DAY } from './placing/place-times.ts';
import { placeWish, type PlacedWish } from './placing/place-wish.ts';
import { sayList } from './placing/say-days.ts';
import type { DayWish, Reading, Wish } from './placing/wish.ts';
import { isStretch } from './placing/day-spans.ts';
import { namesDayOrTime } from './reading/items.ts';
import { checkTold, cutClauses, type Clauses } from './reading/life-clauses.ts';
import { readChoice } from './reading/read-choice.ts';
import { readItems } from './reading/read-items.ts';
import { readWish } from './reading/read-wish.ts';
import { LONGEST_PHRASE, tokenise } from './reading/tokens.ts';

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
 * Tokens are read by a grammar into items, items into a wish, and the wish is placed in the zone of
 * the caller; a wrong guess would book a wrong day, so nothing that speaks of time is passed over.
 * What callers tell of their lives or of an appointment they have is no wish. Weeks run from Monday
 * to Sunday. "Tuesday" is the first one after today; "next Tuesday" is in the next calendar week,
 * except that tomorrow is never called "next". Hours from 1 to 6 without a.m. or p.m. are the
 * afternoon, 8 to 11 the morning, 12 is noon; 7 is asked about. Slashed dates are month first. A
 * date that has passed and names no year is next year's if that is at most eleven months away. A
 * time without a day belongs to the day of `previous`, else to the next day the clock shows it.
 *
 * A refusal takes away what follows it ("not tuesday", "busy from two to four on thursday") or,
 * where nothing follows, what was said before it in the same breath ("mornings don't work"); a
 * refused limit turns round ("not until friday" is from Friday on). A refused place in the offer is
 * no choice. What is said once holds for all it can hold for: "at three on tuesday or wednesday".
 *
 * Whatever is contradictory, past, nonexistent or twofold comes back as a question; so does a
 * phrase with a word of time that no rule knows, and days of two clauses that are no list. Ranges
 * never begin before `now`.
 * Throws only for an invalid `timeZone` or date (RangeError).
 */
export function resolveSpokenTime(phrase: string, context: SpokenTimeContext): SpokenTime {
  const { now, timeZone, previous, calendarTimeZone = null } = context;
  const today = calendarDayAt(now, timeZone);
  if (!today.isValid) throw new RangeError(`invalid now or time zone: ${timeZone}`);
  const last =
    previous === undefined
      ? null
      : { day: calendarDayAt(previous, timeZone), minutes: clockMinutesAt(previous, timeZone) };
  const reading = { now, timeZone, today, calendarTimeZone, previous: last, side: 0 } as const;
  try {
    if (phrase.length > LONGEST_PHRASE) throw notUnderstood(TOO_MUCH);
    return answer(cutClauses(readItems(tokenise(phrase), reading)), reading);
  } catch (error) {
    if (!(error instanceof AskBack)) throw error;
    // Days without a spoken time are offered whole.
    const whole = error.days.flatMap((day) => candidatesOn(day, WHOLE_DAY, reading));
    return asQuestion(error, error.candidates.length > 0 ? error.candidates : whole);
  }
}

function answer(clauses: Clauses, reading: Reading): SpokenTime {
  try {
    const index = readChoice(clauses.wanted);
    if (index !== null) return { kind: 'choice', index };
    checkTold(clauses);
    const which = askWhich(clauses.apart, reading);
    if (which !== null) return which;
    return placeBothSides(readWish(clauses.wanted), reading);
  } catch (error) {
    const unread = error instanceof AskBack && error.message === NOT_UNDERSTOOD;
    if (unread) return askWhetherMeant(clauses, reading);
    throw error;
  }
}

/** Names the days of clauses that are no list; null where one narrows another. */
function askWhich(apart: Clauses['apart'], reading: Reading): SpokenTime | null {
  const wishes = apart.map(readWish);
  // "Next week, say wednesday", "tuesday but before three": one narrows the other.
  const narrows = wishes.some(({ alternatives }) =>
    alternatives.some(({ days }) => days.some((wish) => wish.bound !== undefined || isLong(wish))),
  );
  if (wishes.length === 0 || narrows) return null;
  const placed = wishes.map((wish) => placeWish(wish, reading));
  const named = [...new Set(placed.map(({ asked }) => asked))];
  if (named.length === 1) return null;
  const doubt = notUnderstood(`Do you mean ${sayList(named, ', or')}?`);
  return asQuestion(doubt, placed.map(hull));
}

function isLong({ atoms }: DayWish): boolean {
  return atoms.some(
    (atom) => atom.sort === 'workdays' || (atom.sort === 'span' && isStretch(atom.span)),
  );
}

/** Names what was understood where something was not: the caller says yes, or more. */
function askWhetherMeant({ wanted, told }: Clauses, reading: Reading): SpokenTime {
  // What was refused is not offered as what may be meant.
  if (wanted.some(({ type }) => /^(?:not|except|refused)$/.test(type))) throw notUnderstood();
  try {
    const meant = placeBothSides(readWish([...wanted, ...told].filter(namesDayOrTime)), reading);
    if (meant.kind !== 'range') return meant;
    const { from, to, asked } = meant;
    const doubt = notUnderstood(`I did not catch all of that. Do you mean ${asked}?`);
    return asQuestion(doubt, [{ from, to, asked }]);
  } catch (error) {
    throw error instanceof AskBack ? notUnderstood() : error;
  }
}

/** Places both readings of what can be read two ways, and asks where both stand. */
function placeBothSides(wish: Wish, reading: Reading): SpokenTime {
  const place = (side: Reading['side']): PlacedWish | AskBack => {
    try {
      return placeWish(wish, { ...reading, side });
    } catch (error) {
      if (error instanceof AskBack) return error;
      throw error;
    }
  };
  const [first, second] = [place(0), place(1)];
  if (second instanceof AskBack) {
    if (first instanceof AskBack) throw first;
    return asRange(first);
  }
  if (first instanceof AskBack || first.asked === second.asked) return asRange(second);
  const question = `Do you mean ${first.asked}, or ${second.asked}?`;
  const reason = namesTwoDays(wish) ? 'not-understood' : 'ambiguous-hour';
  return asQuestion(new AskBack({ reason, question }), [hull(first), hull(second)]);
}

function namesTwoDays({ alternatives }: Wish): boolean {
  return alternatives.some(({ days }) =>
    days.some(({ atoms }) => atoms.some(({ sort }) => sort === 'either')),
  );
}

function hull({ windows, asked }: PlacedWish): Candidate {
  const [first, last] = [windows[0], windows.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError('a wish without windows');
  return candidate(first.union(last), asked);
}

function asRange(placed: PlacedWish): SpokenTime {
  const whole = hull(placed);
  const ranges = placed.windows.map((window) => candidate(window, placed.asked));
  const exclude = ranges
    .slice(1)
    .map(({ from }, index) => ({ from: ranges[index]?.to ?? from, to: from }));
  const gaps = exclude.length > 0 ? { exclude } : {};
  return { kind: 'range', ...whole, exact: placed.exact, ...gaps };
}

function asQuestion({ reason, message }: AskBack, candidates: readonly Candidate[]): SpokenTime {
  return { kind: 'question', question: message, reason, candidates: [...candidates] };
}
