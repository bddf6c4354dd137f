import { z } from 'zod';
import { listManagedAppointments } from '../db/appointments/list-appointments.ts';
import type { ManagedAppointment } from '../db/appointments/list-appointments.ts';
import { findManagedAgent } from './agents.ts';
import { findForChange } from './by-hand.ts';
import { findManagedCalendar } from './calendars.ts';
import { cancelByHand, ReasonSchema } from './change-appointment.ts';
import type { ManageParts } from './manage-parts.ts';
import { maskAttendee } from './masked-attendee.ts';
import type { ShownAttendee } from './masked-attendee.ts';
import { parseInput } from './parse-input.ts';

/** Whoever works at the command line. */
const OPERATOR = { kind: 'operator', id: null, name: 'Operator' } as const;

const FilterSchema = z.strictObject({
  from: z.date('must be an instant or a date, such as 2026-11-24').exactOptional(),
  to: z.date('must be an instant or a date, such as 2026-11-24').exactOptional(),
  status: z
    .enum(['confirmed', 'pending', 'cancelled', 'rejected', 'any'], {
      error: 'must be confirmed, pending, cancelled, rejected or any',
    })
    .exactOptional(),
  agent: z.string().exactOptional(),
  calendar: z.string().exactOptional(),
  limit: z.int('must be a whole number').min(1).max(1_000).default(50),
});

export type AppointmentInput = { [Field in keyof z.infer<typeof FilterSchema>]?: unknown };

/** An appointment with its attendee in a form that may be shown. */
export type ShownAppointment = Omit<
  ManagedAppointment,
  'attendeeName' | 'attendeeEmail' | 'attendeePhone'
> & { attendee: ShownAttendee };

/**
 * Appointments in order of their start: what is still to come and stands, unless told otherwise.
 * @param showPersonal names, e-mail addresses and numbers are masked without it
 * @throws {ManageError}
 */
export async function listAppointments(
  { db, now }: Pick<ManageParts, 'db' | 'now'>,
  organizationId: string,
  input: AppointmentInput,
  { showPersonal }: { showPersonal: boolean },
): Promise<ShownAppointment[]> {
  const { from, to, status, agent, calendar, limit } = parseInput(FilterSchema, input);
  const found = await listManagedAppointments(db, {
    organizationId,
    limit,
    from: from ?? now(),
    ...(to === undefined ? {} : { to }),
    ...(status === 'any' ? {} : { statuses: status ? [status] : ['confirmed', 'pending'] }),
    ...(agent === undefined
      ? {}
      : { agentId: (await findManagedAgent(db, organizationId, agent)).id }),
    ...(calendar === undefined
      ? {}
      : { calendarConnectionId: (await findManagedCalendar(db, organizationId, calendar)).id }),
  });
  return found.map((appointment) => show(appointment, showPersonal));
}

const CancelInputSchema = z.strictObject({
  id: z.uuid('must be the id that `appointments list` shows'),
  reason: z.string('is missing: the attendee is told it').pipe(ReasonSchema),
});

/** What came of a cancellation. */
export interface CancelledAppointment {
  appointment: ShownAppointment;
  /** `unknown`: the provider did not say; the reconciler finds out. */
  state: 'cancelled' | 'unknown';
}

/**
 * Cancels an appointment at its provider, through the ledger.
 * @throws {ManageError} there is no such appointment, or the provider refuses
 */
export async function cancelAppointment(
  parts: ManageParts,
  organizationId: string,
  input: { id: unknown; reason: unknown },
): Promise<CancelledAppointment> {
  const { id, reason } = parseInput(CancelInputSchema, input);
  const key = { organizationId, id };
  const { state } = await cancelByHand({ ...parts, requestedBy: OPERATOR }, key, { reason });
  return {
    appointment: show(await findForChange(parts.db, key), false),
    state: state === 'done' ? 'cancelled' : 'unknown',
  };
}

function show(appointment: ManagedAppointment, showPersonal: boolean): ShownAppointment {
  const { attendeeName, attendeeEmail, attendeePhone, ...rest } = appointment;
  const attendee = { name: attendeeName, email: attendeeEmail, phone: attendeePhone };
  return { ...rest, attendee: showPersonal ? attendee : maskAttendee(attendee) };
}
