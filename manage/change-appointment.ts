import { z } from 'zod';
import { hostedEvents } from '../booking/hosted-events.ts';
import { bookThroughLedger } from '../booking/ledger/book-intent.ts';
import { cancelThroughLedger } from '../booking/ledger/cancel-intent.ts';
import { rescheduleThroughLedger } from '../booking/ledger/move-intent.ts';
import type { Attendee, CalendarDescription } from '../calendar/calendar.ts';
import { findBookingEvent } from '../db/booking-events.ts';
import type { BookingEvent } from '../db/booking-events.ts';
import type { Database } from '../db/database.ts';
import { EmailAddressSchema } from '../runtime/given/email-address.ts';
import { PersonNameSchema } from '../runtime/given/person-name.ts';
import { PhoneNumberSchema } from '../runtime/given/phone-number.ts';
import { isTimeZone } from '../runtime/given/time-zone.ts';
import { changeByHand, findEventOf, findForChange } from './by-hand.ts';
import type { ByHandOutcome, ByHandParts } from './by-hand.ts';
import { ManageError } from './manage-error.ts';
import { TextSchema } from './parse-input.ts';

const MINUTE = 60_000;

const StartSchema = z.iso
  .datetime('must be an instant in UTC, such as 2027-01-31T12:00:00Z')
  .transform((text) => new Date(text));

/** Why it is moved or cancelled, which the attendee is told. */
export const ReasonSchema = TextSchema.min(1, 'must not be empty: the attendee is told it').max(
  500,
  'must have 500 characters at most',
);

export const NewAppointmentSchema = z.strictObject({
  eventId: z.uuid('must be the id of a booking event'),
  start: StartSchema,
  /** With whom, where the event has hosts. */
  host: z.string().max(80).nullable().default(null),
  attendee: z.strictObject({
    name: PersonNameSchema,
    email: EmailAddressSchema.nullable().default(null),
    phone: PhoneNumberSchema.nullable().default(null),
    /** IANA; the event's unless given. */
    timeZone: z
      .string()
      .refine(isTimeZone, 'must be a time zone, such as Europe/Berlin')
      .exactOptional(),
  }),
  notes: TextSchema.max(500, 'must have 500 characters at most').default(''),
  /** By the key of each question that the calendar asks. */
  answers: z
    .record(z.string().max(200), TextSchema.max(500, 'must have 500 characters at most'))
    .default({}),
});

export const MoveSchema = z.strictObject({ start: StartSchema, reason: ReasonSchema });
export const CancelSchema = z.strictObject({ reason: ReasonSchema });

/**
 * Books by hand.
 * @throws {ManageError} nothing was booked then
 */
export async function bookByHand(
  parts: ByHandParts,
  organizationId: string,
  given: z.output<typeof NewAppointmentSchema>,
): Promise<ByHandOutcome> {
  const found = await findOwnEvent(parts.db, { organizationId, id: given.eventId });
  const event = withHost(found, given.host);
  const { timeZone = event.timeZone, ...who } = given.attendee;
  const attendee: Attendee = { ...who, timeZone };
  const slot = {
    start: given.start,
    end: new Date(given.start.getTime() + event.durationMinutes * MINUTE),
  };
  const { agentId } = event;
  const outcome = await changeByHand(parts, { event, agentId }, async (context) => {
    requireDetails(await context.calendar.describe(), attendee, given.answers);
    const notes = given.notes || null;
    return bookThroughLedger(context, { slot, attendee, notes, answers: given.answers });
  });
  if (outcome.state === 'confirmed') return { state: 'done', id: outcome.appointmentId };
  if (outcome.intentId === undefined) throw new Error('A booking is known by its intent.');
  return { state: 'unknown', id: outcome.intentId };
}

/**
 * Moves an appointment to a time that its calendar lists; it stays as long as it is.
 * @throws {ManageError} nothing was moved then
 */
export async function moveByHand(
  parts: ByHandParts,
  key: { organizationId: string; id: string },
  { start, reason }: z.output<typeof MoveSchema>,
): Promise<ByHandOutcome> {
  const appointment = await findForChange(parts.db, key);
  const event = await findEventOf(parts.db, appointment);
  const length = appointment.endAt.getTime() - appointment.startAt.getTime();
  const slot = { start, end: new Date(start.getTime() + length) };
  const { agentId } = appointment;
  const outcome = await changeByHand(parts, { event, agentId }, (context) =>
    rescheduleThroughLedger(context, { appointmentId: key.id, slot, reason }),
  );
  // Where the provider moves by booking anew, another appointment takes its place.
  return outcome.state === 'confirmed'
    ? { state: 'done', id: outcome.appointmentId }
    : { state: 'unknown', id: key.id };
}

/**
 * Cancels an appointment; one that is cancelled stays so.
 * @throws {ManageError} nothing was cancelled then
 */
export async function cancelByHand(
  parts: ByHandParts,
  key: { organizationId: string; id: string },
  { reason }: z.output<typeof CancelSchema>,
): Promise<ByHandOutcome> {
  const event = await findEventOf(parts.db, await findForChange(parts.db, key));
  const outcome = await changeByHand(parts, { event, agentId: null }, (context) =>
    cancelThroughLedger(context, { appointmentId: key.id, reason }),
  );
  return { state: outcome.state === 'confirmed' ? 'done' : 'unknown', id: key.id };
}

/**
 * An event as the host takes it whom the request names: whose turn it is would be another one's when the
 * same request comes again.
 * @throws {ManageError} the event has others
 */
function withHost(event: BookingEvent, host: string | null): BookingEvent {
  const taken = hostedEvents(event);
  const names = taken.flatMap((each) => each.host ?? []);
  if (names.length === 0 && host === null) return event;
  const chosen = taken.find((each) => each.host !== undefined && each.host === host);
  if (chosen) return chosen;
  if (names.length === 0) throw new ManageError('has no hosts: leave it out', { field: 'host' });
  throw new ManageError(`must be one of ${names.join(', ')}`, { field: 'host' });
}

/** @throws {ManageError} there is no such event, or nothing is booked as it now */
export async function findOwnEvent(
  db: Database,
  key: { organizationId: string; id: string },
): Promise<BookingEvent> {
  const event = await findBookingEvent(db, key);
  if (!event) {
    throw new ManageError('There is no such event.', { field: 'eventId', fault: 'missing' });
  }
  if (event.enabled) return event;
  throw new ManageError('is switched off: nothing is booked as it', { field: 'eventId' });
}

/** @throws {ManageError} the calendar wants what was not given, or other words */
function requireDetails(
  { requiredAttendeeFields, questions }: CalendarDescription,
  attendee: Attendee,
  answers: Record<string, string>,
): void {
  const missing = requiredAttendeeFields.find((field) => attendee[field] === null);
  if (missing) {
    throw new ManageError('is missing: the calendar needs it', { field: `attendee.${missing}` });
  }
  if (attendee.email === null && attendee.phone === null) {
    throw new ManageError('is missing: give an e-mail address or a phone number', {
      field: 'attendee.email',
    });
  }
  for (const { key, label, required, options } of questions) {
    const answer = answers[key];
    const field = `answers.${key}`;
    if (required && !answer) {
      throw new ManageError(`is missing: the calendar asks "${label}"`, { field });
    }
    if (answer && options && !options.includes(answer)) {
      throw new ManageError(`must be one of ${options.join(', ')}`, { field });
    }
  }
  const known = new Set(questions.map(({ key }) => key));
  const odd = Object.keys(answers).find((key) => !known.has(key));
  if (odd !== undefined) {
    throw new ManageError('is no question of this calendar', { field: `answers.${odd}` });
  }
}
