import { DateTime } from 'luxon';
import type { Calendar } from '../../calendar/calendar.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import { noSlots, toCalendarTrouble } from '../../booking/calendars/calendar-trouble.ts';
import { openEventCalendar } from '../../booking/calendars/open-event-calendar.ts';
import type { ManageParts } from '../manage-parts.ts';
import { ok, skipped, troubled, warning } from './finding.ts';
import type { Finding } from './finding.ts';

/** How far ahead slots are looked for. */
const DAYS = 14;

/** Looks at the event type of an event, and at what is free of it. */
export async function examineEvent(parts: ManageParts, event: BookingEvent): Promise<Finding[]> {
  const typeStep = { part: 'event type', of: event.name } as const;
  const slotsStep = { part: 'slots', of: event.name } as const;
  let calendar: Calendar;
  let found: Finding;
  try {
    calendar = await openEventCalendar(parts.db, event, parts);
    found = await examineEventType(calendar, event);
  } catch (error) {
    const trouble = toCalendarTrouble(error, event.provider, parts.providers);
    if (!trouble) throw error;
    return [troubled(typeStep, trouble), skipped(slotsStep, 'the event type cannot be used')];
  }
  try {
    return [found, await examineSlots(parts, calendar, event)];
  } catch (error) {
    const trouble = toCalendarTrouble(error, event.provider, parts.providers);
    if (!trouble) throw error;
    return [found, troubled(slotsStep, trouble)];
  }
}

/** What the steps of an event are when its calendar cannot be asked. */
export function skipEvent(event: BookingEvent): Finding[] {
  const because = 'its calendar does not work';
  return (['event type', 'slots'] as const).map((part) =>
    skipped({ part, of: event.name }, because),
  );
}

async function examineEventType(calendar: Calendar, event: BookingEvent): Promise<Finding> {
  const step = { part: 'event type', of: event.name } as const;
  const { durations, requiredAttendeeFields, questions, remarks = [] } = await calendar.describe();
  const asks = [...requiredAttendeeFields, ...questions.map(({ label }) => label)].join(', ');
  if (!durations.includes(event.durationMinutes)) {
    return warning(
      step,
      `"${event.eventType}" has ${durations.join(', ')} minutes, not ${event.durationMinutes}`,
      'Set one of these',
      `slotline events edit "${event.name}" --duration-minutes ${durations[0] ?? event.durationMinutes}`,
    );
  }
  const found = `"${event.eventType}", ${event.durationMinutes} minutes, asks for ${asks}`;
  return ok(step, [found, ...remarks].join('; '));
}

async function examineSlots(
  { now }: ManageParts,
  calendar: Calendar,
  event: BookingEvent,
): Promise<Finding> {
  const step = { part: 'slots', of: event.name } as const;
  const from = now();
  const to = DateTime.fromJSDate(from).plus({ days: DAYS }).toJSDate();
  const { durations, durationMinutes } = await calendar.describe();
  const duration = durations.includes(event.durationMinutes)
    ? event.durationMinutes
    : durationMinutes;
  const slots = await calendar.listSlots({ from, to }, duration);
  const [first] = slots;
  if (!first) return troubled(step, noSlots({ days: DAYS, timeZone: event.timeZone }));
  const start = DateTime.fromJSDate(first.start, { zone: event.timeZone }).setLocale('en');
  return ok(
    step,
    `${slots.length} free in the next ${DAYS} days, the first on ${start.toFormat("cccc, LLLL d 'at' h:mm a")} (${event.timeZone})`,
  );
}
