import type { Database } from './database.ts';
import type { AttendeeRecord } from './schema.ts';

export interface NewAppointment {
  organizationId: string;
  agentId: string | null;
  callId: string | null;
  calendarConnectionId: string;
  intentId: string;
  bookingEventId: string | null;
  eventType: string;
  reference: string;
  /** What the provider calls it now. */
  providerUid: string;
  location: string | null;
  startAt: Date;
  endAt: Date;
  attendee: AttendeeRecord;
  notes: string | null;
}

/** Mirrors a booking of the provider; one that is mirrored already keeps its row. Answers the row's id. */
export async function insertAppointment(
  db: Database,
  appointment: NewAppointment,
): Promise<string> {
  const { attendee, ...row } = appointment;
  const inserted = await db
    .insertInto('appointments')
    .values({
      ...row,
      status: 'confirmed',
      attendeeName: attendee.name,
      attendeeEmail: attendee.email,
      attendeePhone: attendee.phone,
      timeZone: attendee.timeZone,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['calendarConnectionId', 'reference'])
        .doUpdateSet({ updatedAt: new Date() }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return inserted.id;
}
