import type { Bookable } from './bookable.ts';

/**
 * Which of an agent's events the caller means; a question where it matters and is not said.
 * @param words the kind of appointment in the caller's words; null when none was said
 * @param last what was talked about last in this call
 */
export function chooseBookable(
  bookables: readonly Bookable[],
  words: string | null,
  last: Bookable | null,
): Bookable | { question: string } {
  const [first, ...others] = bookables;
  if (first && others.length === 0) return first;
  if (words === null || words.trim() === '') return last ?? askWhich(bookables);
  const said = wordsOf(words);
  const matches = bookables
    .map((bookable) => ({
      bookable,
      score: wordsOf(`${bookable.event.name} ${bookable.event.eventType}`).filter((word) =>
        said.some((other) => alike(word, other)),
      ).length,
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const [best, second] = matches;
  if (!best || best.score === second?.score) return askWhich(bookables);
  return best.bookable;
}

function askWhich(bookables: readonly Bookable[]): { question: string } {
  const names = bookables.map(({ event }) => event.name);
  const list = new Intl.ListFormat('en', { type: 'disjunction' }).format(names);
  return { question: `What is it for: ${list}?` };
}

const EMPTY_WORDS = new Set(['a', 'an', 'the', 'for', 'of', 'with', 'and', 'appointment', 'call']);

function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/\p{L}+|\d+/gu) ?? [];
  const telling = words.filter((word) => !EMPTY_WORDS.has(word));
  return telling.length > 0 ? telling : words;
}

/** "Demos" and "demo", "interviewing" and "interview". */
function alike(one: string, other: string): boolean {
  if (one === other) return true;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= 4 && long.startsWith(short);
}
