import { AskBack, notUnderstood } from './ask-back.ts';
import {
  mergeWindows,
  subtractWindows,
  type PlacedAlternative,
  type Window,
  type WishContext,
} from './day-windows.ts';
import { placeAlternative } from './place-alternative.ts';
import { placeExclusions } from './place-exclusions.ts';
import { sayList } from './say-days.ts';
import { NOTHING, type Wish } from './wish.ts';

export interface PlacedWish {
  windows: readonly Window[];
  asked: string;
}

/** Words and windows of a wish; `windows` are in order and not empty. Throws AskBack. */
export function placeWish({ alternatives, exclusions }: Wish, context: WishContext): PlacedWish {
  const wanted =
    alternatives.length > 0 ? alternatives : [{ ...NOTHING, open: 'any time' as const }];
  const placed = wanted.map((one) => placeAlternative(one, context));
  const asked = sayList([...new Set(placed.map((one) => one.asked))], ', or');
  const windows = mergeWindows(
    placed.flatMap((one) => one.windows),
    context.now,
  );
  if (windows.length === 0) throw passed(placed, asked, context);
  if (exclusions.length === 0) return { windows, asked };
  const { taken, words } = placeExclusions(exclusions, windows, context);
  const left = subtractWindows(windows, taken);
  if (left.length === 0) throw notUnderstood();
  return {
    windows: left,
    asked: words.length === 0 ? asked : `${asked}, but not ${words.join(' or ')}`,
  };
}

function passed(
  placed: readonly PlacedAlternative[],
  asked: string,
  { reading }: WishContext,
): AskBack {
  const which = placed.every(({ last }) => last < reading.today) ? 'day' : 'time';
  const said = `${asked.charAt(0).toUpperCase()}${asked.slice(1)}`;
  return new AskBack({
    reason: 'past',
    question: `${said} has already passed. Which ${which} would you like?`,
  });
}
