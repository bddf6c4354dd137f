import { clockOf } from './clock-rules.ts';
import { Parse } from './grammar.ts';
import { at as atClock, type Item } from './items.ts';
import { isDeed, isTimeWord } from './lexicon.ts';
import { notBefore } from './refusal-rules.ts';
import { TIME_GRAMMAR } from './time-grammar.ts';
import type { Token } from './tokens.ts';
import { wordSet } from './word-set.ts';
import type { Reading } from '../placing/wish.ts';

/** Reads the tokens from left to right: the longest rule at each place, and words that are none. */
export function readItems(tokens: readonly Token[], reading: Reading): Item[] {
  const parse = new Parse(TIME_GRAMMAR, tokens, reading);
  const items: Item[] = [];
  let unread: Token | undefined;
  for (let at = 0; at < tokens.length;) {
    const found = parse.longest('item', at);
    const token = tokens[at];
    if (token === undefined) break;
    const read = found?.value ?? readAlone(token, unread, tokens[at + 1]);
    // "Not feeling well": what no rule knows cannot be refused.
    const fate =
      read.length === 0 && found === null && items.at(-1)?.type === 'not'
        ? notBefore(token)
        : 'waits';
    if (fate !== 'waits') items.pop();
    items.push(...read, ...(fate === 'odd' ? [{ type: 'odd' } as const] : []));
    unread = read.length === 0 && found === null ? token : undefined;
    at = found?.end ?? at + 1;
  }
  return items;
}

/** A word that no rule took: an hour, a word of time that is asked about, or nothing. */
function readAlone(
  token: Token,
  before: Token | undefined,
  after: Token | undefined,
): readonly Item[] {
  const ordinal = token.kind === 'number' && token.nth === true;
  const numbers = before !== undefined && isDeed(before);
  if (token.kind === 'number' && !ordinal && !numbers && !COUNTED.has(after?.text ?? '')) {
    const clock = token.value < 24 ? clockOf(token.value, 0) : null;
    if (clock !== null) return [atClock(clock)];
  }
  // "45 years", "room 112", a phone number: a number that counts or numbers something.
  const counts = numbers || (after !== undefined && isDeed(after)) || token.text.length > 4;
  if (token.kind === 'number' && !ordinal && counts) return [];
  return isTimeWord(token.text) || LIMITS.test(token.text) ? [{ type: 'odd' }] : [];
}

const COUNTED = wordSet(`
  people person persons of kid kids children adult adults minute minutes min mins hour hours day
  days week weeks month months year years time times th st
`);
/** A limit that limits no day or time: "after my meeting". */
const LIMITS = /^(?:after|before|between|past|beyond|until|till|til)$/;
