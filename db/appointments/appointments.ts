import { sql } from 'kysely';
import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import type { AppointmentStatus, AttendeeRecord } from '../schema.ts';

export interface AppointmentKey {
  organizationId: string;
  id: string;
}

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
  status: AppointmentStatus;
  location: string | null;
  startAt: Date;
  endAt: Date;
  attendee: AttendeeRecord;
  notes: string | null;
  organizerEmail: string | null;
  /** News of the provider that is older than this is known already. */
  providerChangedAt: Date;
}

/** What the ledger needs to know of an appointment that is moved or cancelled. */
export interface LedgerAppointment {
  id: string;
  organizationId: string;
  calendarConnectionId: string;
  /** The intent that made it; null where it was not made by us. */
  intentId: string | null;
  bookingEventId: string | null;
  eventType: string;
  reference: string;
  providerUid: string | null;
  status: AppointmentStatus;
  location: string | null;
  startAt: Date;
  endAt: Date;
  attendee: AttendeeRecord;
  notes: string | null;
  /** The provider's own instant of its newest known change. */
  providerChangedAt: Date | null;
}

/**
 * Mirrors a booking that an intent made and answers its row's id. Where a webhook was faster, its
 * row is kept, as newer news than ours, and learns whose it is.
 */
export async function insertAppointment(
  db: Database,
  appointment: NewAppointment,
): Promise<string> {
  const { attendee, ...row } = appointment;
  const inserted = await db
    .insertInto('appointments')
    .values({
      ...row,
      attendeeName: attendee.name,
      attendeeEmail: attendee.email,
      attendeePhone: attendee.phone,
      timeZone: attendee.timeZone,
    })
    .onConflict((conflict) =>
      conflict.columns(['calendarConnectionId', 'reference']).doUpdateSet({
        updatedAt: NOW,
        source: 'slotline',
        agentId: row.agentId,
        callId: row.callId,
        intentId: row.intentId,
        bookingEventId: row.bookingEventId,
        eventType: row.eventType,
        notes: row.notes,
        organizerEmail: sql<
          string | null
        >`coalesce(appointments.organizer_email, excluded.organizer_email)`,
        attendeePhone: attendee.phone,
      }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return inserted.id;
}

export async function findLedgerAppointment(
  db: Database,
  key: AppointmentKey,
): Promise<LedgerAppointment | undefined> {
  return ledgerAppointments(db, key.organizationId).where('id', '=', key.id).executeTakeFirst();
}

/** The appointment that mirrors a booking of the provider. */
export async function findAppointmentOfReference(
  db: Database,
  of: { organizationId: string; calendarConnectionId: string; reference: string },
): Promise<LedgerAppointment | undefined> {
  return ledgerAppointments(db, of.organizationId)
    .where('calendarConnectionId', '=', of.calendarConnectionId)
    .where('reference', '=', of.reference)
    .executeTakeFirst();
}

/** Mirrors what an appointment's booking is now: its time, its status, its names at the provider. */
export async function updateAppointment(
  db: Database,
  key: AppointmentKey,
  booking: {
    reference: string;
    providerUid: string;
    status: AppointmentStatus;
    startAt: Date;
    endAt: Date;
    location: string | null;
    cancellationReason: string | null;
    /** `now`: the provider has just been asked. */
    providerChangedAt: Date | 'now';
  },
): Promise<void> {
  const changedAt = booking.providerChangedAt === 'now' ? NOW : booking.providerChangedAt;
  await db
    .updateTable('appointments')
    .set({
      ...booking,
      providerChangedAt: sql<Date>`greatest(provider_changed_at, ${changedAt})`,
      updatedAt: NOW,
    })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}

function ledgerAppointments(db: Database, organizationId: string) {
  return db
    .selectFrom('appointments')
    .select([
      'id',
      'organizationId',
      'calendarConnectionId',
      'intentId',
      'bookingEventId',
      'eventType',
      'reference',
      'providerUid',
      'status',
      'location',
      'startAt',
      'endAt',
      'notes',
      'providerChangedAt',
      sql<AttendeeRecord>`jsonb_build_object('name', attendee_name, 'email', attendee_email,
        'phone', attendee_phone, 'timeZone', time_zone)`.as('attendee'),
    ])
    .where('organizationId', '=', organizationId);
}
