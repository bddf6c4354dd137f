import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import { LOCKS, takeLock } from '../locks.ts';
import type { AppointmentStatus, AttendeeRecord } from '../schema.ts';

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
  createdAt: Date;
  updatedAt: Date;
}

/** What the provider said; a field that is missing stays as it is. */
export interface MirroredFields {
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
  providerChangedAt?: Date;
  source?: 'slotline' | 'provider';
  intentId?: string;
  agentId?: string | null;
  callId?: string | null;
  bookingEventId?: string | null;
}

export type NewMirroredAppointment = MirroredFields &
  Required<
    Pick<
      MirroredFields,
      'reference' | 'status' | 'startAt' | 'endAt' | 'eventType' | 'attendeeName' | 'timeZone'
    >
  >;

/** Until the transaction ends, nobody else mirrors bookings of this calendar. */
export async function lockMirror(transaction: Database, key: MirrorKey): Promise<void> {
  await takeLock(transaction, LOCKS.mirror(key.calendarConnectionId));
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
      'createdAt',
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
      ...required(appointment),
      organizationId,
      calendarConnectionId,
    })
    .onConflict((conflict) => conflict.columns(['calendarConnectionId', 'reference']).doNothing())
    .returning('id')
    .executeTakeFirst();
}

export async function updateMirroredAppointment(
  db: Database,
  key: { organizationId: string; id: string },
  fields: MirroredFields,
): Promise<void> {
  await db
    .updateTable('appointments')
    .set({ ...toRow(fields), updatedAt: NOW })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
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

function toRow({ attendees, responses, metadata, ...fields }: MirroredFields) {
  return {
    ...fields,
    ...(attendees ? { attendees: JSON.stringify(attendees) } : {}),
    ...(responses ? { responses: JSON.stringify(responses) } : {}),
    ...(metadata ? { metadata: JSON.stringify(metadata) } : {}),
  };
}

function required(appointment: NewMirroredAppointment) {
  const { reference, status, startAt, endAt, eventType, attendeeName, timeZone } = appointment;
  return { reference, status, startAt, endAt, eventType, attendeeName, timeZone };
}
