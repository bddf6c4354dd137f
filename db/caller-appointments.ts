import type { Database } from './database.ts';
import type { AppointmentStatus, AttendeeRecord } from './schema.ts';

/** Upcoming appointments that were made with a number, of an organization; E.164. */
export async function listUpcomingByPhone(
  db: Database,
  of: { organizationId: string; phone: string; after: Date },
): Promise<{ reference: string; email: string | null }[]> {
  return db
    .selectFrom('appointments')
    .select(['reference', 'attendeeEmail as email'])
    .where('organizationId', '=', of.organizationId)
    .where('attendeePhone', '=', of.phone)
    .where('status', 'in', ['confirmed', 'pending'])
    .where('startAt', '>', of.after)
    .orderBy('startAt')
    .limit(10)
    .execute();
}

/** A booking as the provider answered it. */
export interface FoundBooking {
  reference: string;
  uid: string;
  start: Date;
  end: Date;
  status: AppointmentStatus;
  attendee: AttendeeRecord;
  location: string | null;
}

/** Makes the mirror say what the provider just answered of one booking; answers its row's id. */
export async function mirrorFound(
  db: Database,
  of: {
    organizationId: string;
    calendarConnectionId: string;
    bookingEventId: string;
    eventType: string;
  },
  booking: FoundBooking,
): Promise<string> {
  const present = {
    providerUid: booking.uid,
    startAt: booking.start,
    endAt: booking.end,
    status: booking.status,
    location: booking.location,
  };
  const row = await db
    .insertInto('appointments')
    .values({
      ...of,
      ...present,
      source: 'provider',
      reference: booking.reference,
      attendeeName: booking.attendee.name,
      attendeeEmail: booking.attendee.email,
      attendeePhone: booking.attendee.phone,
      timeZone: booking.attendee.timeZone,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['calendarConnectionId', 'reference'])
        .doUpdateSet({ ...present, updatedAt: new Date() }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}
