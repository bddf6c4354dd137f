import { sql } from 'kysely';
import type { Database } from '../database.ts';

/** An appointment as we keep it, which may be more than its provider does. */
export interface CallerAppointment {
  calendarConnectionId: string;
  eventType: string;
  reference: string;
  email: string | null;
  /** E.164. */
  phone: string | null;
  /** Whether it was booked in a call from that number, which anybody else could only have named. */
  fromLine: boolean;
}

export interface CallerQuery {
  organizationId: string;
  /** What the caller is known by: their number, in E.164, or their address, whatever its capitals. */
  by: { phone: string } | { email: string };
  after: Date;
}

/** Upcoming appointments that were made with a number or an address, of an organization. */
export async function listUpcomingOfCaller(
  db: Database,
  { organizationId, by, after }: CallerQuery,
): Promise<CallerAppointment[]> {
  return db
    .selectFrom('appointments')
    .select((select) => [
      'calendarConnectionId',
      'eventType',
      'reference',
      'attendeeEmail as email',
      'attendeePhone as phone',
      select
        .exists(
          select
            .selectFrom('calls')
            .whereRef('calls.id', '=', 'appointments.callId')
            .whereRef('calls.callerNumber', '=', 'appointments.attendeePhone'),
        )
        .$castTo<boolean>()
        .as('fromLine'),
    ])
    .where('organizationId', '=', organizationId)
    .where((expression) =>
      'phone' in by
        ? expression('attendeePhone', '=', by.phone)
        : expression(sql`lower(attendee_email)`, '=', by.email.toLowerCase()),
    )
    .where('status', 'in', ['confirmed', 'pending'])
    .where('startAt', '>', after)
    .orderBy('startAt')
    .limit(10)
    .execute();
}
