import { timeKinds } from './time-words.ts';
import type { TimeKind } from './time-words.ts';
import { tokenize } from './words.ts';
import type { Token } from './words.ts';

/** A wish for a time in the caller's own words. */
export interface Wish {
  /** All of it, as it was said. */
  words: string;
  /** The words that name its day, and those that name its time of day. */
  day: string;
  time: string;
}

/** Joining words a wish cannot begin or end with. */
const LOOSE_START =
  /^(?:on(?! the \w+$)|of|and|or|to|by|time|some|sometime|that|in(?= (?:on|at|before|after|around|today|tomorrow|tonight|next|this|some|sometime|\w+day))|an?(?! (?:\w+ )?(?:days?|weeks?|months?|couple|hour))|(?:any|every)(?! (?:\w+ )?(?:day|time|week|\w+day|morning|afternoon|evening)))(?= |$)/;
const LOOSE_END =
  /^(?:on(?! the \w+$)|of|and|or|to|in|at|the|an?|from|between|before|around|about|by|some|that|this|any|every|all|only|first|last|thing|time|same|end|start|early|late)$/;
/** Words that tell when the caller cannot, or only can: they belong to the wish with all between. */
const LIMIT =
  /\b(?:not|can't|cannot|won't|doesn't|don't work|bad|except|(?:anything|any ?time|any day) but|only|unless|busy|meetings?|i work|i'm free|i am free|leave|pick up|either|instead of|has to be|have to be)\b/i;

/** Finds the words that name a day or a time; null when there are none. */
export function readWish(text: string): Wish | null {
  const tokens = tokenize(text);
  const kinds = timeKinds(tokens);
  const first = kinds.findIndex(isTelling);
  if (first < 0) return null;
  const last = kinds.findLastIndex(isTelling);
  let start = first;
  while (kinds[start - 1] === 'joining') start--;
  const wordsFrom = (index: number): string =>
    tokens
      .slice(index, first + 1)
      .map(({ words }) => words.join(' '))
      .join(' ');
  while (start < first && LOOSE_START.test(wordsFrom(start))) start++;
  let end = last;
  while (kinds[end + 1] === 'joining') end++;
  while (end > last && LOOSE_END.test(tokens[end]?.words[0] ?? '')) end--;
  const slice = (from: number, to: number): string =>
    text.slice(tokens[from]?.start, tokens[to]?.end);
  const parts = splitWish(tokens.slice(start, end + 1), kinds.slice(start, end + 1));
  const lead = limitBefore(text.slice(0, tokens[start]?.start));
  const rest = text.slice(tokens[end]?.end);
  const words = `${lead}${slice(start, end)}${LIMIT.test(rest) ? rest : ''}`;
  return { ...parts, words: words.replace(/[\s.!?,]+$/, '') };
}

/** A wish that names only a time of day keeps the day that was spoken of before. */
export function combineWishes(earlier: Pick<Wish, 'day'> | null, later: Wish): Wish {
  if (later.day !== '' || earlier === null || earlier.day === '') return later;
  return { ...later, day: earlier.day, words: `${earlier.day} ${later.words}` };
}

/** The words for day and time alone: which appointment is meant, and not when the caller can. */
export function plainWords(wish: Wish | null): string | null {
  return wish === null ? null : `${wish.day} ${wish.time}`.trim();
}

/** A wish in words that need no reading. */
export function wishFor(words: string): Wish {
  return { words, day: words, time: '' };
}

function isTelling(kind: TimeKind): boolean {
  return kind === 'day' || kind === 'time';
}

function limitBefore(lead: string): string {
  const found = LIMIT.exec(lead);
  if (found === null) return '';
  // "Except" says enough; "meeting" needs the words before it in its clause.
  const clause = lead.slice(0, found.index).search(/[^.,;!?]*$/);
  return lead.slice(/^(?:not|except|only)$/i.test(found[0]) ? found.index : clause).trimStart();
}

/** Each run of words goes to the day or the time by the next word that is clearly either. */
function splitWish(tokens: readonly Token[], kinds: readonly TimeKind[]): Omit<Wish, 'words'> {
  const parts: Record<'day' | 'time', string[]> = { day: [], time: [] };
  let pending: string[] = [];
  let side: 'day' | 'time' = 'day';
  for (const [index, { raw }] of tokens.entries()) {
    const kind = kinds[index];
    pending.push(raw);
    if (kind !== 'day' && kind !== 'time') continue;
    parts[kind].push(...pending);
    pending = [];
    side = kind;
  }
  parts[side].push(...pending);
  return { day: parts.day.join(' ').replace(/^on /i, ''), time: parts.time.join(' ') };
}
