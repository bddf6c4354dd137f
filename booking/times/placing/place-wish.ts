import { Interval } from 'luxon';
import { AskBack, notUnderstood, TOO_MUCH } from './ask-back.ts';
import { placeAlternative } from './place-alternative.ts';
import { placeExclusions } from './place-exclusions.ts';
import { asSentence, sayList } from './say-days.ts';
import { NOTHING, type Reading, type Wish } from './wish.ts';

/** Nobody wishes for more at once; each is placed on every day that is open. */
const MOST_AT_ONCE = 12;

export interface PlacedWish {
  /** In order, apart from each other, and not empty. */
  windows: readonly Interval[];
  /** A clock time was named. */
  exact: boolean;
  /** What was understood, in words that the agent can say. */
  asked: string;
}

/** Windows and words of a wish. Throws AskBack where nothing of it lies ahead. */
export function placeWish({ alternatives, exclusions }: Wish, reading: Reading): PlacedWish {
  if (alternatives.length > MOST_AT_ONCE || exclusions.length > MOST_AT_ONCE)
    throw notUnderstood(TOO_MUCH);
  const wanted =
    alternatives.length > 0 ? alternatives : [{ ...NOTHING, open: 'any time' as const }];
  const placed = wanted.map((one) => placeAlternative(one, reading));
  const asked = sayList([...new Set(placed.map((one) => one.asked))], ', or');
  const windows = Interval.merge(placed.flatMap((one) => one.windows));
  if (windows.length === 0) {
    const which = placed.every(({ last }) => last < reading.today) ? 'day' : 'time';
    const question = `${asSentence(asked)} has already passed. Which ${which} would you like?`;
    throw new AskBack({ reason: 'past', question });
  }
  const exact = placed.every((one) => one.exact || one.windows.length === 0);
  const refused = placeExclusions(exclusions, windows, reading);
  if (refused.length === 0) return { windows, exact, asked };
  const taken = Interval.merge(refused.flatMap((one) => one.taken));
  const left = windows.flatMap((window) => window.difference(...taken));
  if (left.length === 0) throw notUnderstood();
  const words = refused.map((one) => one.words).join(' or ');
  return { windows: left, exact, asked: `${asked}, but not ${words}` };
}
