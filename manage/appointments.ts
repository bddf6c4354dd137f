import { z } from 'zod';
import { listBookingEvents } from '../db/booking-events.ts';
import type { BookingEvent } from '../db/booking-events.ts';
import {
  findManagedAppointment,
  listManagedAppointments,
} from '../db/appointments/list-appointments.ts';
import type { ManagedAppointment } from '../db/appointments/list-appointments.ts';
import type { Database } from '../db/database.ts';
import { toCalendarTrouble } from '../booking/calendars/calendar-trouble.ts';
import { cancelThroughLedger } from '../booking/ledger/cancel-intent.ts';
import type { LedgerOutcome } from '../booking/ledger/ledger-context.ts';
import { openEventCalendar } from '../booking/calendars/open-event-calendar.ts';
import { findManagedAgent } from './agents.ts';
import { findManagedCalendar } from './calendars.ts';
import { ManageError } from './manage-error.ts';
import type { ManageParts } from './manage-parts.ts';
import { maskAttendee } from './masked-attendee.ts';
import type { ShownAttendee } from './masked-attendee.ts';
import { parseInput } from './parse-input.ts';

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

const CancelSchema = z.strictObject({
  id: z.uuid('must be the id that `appointments list` shows'),
  reason: z
    .string('is missing: the attendee is told it')
    .trim()
    .min(1, 'must not be empty: the attendee is told it')
    .max(500, 'must have 500 characters at most'),
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
 * @throws {CalendarTrouble}
 */
export async function cancelAppointment(
  parts: ManageParts,
  organizationId: string,
  input: { id: unknown; reason: unknown },
): Promise<CancelledAppointment> {
  const { db } = parts;
  const { id, reason } = parseInput(CancelSchema, input);
  const appointment = await findManagedAppointment(db, { organizationId, id });
  if (!appointment) {
    throw new ManageError('There is no such appointment: see `appointments list --status any`.', {
      field: 'id',
    });
  }
  const event = await findEventOf(db, appointment);
  const outcome = await cancel(parts, { appointment, event, reason });
  if (outcome.state === 'confirmed' || outcome.state === 'unknown') {
    const present = await findManagedAppointment(db, { organizationId, id });
    return {
      appointment: show(present ?? appointment, false),
      state: outcome.state === 'confirmed' ? 'cancelled' : 'unknown',
    };
  }
  const trouble =
    outcome.state === 'refused'
      ? toCalendarTrouble(outcome.error, event.provider, parts.providers)
      : null;
  throw new ManageError(
    `The appointment was not cancelled. ${trouble?.advice ?? 'It is being changed by somebody else: try again.'}`,
    outcome.state === 'refused' ? { cause: outcome.error } : {},
  );
}

async function cancel(
  parts: ManageParts,
  of: { appointment: ManagedAppointment; event: BookingEvent; reason: string },
): Promise<LedgerOutcome> {
  const { appointment, event, reason } = of;
  const { organizationId, calendarConnectionId, eventType, id: appointmentId } = appointment;
  try {
    const calendar = await openEventCalendar(parts.db, event, parts);
    const { id: bookingEventId, organizerEmail } = event;
    const context = { db: parts.db, calendar, organizationId, calendarConnectionId, eventType };
    return await cancelThroughLedger(
      { ...context, bookingEventId, organizerEmail, agentId: null, callId: null },
      { appointmentId, reason },
    );
  } catch (error) {
    throw toCalendarTrouble(error, event.provider, parts.providers) ?? error;
  }
}

/** The event it was booked as; of one that was booked elsewhere, any that has the same calendar. */
async function findEventOf(db: Database, appointment: ManagedAppointment): Promise<BookingEvent> {
  const { organizationId, calendarConnectionId, bookingEventId, eventType } = appointment;
  const events = (await listBookingEvents(db, organizationId)).filter(
    (event) => event.calendarConnectionId === calendarConnectionId,
  );
  const event =
    events.find(({ id }) => id === bookingEventId) ??
    events.find((each) => each.eventType === eventType) ??
    events[0];
  if (event) return { ...event, eventType };
  throw new ManageError(
    `The calendar "${appointment.calendarName}" has no event: add one with \`events add\`, or cancel at the provider.`,
  );
}

function show(appointment: ManagedAppointment, showPersonal: boolean): ShownAppointment {
  const { attendeeName, attendeeEmail, attendeePhone, ...rest } = appointment;
  const attendee = { name: attendeeName, email: attendeeEmail, phone: attendeePhone };
  return { ...rest, attendee: showPersonal ? attendee : maskAttendee(attendee) };
}
