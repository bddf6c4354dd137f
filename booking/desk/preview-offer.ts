import { randomUUID } from 'node:crypto';
import type { Calendar, Slot } from '../../calendar/calendar.ts';
import type { Language } from '../../calls/languages.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import type { Database } from '../../db/database.ts';
import { makeOffer } from '../offering/offer.ts';
import { slotLabel } from '../times/labels.ts';
import { Bookable } from './bookable.ts';
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
 */
export async function previewOffer(
  { event, calendar }: { event: BookingEvent; calendar: Calendar },
  { db, now, language }: { db: Database; now: () => Date; language: Language },
): Promise<PreviewedOffer> {
  const { organizationId, timeZone, durationMinutes } = event;
  // Of no call there is, so that what every call holds counts.
  const call = { db, now, organizationId, agentId: event.agentId ?? randomUUID() };
  const bookable = new Bookable(event, calendar, { ...call, callId: randomUUID() });
  const { answer, slots } = await makeOffer(
    { when: null, rangeDays: null },
    {
      freeSlots: (range) => freeTimes(bookable, range, { durationMinutes, lost: [] }),
      rules: event,
      owner: event,
      timeZone,
      calendarTimeZone: timeZone,
      language,
      now,
      offered: [],
      previous: null,
      about: {},
    },
  );
  const labels = { timeZone, calendarTimeZone: timeZone, language, now: now() };
  return {
    slots: slots.map((slot) => ({ ...slot, label: slotLabel(slot.start, labels) })),
    days: answer.status === 'question' ? [] : answer.days,
    message: answer.status === 'question' ? answer.question : (answer.message ?? null),
  };
}
