import { randomUUID } from 'node:crypto';

import { mirrorFound } from '../../booking/mirror/mirror-found.ts';
import { isLive } from '../../calendar/calendar.ts';
import { readClock } from '../../db/clock.ts';
import { listMirrored } from '../../db/calls/call-traces.ts';
import type { Database } from '../../db/database.ts';
import { insertStoredBooking } from '../../db/calendars/stored-bookings.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';

/** A booking that stood in the calendar before the call. */
export interface StandingBooking {
  reference: string;
  startAt: Date;
}

interface Place {
  organizationId: string;
  calendarConnectionId: string;
  bookingEventId: string;
  eventType: string;
  /** IANA; where the attendees of a scenario live. */
  timeZone: string;
}

type Written = NonNullable<Scenario['calendar']>['bookings'][number];

/** Two bookings of a scenario are at the same time; the message says which. */
export class StandingBookingError extends Error {
  override readonly name = 'StandingBookingError';
}

/** What stands before a call in the calendars of an agent that others call too, as the mirror knows it. */
export async function listStandingBookings(
  db: Database,
  organizationId: string,
): Promise<StandingBooking[]> {
  const mirrored = await listMirrored(db, organizationId);
  return mirrored.filter(isLive).map(({ reference, startAt }) => ({ reference, startAt }));
}

/**
 * Puts appointments into the calendar and into its mirror, as they are when somebody booked them elsewhere and a sync
 * has seen them. Whether the calendar would offer their times is not asked: what stands, stands.
 *
 * @throws StandingBookingError when two of them overlap.
 */
export async function insertStandingBookings(
  db: Database,
  place: Place,
  bookings: readonly Written[],
): Promise<StandingBooking[]> {
  const standing: StandingBooking[] = [];
  for (const { start: startAt, minutes, name, email, phone = null } of bookings) {
    const endAt = new Date(startAt.getTime() + minutes * 60_000);
    const reference = `standing_${randomUUID()}`;
    const attendee = { name, email, phone, timeZone: place.timeZone };
    const stored = await insertStoredBooking(db, place, {
      eventType: place.eventType,
      uid: reference,
      idempotencyKey: `standing:${reference}`,
      startAt,
      endAt,
      status: 'confirmed',
      attendee,
      notes: null,
    });
    if (stored === 'taken') {
      throw new StandingBookingError(
        `calendar.bookings: the one at ${startAt.toISOString()} overlaps another; give it another start`,
      );
    }
    await mirrorFound(
      db,
      {
        organizationId: place.organizationId,
        calendarConnectionId: place.calendarConnectionId,
        eventType: place.eventType,
      },
      {
        reference,
        uid: reference,
        start: startAt,
        end: endAt,
        status: 'confirmed',
        key: null,
        location: null,
        attendee,
      },
      await readClock(db),
    );
    standing.push({ reference, startAt });
  }
  return standing;
}
