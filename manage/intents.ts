import { z } from 'zod';
import { withCommand } from '../calendar/calendar-error.ts';
import { isLive } from '../calendar/calendar.ts';
import type { Booking } from '../calendar/calendar.ts';
import { findBookingEvent } from '../db/booking-events.ts';
import { findIntent } from '../db/intents/intents.ts';
import type { Intent } from '../db/intents/intents.ts';
import { findManagedIntent, listManagedIntents } from '../db/intents/list-intents.ts';
import type { ManagedIntent } from '../db/intents/list-intents.ts';
import type { Database } from '../db/database.ts';
import type { IntentState } from '../db/values.ts';
import { CalendarTrouble, toCalendarTrouble } from '../booking/calendars/calendar-trouble.ts';
import { findByKey } from '../booking/ledger/find-booking.ts';
import { bookedIn } from '../booking/hosted-events.ts';
import { openEventCalendar } from '../booking/calendars/open-event-calendar.ts';
import { CannotSettleError, settleByHand } from '../booking/ledger/settle-by-hand.ts';
import { ManageError } from './manage-error.ts';
import type { ManageParts } from './manage-parts.ts';
import { maskAttendee } from './masked-attendee.ts';
import type { ShownAttendee } from './masked-attendee.ts';
import { parseInput, TextSchema } from './parse-input.ts';

/** An intent with its attendee in a form that may be shown. */
export type ShownIntent = Omit<ManagedIntent, 'attendee'> & { attendee: ShownAttendee };

const STATES = [
  'requested',
  'claimed',
  'confirmed',
  'refused',
  'unknown',
  'attention',
  'released',
] as const satisfies IntentState[];

const FilterSchema = z.strictObject({
  state: z.enum(STATES, { error: `must be one of ${STATES.join(', ')}` }).exactOptional(),
  limit: z.int('must be a whole number').min(1).max(1_000).default(50),
});

/**
 * What is not settled yet, what wants an operator first; of one state, when it is named.
 * @param showPersonal names, e-mail addresses and numbers are masked without it
 * @throws {ManageError}
 */
export async function listIntents(
  db: Database,
  organizationId: string,
  input: { [Field in keyof z.infer<typeof FilterSchema>]?: unknown },
  { showPersonal }: { showPersonal: boolean },
): Promise<ShownIntent[]> {
  const { state, limit } = parseInput(FilterSchema, input);
  const found = await listManagedIntents(db, {
    organizationId,
    limit,
    ...(state === undefined ? {} : { states: [state] }),
  });
  return found.map((intent) => show(intent, showPersonal));
}

/** How an intent ended, as somebody saw it in the calendar. */
export const SettlementSchema = z.strictObject({
  outcome: z.enum(['happened', 'did-not-happen'], {
    error: 'must be happened or did-not-happen, as you see it in the calendar',
  }),
  reason: z
    .string('is missing: say how you know, for the record')
    .pipe(
      TextSchema.min(1, 'must not be empty: say how you know, for the record').max(
        500,
        'must have 500 characters at most',
      ),
    ),
  /** What the calendar calls the booking, where it is not found by itself. */
  reference: TextSchema.min(1, 'must not be empty')
    .max(300, 'must have 300 characters at most')
    .exactOptional(),
});

const SettleSchema = SettlementSchema.extend({
  id: z.uuid('must be the id that `intents list` shows'),
});

type SettleParts = Pick<ManageParts, 'db' | 'masterKey' | 'now' | 'providers' | 'fetch'> & {
  /** How whoever asks names the request: it may come again. */
  requestKey?: string | null;
};

/**
 * Writes how an intent ended, as an operator saw it in the calendar; the attendee is told. What was
 * booked is looked up there, so that its time is given back when it is cancelled.
 * @throws {ManageError} there is no such intent, or it is settled already
 */
export async function settleIntent(
  parts: SettleParts,
  organizationId: string,
  input: { [Field in keyof z.infer<typeof SettleSchema>]?: unknown },
): Promise<ShownIntent> {
  const { db } = parts;
  const { id, outcome, reason, reference: given } = parseInput(SettleSchema, input);
  const key = { organizationId, id };
  const state = outcome === 'happened' ? 'confirmed' : 'refused';
  const reference = given ?? (outcome === 'happened' ? await findReference(parts, key) : null);
  try {
    await settleByHand(db, key, state, reason, reference);
  } catch (cause) {
    if (!(cause instanceof CannotSettleError)) throw cause;
    const before = parts.requestKey ? await findManagedIntent(db, key) : undefined;
    // This very request may have done it: its process died before it could say so.
    if (before?.state === state && before.reason === `By hand: ${reason}`) {
      return show(before, false);
    }
    throw new ManageError(cause.message, { field: 'id', fault: 'refused', cause });
  }
  const settled = await findManagedIntent(db, key);
  if (!settled) throw new ManageError('There is no such intent.', { field: 'id' });
  return show(settled, false);
}

/**
 * The reference of what an intent booked, as its calendar has it; null where none is needed.
 * @throws {ManageError} it is not found, and its time would be held for ever
 */
async function findReference(
  parts: SettleParts,
  key: { organizationId: string; id: string },
): Promise<string | null> {
  const intent = await findIntent(parts.db, key);
  const isOpen = intent?.state === 'attention' || intent?.state === 'unknown';
  if (!isOpen || intent.kind === 'cancel' || intent.reference !== null) return null;
  let why = 'The calendar has no such booking.';
  try {
    const booking = await findBookingOf(parts, intent);
    if (booking && isLive(booking)) return booking.reference;
  } catch (error) {
    if (!(error instanceof CalendarTrouble)) throw error;
    why = `The calendar cannot be asked. ${withCommand(error.advice, error.command)}`;
  }
  // A move keeps the appointment's; what is over holds no time that anybody wants.
  if (intent.kind === 'reschedule' || intent.endAt < parts.now()) return null;
  throw new ManageError(`is missing: say which booking it is. ${why}`, { field: 'reference' });
}

/** @throws {CalendarTrouble} */
async function findBookingOf(
  parts: SettleParts,
  { organizationId, bookingEventId, ...intent }: Intent,
): Promise<Booking | undefined> {
  const event =
    bookingEventId === null
      ? undefined
      : await findBookingEvent(parts.db, { organizationId, id: bookingEventId });
  if (!event) return undefined;
  const { calendarConnectionId, eventType, attendee, idempotencyKey } = intent;
  const opened = bookedIn(event, { calendarConnectionId, eventType });
  try {
    const calendar = await openEventCalendar(parts.db, opened, parts);
    return await findByKey(calendar, attendee, idempotencyKey);
  } catch (error) {
    throw toCalendarTrouble(error, event.provider, parts.providers) ?? error;
  }
}

function show({ attendee, ...intent }: ManagedIntent, showPersonal: boolean): ShownIntent {
  const { name, email, phone } = attendee;
  const shown = { name, email, phone };
  return { ...intent, attendee: showPersonal ? shown : maskAttendee(shown) };
}
