import { sql } from 'kysely';
import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import type { AppointmentStatus, AttendeeRecord } from '../values.ts';

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
export interface LedgerAppointment extends Omit<
  NewAppointment,
  'agentId' | 'callId' | 'intentId' | 'organizerEmail' | 'providerChangedAt' | 'providerUid'
> {
  id: string;
  /** The intent that made it; null where it was not made by us. */
  intentId: string | null;
  providerUid: string | null;
  /** The provider's own instant of its newest known change. */
  providerChangedAt: Date | null;
}

/** The calendar whose bookings are mirrored. */
export interface MirrorKey {
  organizationId: string;
  calendarConnectionId: string;
}

/** What the mirror compares before it writes. */
export interface MirroredAppointment {
  id: string;
  reference: string;
  providerUid: string | null;
  startAt: Date;
  endAt: Date;
  status: AppointmentStatus;
  source: 'slotline' | 'provider';
  attendeeEmail: string | null;
  attendeePhone: string | null;
  intentId: string | null;
  providerChangedAt: Date | null;
  updatedAt: Date;
}

/** What the provider said; a field that is missing stays as it is. */
export interface AppointmentFields {
  reference?: string;
  providerUid?: string;
  status?: AppointmentStatus;
  startAt?: Date;
  endAt?: Date;
  eventType?: string;
  attendeeName?: string;
  attendeeEmail?: string | null;
  attendeePhone?: string | null;
  timeZone?: string;
  notes?: string | null;
  cancellationReason?: string | null;
  title?: string | null;
  description?: string | null;
  location?: string | null;
  organizerName?: string | null;
  organizerEmail?: string | null;
  attendees?: AttendeeRecord[];
  responses?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  paid?: boolean;
  paymentId?: string | null;
  /** `now`: the provider has just been asked. */
  providerChangedAt?: Date | 'now';
  source?: 'slotline' | 'provider';
  intentId?: string;
  agentId?: string | null;
  callId?: string | null;
  bookingEventId?: string | null;
}

export type NewMirroredAppointment = AppointmentFields &
  Required<
    Pick<
      AppointmentFields,
      'reference' | 'status' | 'startAt' | 'endAt' | 'eventType' | 'attendeeName' | 'timeZone'
    >
  >;

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

/** An appointment of the organization, as the ledger changes it; undefined where there is none. */
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

/** Writes what is given of an appointment; the instant of its newest known change never goes back. */
export async function updateAppointment(
  db: Database,
  key: AppointmentKey,
  fields: AppointmentFields,
): Promise<void> {
  const { providerChangedAt, ...row } = toRow(fields);
  const newest = sql<Date>`greatest(provider_changed_at, ${providerChangedAt})`;
  await db
    .updateTable('appointments')
    .set({
      ...row,
      ...(providerChangedAt === undefined ? {} : { providerChangedAt: newest }),
      updatedAt: NOW,
    })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}

/** The appointments that bear one of the names, oldest first, locked until the transaction ends. */
export async function lockAppointmentsByUid(
  transaction: Database,
  key: MirrorKey,
  uids: readonly string[],
): Promise<MirroredAppointment[]> {
  return transaction
    .selectFrom('appointments')
    .select([
      'id',
      'reference',
      'providerUid',
      'startAt',
      'endAt',
      'status',
      'source',
      'attendeeEmail',
      'attendeePhone',
      'intentId',
      'providerChangedAt',
      'updatedAt',
    ])
    .where('organizationId', '=', key.organizationId)
    .where('calendarConnectionId', '=', key.calendarConnectionId)
    .where((where) =>
      where.or([where('reference', 'in', [...uids]), where('providerUid', 'in', [...uids])]),
    )
    .orderBy('createdAt')
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** Stores an appointment unless its reference is known already. */
export async function insertMirroredAppointment(
  db: Database,
  { organizationId, calendarConnectionId }: MirrorKey,
  appointment: NewMirroredAppointment,
): Promise<{ id: string } | undefined> {
  return db
    .insertInto('appointments')
    .values({
      source: 'provider',
      ...toRow(appointment),
      organizationId,
      calendarConnectionId,
    })
    .onConflict((conflict) => conflict.columns(['calendarConnectionId', 'reference']).doNothing())
    .returning('id')
    .executeTakeFirst();
}

/** Several rows turned out to be one appointment: what points to the others points to this one. */
export async function mergeAppointments(
  transaction: Database,
  key: { organizationId: string; id: string },
  others: readonly string[],
): Promise<void> {
  if (others.length === 0) return;
  for (const table of ['outboxMessages', 'bookingIntents'] as const) {
    await transaction
      .updateTable(table)
      .set({ appointmentId: key.id })
      .where('organizationId', '=', key.organizationId)
      .where('appointmentId', 'in', [...others])
      .execute();
  }
  await transaction
    .deleteFrom('appointments')
    .where('organizationId', '=', key.organizationId)
    .where('id', 'in', [...others])
    .execute();
}

function toRow<Fields extends AppointmentFields>({
  attendees,
  responses,
  metadata,
  providerChangedAt,
  ...fields
}: Fields) {
  return {
    ...fields,
    ...(attendees ? { attendees: JSON.stringify(attendees) } : {}),
    ...(responses ? { responses: JSON.stringify(responses) } : {}),
    ...(metadata ? { metadata: JSON.stringify(metadata) } : {}),
    ...(providerChangedAt
      ? { providerChangedAt: providerChangedAt === 'now' ? NOW : providerChangedAt }
      : {}),
  };
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
