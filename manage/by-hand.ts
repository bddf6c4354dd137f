import { toCalendarTrouble } from '../booking/calendars/calendar-trouble.ts';
import { bookedIn, calendarsOf } from '../booking/hosted-events.ts';
import { openEventCalendar } from '../booking/calendars/open-event-calendar.ts';
import type { ChangeContext, LedgerOutcome } from '../booking/ledger/ledger-context.ts';
import {
  BookingNotFoundError,
  CalendarError,
  RequestRefusedError,
} from '../calendar/calendar-error.ts';
import { findManagedAppointment } from '../db/appointments/list-appointments.ts';
import type { ManagedAppointment } from '../db/appointments/list-appointments.ts';
import { listBookingEvents } from '../db/booking-events.ts';
import type { BookingEvent } from '../db/booking-events.ts';
import type { Database } from '../db/database.ts';
import { ManageError } from './manage-error.ts';
import type { ManageParts } from './manage-parts.ts';

/** What a change by hand needs: a calendar, and who asks. */
export interface ByHandParts
  extends
    Pick<ManageParts, 'db' | 'masterKey' | 'now' | 'providers' | 'fetch'>,
    Pick<ChangeContext, 'requestedBy' | 'requestKey' | 'deadlines' | 'onStep'> {}

/** What came of a change by hand. */
export interface ByHandOutcome {
  /** `unknown`: the provider did not say; the reconciler finds out. */
  state: 'done' | 'unknown';
  /** The appointment's; of a booking whose outcome is not known, the intent's. */
  id: string;
}

/**
 * Changes something at an event's calendar through the ledger, outside of any call.
 * @param of.agentId of the appointment that it makes; null where it makes none
 * @param work what the ledger is asked for
 * @returns what came of it; nothing was done where it throws
 * @throws {ManageError} saying why it was not done
 */
export async function changeByHand(
  parts: ByHandParts,
  { event, agentId }: { event: BookingEvent; agentId: string | null },
  work: (context: ChangeContext) => Promise<LedgerOutcome>,
): Promise<Extract<LedgerOutcome, { state: 'confirmed' | 'unknown' }>> {
  const { db, requestedBy = null, requestKey = null, deadlines, onStep } = parts;
  let outcome: LedgerOutcome;
  try {
    outcome = await work({
      db,
      calendar: await openEventCalendar(db, event, parts),
      organizationId: event.organizationId,
      calendarConnectionId: event.calendarConnectionId,
      eventType: event.eventType,
      bookingEventId: event.id,
      organizerEmail: event.organizerEmail,
      agentId,
      callId: null,
      requestedBy,
      requestKey,
      mustBeListed: true,
      ...(onStep ? { onStep } : {}),
      ...(deadlines ? { deadlines } : {}),
    });
  } catch (error) {
    throw toRefusal(error, event, parts) ?? error;
  }
  if (outcome.state === 'confirmed' || outcome.state === 'unknown') return outcome;
  if (outcome.state === 'refused') throw toRefusal(outcome.error, event, parts) ?? outcome.error;
  throw new ManageError('This time is not free any more: choose another one.', {
    field: 'start',
    fault: 'taken',
  });
}

/** The appointment of an organization. @throws {ManageError} there is none */
export async function findForChange(
  db: Database,
  key: { organizationId: string; id: string },
): Promise<ManagedAppointment> {
  const appointment = await findManagedAppointment(db, key);
  if (appointment) return appointment;
  throw new ManageError('There is no such appointment: see `appointments list --status any`.', {
    field: 'id',
    fault: 'missing',
  });
}

/**
 * The event it was booked as; of one that was booked elsewhere, any that has the same calendar.
 * @throws {ManageError} the calendar has none
 */
export async function findEventOf(
  db: Database,
  appointment: ManagedAppointment,
): Promise<BookingEvent> {
  const { organizationId, calendarConnectionId, bookingEventId, eventType } = appointment;
  const events = (await listBookingEvents(db, organizationId, { removed: true })).filter((event) =>
    calendarsOf(event).includes(calendarConnectionId),
  );
  const event =
    events.find(({ id }) => id === bookingEventId) ??
    events.find((each) => each.eventType === eventType) ??
    events[0];
  if (event) return bookedIn(event, { calendarConnectionId, eventType });
  throw new ManageError(
    `The calendar "${appointment.calendarName}" has no event: add one, or change the appointment at the provider.`,
    { fault: 'refused' },
  );
}

/** Why nothing was done, in words for whoever asked; null where it is no matter of the calendar. */
export function toRefusal(
  error: unknown,
  { provider }: Pick<BookingEvent, 'provider'>,
  { providers }: Pick<ByHandParts, 'providers'>,
): ManageError | null {
  if (error instanceof RequestRefusedError) {
    return new ManageError(`The calendar refuses: ${error.message}`, {
      ...(error.field === null ? {} : { field: fieldOf(error.field) }),
      fault: 'refused',
      cause: error,
    });
  }
  if (error instanceof BookingNotFoundError) {
    return new ManageError(`Nothing was changed. ${error.message}`, {
      fault: 'refused',
      cause: error,
    });
  }
  const trouble = toCalendarTrouble(error, provider, providers);
  if (!trouble) return null;
  const isRetryable = error instanceof CalendarError && error.isRetryable;
  return new ManageError(`Nothing was changed. ${trouble.advice}`, {
    fault: isRetryable ? 'unreachable' : 'refused',
    cause: error,
  });
}

/** As the request calls it: a field of the attendee's, or the answer to a question. */
function fieldOf(field: string): string {
  const ofAttendee = ['name', 'email', 'phone'].includes(field);
  return ofAttendee ? `attendee.${field}` : `answers.${field}`;
}
