import { numberWords, ordinalWords } from '../number-words.ts';
import type { Token } from './words.ts';

const split = (words: string): Set<string> => new Set(words.split(' '));

export const WEEKDAYS = split('monday tuesday wednesday thursday friday saturday sunday');
export const MONTHS = split(
  'january february march april may june july august september october november december',
);
const UNITS = split('day days week weeks month months');
const ORDINALS = new Set(Array.from({ length: 31 }, (_, index) => ordinalWords(index + 1)));
const DAY_WORDS = split(
  `${[...WEEKDAYS].flatMap((day) => [day, `${day}s`]).join(' ')} mon tue tues wed thu thur thurs fri sat sun ${[...MONTHS].join(' ')} jan feb mar apr jun jul aug sept sep oct nov dec today tomorrow yesterday tonight weekend weekends weekday weekdays christmas eve easter thanksgiving fortnight thirtieth`,
);
const TIME_WORDS = split(
  "morning mornings afternoon afternoons evening evenings night noon midday midnight lunch lunchtime o'clock p am pm",
);
const NUMBERS = new Set(
  `oh ${Array.from({ length: 20 }, (_, n) => numberWords(n)).join(' ')} twenty thirty forty fifty`.split(
    ' ',
  ),
);
/** Words that belong to a wish only beside a word that names a day or a time. */
const JOINING = split(
  'next this that coming last following same early earliest late latest later earlier end beginning start middle first thing in on at the of a an and or to until till from between before after around about by past couple any every all only some sometime time',
);
/** What a number beside it makes a time. */
const BEFORE_CLOCK = split(
  'at around about by before after until till from between to past or and like say do take it than maybe the make sorry no then',
);
const NO_CLOCK_BEFORE = split(
  'is am are was turned only has have my his her our these those for of number option room with which that this last other same later earlier morning afternoon first second third',
);
const AFTER_CLOCK = split(
  "works is would sounds suits please if in on to until till or and today tomorrow instead then sharp for o'clock a p am pm oh fits it",
);
const ORDINAL_NEXT = split(
  'of in at or and if works would please around before after then possible',
);
const NOT_COUNTING = /^(?:which|what|another|other|different|that|nice|great|good)$/;
const BEFORE_EARLY = /^(?:something|anything|as|very|quite)$/;

export type TimeKind = 'day' | 'time' | 'joining' | 'other';

/** The words around one, and how it was written. */
type Near = Record<'before' | 'after' | 'second' | 'second2' | 'raw', string>;

/** What each word has to do with time, told by itself and its neighbours. */
export function timeKinds(tokens: readonly Token[]): TimeKind[] {
  return tokens.map((_, index) => kindOf(tokens, index));
}

function kindOf(tokens: readonly Token[], index: number): TimeKind {
  const token = tokens[index];
  if (token === undefined) return 'other';
  const wordAt = (offset: number): string => {
    const words = tokens[index + offset]?.words ?? [];
    return (offset < 0 ? words.at(-1) : words[0]) ?? '';
  };
  const [word = ''] = token.words;
  const [before, after] = [wordAt(-1), wordAt(1)];
  if (/^\d{1,2}[:.]\d{2}/.test(token.raw)) return 'time';
  if (/^\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{1,4})?$/.test(token.raw)) return 'day';
  if (token.words.length > 1 && !ORDINALS.has(token.words.join(' '))) {
    if (NUMBERS.has(word)) return MONTHS.has(before) && !/[:.m]/.test(token.raw) ? 'day' : 'time';
    // "I am fine" has no time in it.
    return /^[ap]m$/i.test(token.raw) && isNumber(tokens[index - 1]) ? 'time' : 'other';
  }
  const near = { before, after, second: wordAt(2), second2: wordAt(-2), raw: token.raw };
  if (ORDINALS.has(token.words.join(' '))) return ordinalKind(word, near);
  if (NUMBERS.has(word)) return numberKind(word, near);
  if (word === 'may' && ['i', 'we', ''].includes(after)) return 'other';
  if (word === 'about' && (before === 'what' || before === 'how')) return 'other';
  if (word === 'a' && after === 'm') return 'time';
  if (word === 'm') return /^[ap]$/.test(before) ? 'time' : 'other';
  if (/^(?:work|school)$/.test(word)) return /^(?:after|before)$/.test(before) ? 'time' : 'other';
  if (word === 'half' || word === 'quarter') return isFraction(after) ? 'time' : 'joining';
  if (/^(?:hours?|minutes?)$/.test(word)) {
    return /^(?:later|earlier|sooner|from)$/.test(after) || wordAt(-2) === 'in' ? 'time' : 'other';
  }
  if (/^(?:early|late)$/.test(word)) return BEFORE_EARLY.test(before) ? 'time' : 'joining';
  if (word === 'day' && before === 'the' && !/^(?:after|before)$/.test(after)) return 'other';
  if (UNITS.has(word)) return NOT_COUNTING.test(before) ? 'other' : 'day';
  if (DAY_WORDS.has(word)) return 'day';
  if (TIME_WORDS.has(word)) return before === 'good' ? 'other' : 'time';
  return JOINING.has(word) ? 'joining' : 'other';
}

function isNumber(token: Token | undefined): boolean {
  return token !== undefined && NUMBERS.has(token.words[0] ?? '');
}

function isFraction(after: string): boolean {
  return /^(?:past|to|after|before)$/.test(after) || NUMBERS.has(after);
}

/** "The third", "the third of May", "May third": a day; "the third one", "a second": none. */
function ordinalKind(word: string, { before, after, second, raw }: Near): TimeKind {
  if (after === 'thing') return 'joining';
  if (after === 'of' && (MONTHS.has(second) || /^(?:this|next|the)$/.test(second))) return 'day';
  if (/^\d/.test(raw) && !/^(?:one|time|option|slot|visit)$/.test(after)) return 'day';
  if (DAY_WORDS.has(after) || UNITS.has(after) || MONTHS.has(before) || WEEKDAYS.has(before)) {
    return 'day';
  }
  if (before === 'twenty' || before === 'thirty') return 'day';
  const stands = after === '' || ORDINAL_NEXT.has(after) || TIME_WORDS.has(after);
  if (word === 'first' && before !== 'the') return 'joining';
  return stands && before === 'the' ? 'day' : stands && before === 'on' ? 'day' : 'other';
}

function numberKind(word: string, { before, after, second, second2 }: Near): TimeKind {
  if (UNITS.has(after) || DAY_WORDS.has(after) || ORDINALS.has(after)) return 'day';
  if (after === 'of' && MONTHS.has(second)) return 'day';
  if (/^(?:minutes?|hours?)$/.test(after)) {
    return before === 'in' || /^(?:later|earlier|from)$/.test(second) ? 'time' : 'other';
  }
  if (MONTHS.has(before)) return 'day';
  if (/^(?:o'clock|a|p|am|pm|oh)$/.test(after)) return 'time';
  if (NUMBERS.has(after) || NUMBERS.has(before)) return 'time';
  // "Two t's" are letters.
  if (/^[a-z]'s$/.test(after)) return 'other';
  if (/^(?:half|quarter)$/.test(before) || TIME_WORDS.has(before)) return 'time';
  if ((after === 'in' && second === 'the') || (after === 'at' && second === 'night')) return 'time';
  if (before === 'for' && /^(?:it|that|try|set|up)$/.test(second2)) return 'time';
  if (NO_CLOCK_BEFORE.has(before)) return 'other';
  const isClear = BEFORE_CLOCK.has(before) && !/^(?:the|no|take)$/.test(before);
  if (word === 'one' && before !== '' && !isClear && !DAY_WORDS.has(before)) return 'other';
  if (word === 'one' && /^(?:for|in|on|of|more|other|question|person)$/.test(after)) return 'other';
  if (BEFORE_CLOCK.has(before) || DAY_WORDS.has(before)) return 'time';
  return after === '' || AFTER_CLOCK.has(after) ? 'time' : 'other';
}
