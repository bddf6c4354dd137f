import { bookThroughLedger } from '../../booking/ledger/book-intent.ts';
import { cancelThroughLedger } from '../../booking/ledger/cancel-intent.ts';
import { rescheduleThroughLedger } from '../../booking/ledger/move-intent.ts';
import type { LedgerContext, LedgerOutcome } from '../../booking/ledger/ledger-context.ts';
import { USUAL_DEADLINES } from '../../booking/ledger/ledger-context.ts';
import { CalendarError } from '../../calendar/calendar-error.ts';
import type { Calendar, Slot } from '../../calendar/calendar.ts';
import { findBookingEvent } from '../../db/booking-events.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import type { Database } from '../../db/database.ts';
import type { Heard } from './audit.ts';
import { below, oneOf } from './random.ts';
import type { Random } from './random.ts';
import type { StormPoint } from './storm-points.ts';

const DAY = 86_400_000;
/** Callers at once in one process. */
const CALLERS = 3;
/** A process that has not died after so many wishes of each caller ends. */
const WISHES = 8;
/** Wishes of one caller after which the process dies at any point. */
const PATIENCE = 4;
/** The more callers want the same few times, the harder they race. */
const HOT_SLOTS = 6;
const REASON = 'The caller asked for it.';

/** What a process of the storm is told; JSON. */
export interface StormOrders {
  role: 'caller' | 'reconciler';
  databaseUrl: string;
  /** Base64. */
  masterKey: string;
  seed: number;
  /** Where the process kills itself; null: nowhere. */
  point: StormPoint | null;
  /** At which time it gets there. */
  nth: number;
  /** How many times longer the reconciler waits than beside a simulator. */
  slowness: number;
  /** Events of this name are moved by booking anew. */
  replacedEvent: string;
  tenant: { organizationId: string; agentId: string; eventId: string; callIds: string[] } | null;
  /** Begins the e-mail addresses of this process's attendees. */
  name: string;
}

export interface CrashingCallerParts {
  db: Database;
  openCalendar: (event: BookingEvent) => Promise<Calendar>;
  onStep: (name: StormPoint) => Promise<void>;
  random: Random;
  /** What an attendee hears, or, before a change begins, that nothing said before still holds. */
  tell: (line: [email: string, heard: Heard]) => void;
  /** From now on the process dies at any point: the one it waits for does not come. */
  losePatience: () => void;
}

/** Books, moves and cancels with several callers at once until the process dies or all have enough. */
export async function callUntilKilled(
  parts: CrashingCallerParts,
  { tenant, name }: StormOrders,
): Promise<void> {
  if (!tenant) throw new Error('A caller needs somebody to call.');
  const { organizationId, agentId, eventId, callIds } = tenant;
  const event = await findBookingEvent(parts.db, { organizationId, id: eventId });
  if (!event) throw new Error('There is no such event.');
  const calendar = await parts.openCalendar(event);
  await Promise.all(
    Array.from({ length: CALLERS }, (_, caller) =>
      call(
        parts,
        {
          db: parts.db,
          calendar,
          organizationId,
          agentId,
          callId: callIds[caller] ?? '',
          calendarConnectionId: event.calendarConnectionId,
          bookingEventId: event.id,
          organizerEmail: null,
          eventType: event.eventType,
          deadlines: { ...USUAL_DEADLINES, sendWithin: 1_000, believeRival: 500 },
          onStep: parts.onStep,
        },
        `${name}-${caller}`,
      ),
    ),
  );
}

async function call(
  { random, tell, losePatience }: CrashingCallerParts,
  context: LedgerContext,
  name: string,
): Promise<void> {
  let own: Own | null = null;
  for (let wish = 0; wish < WISHES; wish += 1) {
    if (wish === PATIENCE) losePatience();
    const slot = await chooseSlot(context.calendar, random);
    if (!slot) continue;
    try {
      own =
        own && random() < 0.7
          ? await changeOwn(context, own, random() < 0.3 ? null : slot, tell)
          : await bookNew(context, slot, `${name}-${wish}@example.com`, tell);
    } catch {
      // The caller hears that something is wrong, and calls again.
      own = null;
    }
  }
}

/** The appointment that a caller has. */
interface Own {
  appointmentId: string;
  email: string;
}

async function bookNew(
  context: LedgerContext,
  slot: Slot,
  email: string,
  tell: CrashingCallerParts['tell'],
): Promise<Own | null> {
  const attendee = { name: 'A caller', email, phone: null, timeZone: 'UTC' };
  const outcome = await bookThroughLedger(context, { slot, attendee, notes: null, answers: {} });
  tell([email, heardOfBooking(outcome.state)]);
  return outcome.state === 'confirmed' ? { email, appointmentId: outcome.appointmentId } : null;
}

/** @param slot where to move it; null to cancel it */
async function changeOwn(
  context: LedgerContext,
  own: Own,
  slot: Slot | null,
  tell: CrashingCallerParts['tell'],
): Promise<Own | null> {
  const { email, appointmentId } = own;
  tell([email, 'nothing']);
  const outcome = await change(context, appointmentId, slot);
  tell([email, heardOf(outcome.state, slot === null)]);
  if (outcome.state === 'unknown') return null;
  if (outcome.state !== 'confirmed') return own;
  return slot === null ? null : { email, appointmentId: outcome.appointmentId };
}

function change(
  context: LedgerContext,
  appointmentId: string,
  slot: Slot | null,
): Promise<LedgerOutcome> {
  return slot
    ? rescheduleThroughLedger(context, { appointmentId, slot, reason: REASON })
    : cancelThroughLedger(context, { appointmentId, reason: REASON });
}

type State = LedgerOutcome['state'];

function heardOfBooking(state: State): Heard {
  if (state === 'unknown') return 'unconfirmed';
  return state === 'confirmed' ? 'booked' : 'not booked';
}

/** Of a change to an appointment: one that was not made leaves it as it was. */
function heardOf(state: State, cancels: boolean): Heard {
  if (state === 'unknown') return 'unconfirmed';
  return state === 'confirmed' && cancels ? 'not booked' : 'booked';
}

async function chooseSlot(calendar: Calendar, random: Random): Promise<Slot | undefined> {
  const from = new Date(Date.now() + DAY);
  try {
    const free = await calendar.listSlots({ from, to: new Date(from.getTime() + 7 * DAY) });
    // Now and then any time, or the few hot ones would soon all be gone.
    return free.length === 0
      ? undefined
      : oneOf(random, free.slice(0, HOT_SLOTS + below(random, 3)));
  } catch (error) {
    if (error instanceof CalendarError) return;
    throw error;
  }
}
