import { tokenize } from './words.ts';
import type { Token } from './words.ts';

/** A wish for a time in the caller's own words, its day apart from its time of day. */
export interface Wish {
  day: string;
  time: string;
}

const split = (words: string): Set<string> => new Set(words.split(' '));
const DAY_WORDS = split(
  'monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec today tomorrow yesterday tonight day days week weeks weekend month months first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth',
);
const TIME_WORDS = split(
  "morning mornings afternoon afternoons evening evenings night noon midday midnight lunch lunchtime o'clock half quarter a p m am pm work",
);
const NUMBER_WORDS = split(
  'zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty',
);
/** Words that belong to a wish only beside a word that names a day or a time. */
const JOINING_WORDS = split(
  'next this coming last following same early late later earlier end beginning start middle first thing in on at the of a an and or to until till from between before after around about by past couple any every some sometime time',
);
/** Joining words a wish cannot begin or end with. */
const LOOSE_START = split('on of and or to by time some sometime a an any every');
const LOOSE_END = split(
  'on of and or to in at the a an from between before after around about by some time any every last first thing',
);
const UNITS = split('day days week weeks month months');

/** "any time", "the soonest you have": no day in it, and none needed. */
const SOONEST =
  /\b(?:as soon as possible|soonest|asap|(?:the )?earliest (?:time|appointment|possible|available|you|one|date)|^(?:the )?earliest$|(?:next|first) (?:available|free|possible|appointment|time|slot|opening)|any ?time|any day|whenever|whatever (?:you have|is free)|what (?:do you have|times)|when are you free|when is the next|^anything(?: is fine)?$|don't care|do not care|am flexible|i'm flexible|what is (?:free|available|the (?:earliest|next)))/;

/** Whether the caller will take any time. */
export function wantsSoonest(sentence: string): boolean {
  return SOONEST.test(sentence);
}

/** Finds the words that name a day or a time; null when there are none. */
export function readWish(text: string): Wish | null {
  const tokens = tokenize(text);
  const kinds = tokens.map((token, index) => kindOf(token, tokens[index - 1], tokens[index + 1]));
  const first = kinds.findIndex((kind) => kind === 'day' || kind === 'time');
  if (first < 0) return null;
  const last = kinds.findLastIndex((kind) => kind === 'day' || kind === 'time');
  let start = first;
  while (start > 0 && kinds[start - 1] === 'joining') start--;
  while (
    start < first &&
    LOOSE_START.has(tokens[start]?.words[0] ?? '') &&
    !isCounted(tokens, start)
  )
    start++;
  let end = last;
  if (tokens[end + 1]?.words[0] === 'after' && tokens[end + 2]?.words[0] === 'next') end += 2;
  while (end > last && LOOSE_END.has(tokens[end]?.words[0] ?? '')) end--;
  return splitWish(tokens.slice(start, end + 1), kinds.slice(start, end + 1));
}

/** The whole wish as one phrase for the calendar. */
export function wishWords(wish: Wish): string {
  return [wish.day, wish.time].filter((part) => part !== '').join(' ');
}

/** A wish that names only a time of day keeps the day that was spoken of before. */
export function combineWishes(earlier: Wish | null, later: Wish): Wish {
  return later.day === '' && earlier !== null ? { day: earlier.day, time: later.time } : later;
}

type Kind = 'day' | 'time' | 'joining' | 'other';

function kindOf(token: Token, before: Token | undefined, after: Token | undefined): Kind {
  const [word = ''] = token.words;
  const next = after?.words[0] ?? '';
  const previous = before?.words.at(-1) ?? '';
  if (/^\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{1,4})?$/.test(token.raw)) return 'day';
  // "may i", "second one" and "this one" are about something else.
  if (word === 'about' && (previous === 'what' || previous === 'how')) return 'other';
  if (word === 'may' && ['i', 'we'].includes(next)) return 'other';
  if (
    (word === 'first' || word === 'second' || word === 'third') &&
    /^(?:one|time|option|slot|thing|available)$/.test(next)
  ) {
    return next === 'thing' ? 'joining' : 'other';
  }
  if (NUMBER_WORDS.has(word)) {
    if (UNITS.has(next) || DAY_WORDS.has(next) || next === 'of') return 'day';
    if (
      word === 'one' &&
      /^(?:the|this|that|which|last|other|same|later|earlier|morning|afternoon|first|second|third|no)$/.test(
        previous,
      )
    )
      return 'other';
    if (/^(?:number|option)$/.test(previous)) return 'other';
    if (isMonth(previous)) return 'day';
    return 'time';
  }
  if (word === 'a' && (token.words[1] === 'm' || next === 'm')) return 'time';
  if (word === 'a') return UNITS.has(next) ? 'day' : 'joining';
  if (word === 'm') return previous === 'a' || previous === 'p' ? 'time' : 'other';
  if (word === 'work') return previous === 'after' || previous === 'before' ? 'time' : 'other';
  if (word === 'half' && next !== 'past') return 'other';
  if (['day', 'days', 'week', 'weeks', 'month', 'months'].includes(word)) {
    return /^(?:which|what|another|other|different)$/.test(previous) ? 'other' : 'day';
  }
  if (DAY_WORDS.has(word)) return 'day';
  if (TIME_WORDS.has(word)) return previous === 'good' ? 'other' : 'time';
  return JOINING_WORDS.has(word) ? 'joining' : 'other';
}

function isMonth(word: string): boolean {
  return /^(?:january|february|march|april|may|june|july|august|september|october|november|december)$/.test(
    word,
  );
}

/** "a week", "a couple of days": here the article counts. */
function isCounted(tokens: readonly Token[], index: number): boolean {
  const word = tokens[index]?.words[0];
  const next = tokens[index + 1]?.words[0] ?? '';
  return (
    (word === 'a' || word === 'any') && (UNITS.has(next) || next === 'couple' || word === 'any')
  );
}

/** Each run of words goes to the day or the time by the next word that is clearly either. */
function splitWish(tokens: readonly Token[], kinds: readonly Kind[]): Wish {
  const parts: Record<'day' | 'time', string[]> = { day: [], time: [] };
  let pending: string[] = [];
  let side: 'day' | 'time' | null = null;
  for (const [index, token] of tokens.entries()) {
    const kind = kinds[index];
    pending.push(token.raw);
    if (kind !== 'day' && kind !== 'time') continue;
    parts[kind].push(...pending);
    pending = [];
    side = kind;
  }
  if (side !== null) parts[side].push(...pending);
  const text = (words: string[]): string => words.join(' ').replace(/^on /i, '');
  return { day: text(parts.day), time: text(parts.time) };
}
