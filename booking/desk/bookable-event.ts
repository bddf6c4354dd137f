import { listLastBooked } from '../../db/event-hosts.ts';
import { oneOf, sentencesIn } from '../languages/sentences/sentences-in.ts';
import type { Language } from '../../calls/languages.ts';
import type { Bookable } from './bookable.ts';

/** What callers know as one kind of appointment: one bookable, or one for each host. */
export interface BookableEvent {
  id: string;
  name: string;
  eventType: string;
  bookables: readonly [Bookable, ...Bookable[]];
}

/** The bookables of one call by their event, in the order in which they come. */
export function byEvent(bookables: readonly Bookable[]): BookableEvent[] {
  return [...Map.groupBy(bookables, ({ event }) => event.id).values()].flatMap((group) => {
    const [first, ...others] = group;
    if (!first) return [];
    const { id, name, eventType } = first.event;
    return [{ id, name, eventType, bookables: [first, ...others] }];
  });
}

/** Who takes appointments in this call, each once; nobody is named where there is nobody to choose. */
export function hostNames(events: readonly BookableEvent[]): string[] {
  const names = events.flatMap(({ bookables }) =>
    bookables.flatMap(({ event }) => event.host ?? []),
  );
  return [...new Set(names)];
}

/**
 * With whom the caller wishes to have it; a question where nobody of the event is meant, or several are.
 * @param words as the caller says it; null or empty: anybody
 * @param language of the question
 */
export function chooseHosts(
  { bookables }: BookableEvent,
  words: string | null,
  language: Language,
): readonly Bookable[] | { question: string } {
  const said = wordsOf(words ?? '');
  if (said.length === 0) return bookables;
  const [only, ...others] = bookables;
  if (others.length === 0 && only.event.host === undefined) return bookables;
  const matches = bookables.map((bookable) => {
    const name = wordsOf(bookable.event.host ?? '');
    return { bookable, score: name.filter((word) => said.includes(word)).length };
  });
  const best = Math.max(...matches.map(({ score }) => score));
  const meant = matches.filter(({ score }) => score === best && score > 0);
  const [one] = meant;
  if (one && meant.length === 1) return [one.bookable];
  const named = (meant.length > 0 ? meant : matches).map(
    ({ bookable }) => bookable.event.host ?? '',
  );
  return { question: sentencesIn(language).offers.withWhom(oneOf(language, named)) };
}

/** Whose turn it is: who was never booked, then who was booked longest ago, in the order of the event. */
export async function inTurn(hosts: readonly Bookable[]): Promise<readonly Bookable[]> {
  const [first] = hosts;
  if (!first || hosts.length === 1) return hosts;
  const { db, organizationId } = first.ledger;
  const ids = hosts.map(({ ledger }) => ledger.calendarConnectionId);
  const last = await listLastBooked(db, organizationId, ids);
  const at = ({ ledger }: Bookable): number =>
    last.get(ledger.calendarConnectionId)?.getTime() ?? Number.NEGATIVE_INFINITY;
  // Two that were never booked differ by nothing: the order of the event stays.
  return hosts.toSorted((one, other) => (at(one) < at(other) ? -1 : at(one) > at(other) ? 1 : 0));
}

/** "Doctor Adams" and "Dr. Adams" are told apart by the name. */
const TITLES = new Set(
  'dr doctor doktor docteur dottore dottoressa doutor doutora doctora prof professor mr mrs ms miss herr frau señor señora sr sra signor signora monsieur madame senhor senhora with mit con avec com'.split(
    ' ',
  ),
);

function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/\p{L}[\p{L}'’-]*/gu) ?? [];
  return words.filter((word) => !TITLES.has(word));
}
