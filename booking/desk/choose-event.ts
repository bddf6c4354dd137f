import type { Language } from '../../calls/languages.ts';
import { oneOf, sentencesIn } from '../languages/sentences/sentences-in.ts';
import type { BookableEvent } from './bookable-event.ts';

/**
 * Which of an agent's events the caller means; a question where it matters and is not said.
 * @param words the kind of appointment in the caller's words; null when none was said
 * @param last what was talked about last in this call
 * @param language of the question
 */
export function chooseEvent(
  events: readonly BookableEvent[],
  words: string | null,
  last: BookableEvent | null,
  language: Language,
): BookableEvent | { question: string } {
  const [first, ...others] = events;
  if (first && others.length === 0) return first;
  if (words === null || words.trim() === '') return last ?? askWhich(events, language);
  const said = wordsOf(words);
  const matches = events
    .map((event) => ({
      event,
      score: wordsOf(`${event.name} ${event.eventType}`).filter((word) =>
        said.some((other) => alike(word, other)),
      ).length,
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const [best, second] = matches;
  if (!best || best.score === second?.score) return askWhich(events, language);
  return best.event;
}

function askWhich(events: readonly BookableEvent[], language: Language): { question: string } {
  const names = events.map(({ name }) => name);
  return { question: sentencesIn(language).offers.whichKind(oneOf(language, names)) };
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
