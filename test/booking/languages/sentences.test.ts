import { describe, expect, it } from 'vitest';
import { NO_DESK } from '../../../booking/desk/desk-facts.ts';
import { allOf, oneOf, sentencesIn } from '../../../booking/languages/sentences/sentences-in.ts';
import { slotLabel } from '../../../booking/times/labels.ts';
import type { CallFacts } from '../../../booking/truth/facts.ts';
import { SpokenText } from '../../../booking/truth/spoken-text.ts';
import { LANGUAGES } from '../../../calls/languages.ts';

const timeZone = 'America/New_York';
const now = new Date('2026-11-23T14:00:00Z');
const START = new Date('2026-11-24T19:30:00Z');
const OTHER = new Date('2026-11-26T15:00:00Z');

describe.each(LANGUAGES)('an exact sentence in %s', (language) => {
  const sentences = sentencesIn(language);
  const [label, before] = [START, OTHER].map((at) =>
    slotLabel(at, { timeZone, now, language, withZone: true }),
  ) as [string, string];
  const facts = (more: Partial<CallFacts>): CallFacts => ({
    ...NO_DESK,
    calendarTimeZones: [timeZone],
    now,
    timeZone,
    business: [],
    businessLanguage: 'en',
    informed: [],
    caller: [],
    ...more,
  });
  /** What of these the gate would stop. */
  const stopped = (texts: readonly string[], more: Partial<CallFacts> = {}) =>
    texts.filter((text) => {
      const spoken = new SpokenText(() => facts(more), language);
      spoken.add(text);
      spoken.finish();
      return spoken.falsehood !== null;
    });

  it('is heard where it is true', () => {
    const { changes, truth, offers, appointments } = sentences;
    const stands = { standing: [{ start: START, isPending: false }], knownStarts: [START] };
    const booked = [changes.booked, changes.alreadyBooked].map((say) => say(label, 'Mary Smith'));
    expect(stopped([...booked, truth.booked(label), appointments.found(label)], stands)).toEqual(
      [],
    );
    const moved = [changes.moved(before, label), truth.moved(label)];
    const hasMoved = {
      ...stands,
      knownStarts: [OTHER, START],
      done: [{ status: 'rescheduled', start: START }] as const,
    };
    expect(stopped(moved, hasMoved)).toEqual([]);
    const hasGone = {
      knownStarts: [START],
      done: [{ status: 'cancelled', start: START }] as const,
    };
    expect(stopped([changes.cancelled(label), truth.cancelled(label)], hasGone)).toEqual([]);
    const pending = {
      standing: [{ start: START, isPending: true }],
      knownStarts: [START, OTHER],
      done: [{ status: 'requested', start: START }] as const,
    };
    const requested = [
      changes.requested(label, 'Mary Smith'),
      changes.alreadyRequested(label, 'Mary Smith'),
      changes.moveRequested(before, label),
      truth.requested(label),
    ];
    expect(stopped(requested, pending)).toEqual([]);
    const offered = { offered: [START, OTHER], hasLooked: true };
    const offering = [truth.offer(oneOf(language, [label, before])), offers.taken(label)];
    expect(stopped(offering, offered)).toEqual([]);
    const asked = { mentioned: [{ text: label, language }], hasLooked: true };
    expect(stopped([offers.nothingFor(label), sentences.wishes.isIt(label)], asked)).toEqual([]);
  });

  it('claims nothing that is not so, where nothing was done', () => {
    const { changes, appointments, messages, heard, truth, wishes, offers, call } = sentences;
    const plain = [call, offers, wishes, changes, appointments, messages, heard, truth].flatMap(
      (table) => Object.values(table).filter((text) => typeof text === 'string'),
    );
    // Of an appointment that the caller has elsewhere the calendar itself tells.
    const { 'attendee-has-it-already': _, ...calendar } = sentences.calendar;
    expect(stopped([...plain, ...Object.values(calendar)])).toEqual([]);
  });

  it('is false where it is not so', () => {
    const { changes, truth } = sentences;
    const claims = [
      changes.booked(label, 'Mary Smith'),
      truth.booked(label),
      changes.moved(before, label),
      truth.moved(label),
      changes.cancelled(label),
      truth.cancelled(label),
    ];
    expect(stopped(claims)).toEqual(claims);
  });

  it('is a whole one, and no other language’s', () => {
    const texts = Object.values(sentences).flatMap((table) =>
      Object.values(table).map((text) =>
        typeof text === 'string' ? text : (text as (...args: string[]) => string)('A', 'B', 'C'),
      ),
    );
    expect(texts.filter((text) => text.trim() === '' || /undefined|\s{2}/u.test(text))).toEqual([]);
    const others = LANGUAGES.filter((other) => other !== language);
    const english = new Set(others.flatMap((other) => Object.values(sentencesIn(other).calendar)));
    expect(Object.values(sentences.calendar).filter((text) => english.has(text))).toEqual([]);
    expect(allOf(language, ['A', 'B'])).not.toBe('A, B');
  });
});
