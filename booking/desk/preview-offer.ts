import { randomUUID } from 'node:crypto';
import type { Calendar, Slot } from '../../calendar/calendar.ts';
import type { Language } from '../../calls/languages.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import type { Database } from '../../db/database.ts';
import { makeOffer } from '../offering/offer.ts';
import { slotLabel } from '../times/labels.ts';
import { Bookable } from './bookable.ts';
import { inTurn } from './bookable-event.ts';
import { freeTimes } from './free-times.ts';

export interface PreviewedOffer {
  /** The times that a caller who names none would hear first, as they would hear them. */
  slots: (Slot & { label: string })[];
  /** One line for each of the first days: how much is free. */
  days: string[];
  /** What is said where nothing is free. */
  message: string | null;
}

/**
 * What a caller who asks for the soonest times would be offered now, by the way of a call; nothing is
 * held for anybody. Throws what the calendar throws.
 * @param events the event, or as each of its hosts takes it
 */
export async function previewOffer(
  events: readonly { event: BookingEvent; calendar: Calendar }[],
  { db, now, language }: { db: Database; now: () => Date; language: Language },
): Promise<PreviewedOffer> {
  const [first] = events;
  if (!first) throw new TypeError('There is no event to preview.');
  const { organizationId, timeZone, durationMinutes, agentId } = first.event;
  // Of no call there is, so that what every call holds counts.
  const call = { db, now, organizationId, agentId: agentId ?? randomUUID(), callId: randomUUID() };
  const bookables = events.map(({ event, calendar }) => new Bookable(event, calendar, call));
  const hosts = await inTurn(bookables);
  const { answer, slots } = await makeOffer(
    { when: null, rangeDays: null },
    {
      freeSlots: (range) => freeTimes(hosts, range, { durationMinutes, lostOf: () => [] }),
      rules: first.event,
      timeZone,
      calendarTimeZone: timeZone,
      language,
      now,
      offered: [],
      previous: null,
      about: {},
    },
  );
  const labelled = answer.status === 'question' ? [] : answer.slots;
  const labels = { timeZone, calendarTimeZone: timeZone, language, now: now() };
  return {
    slots: slots.map(({ start, end }, index) => ({
      start,
      end,
      label: labelled[index]?.label ?? slotLabel(start, labels),
    })),
    days: answer.status === 'question' ? [] : answer.days,
    message: answer.status === 'question' ? answer.question : (answer.message ?? null),
  };
}
