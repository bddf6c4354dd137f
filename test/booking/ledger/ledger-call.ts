import { randomBytes } from 'node:crypto';
import { bookThroughLedger } from '../../../booking/ledger/book-intent.ts';
import type { LedgerContext, LedgerEntry } from '../../../booking/ledger/ledger-context.ts';
import { USUAL_DEADLINES } from '../../../booking/ledger/ledger-context.ts';
import { openEventCalendar } from '../../../booking/calendars/open-event-calendar.ts';
import type { Attendee, Calendar, Slot } from '../../../calendar/calendar.ts';
import { readProviders } from '../../../calendar/providers.ts';
import { listAgentEvents } from '../../../db/booking-events.ts';
import type { BookingEvent } from '../../../db/booking-events.ts';
import { insertCall } from '../../../db/calls/calls.ts';
import type { Database } from '../../../db/database.ts';
import { clockFrom, mustTell } from '../../support/test-clock.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';

/** A Monday, 9:00 in New York. */
export const NOW = new Date('2026-11-23T14:00:00Z');
/** Runs on from there, and is for the test's database too. */
export const CLOCK = clockFrom(NOW.toISOString());

export const MARY: Attendee = {
  name: 'Mary Smith',
  email: 'mary.smith@example.com',
  phone: null,
  timeZone: 'America/New_York',
};

export interface LedgerCall {
  tenant: Tenant;
  event: BookingEvent;
  context: LedgerContext;
  /** The real one, without what a test changed. */
  calendar: Calendar;
  /** Free ones of the next days, in order. */
  free: Slot[];
}

/** A call at work on the ledger of a tenant's fake calendar. */
export async function openLedgerCall(
  db: Database,
  options: {
    tenant?: Tenant;
    change?: (calendar: Calendar) => Partial<Calendar>;
    context?: Partial<LedgerContext>;
  } = {},
): Promise<LedgerCall> {
  await mustTell(db, CLOCK);
  const tenant = options.tenant ?? (await insertTenant(db));
  const [event] = await listAgentEvents(db, tenant);
  if (!event) throw new Error('The tenant has nothing to book.');
  const callId = await insertCall(db, {
    organizationId: tenant.organizationId,
    agentId: tenant.agentId,
    roomName: 'test',
    line: 'web',
  });
  const calendar = await openFakeCalendar(db, event);
  const to = new Date(NOW.getTime() + 14 * 24 * 3_600_000);
  return {
    tenant,
    event,
    calendar,
    free: await calendar.listSlots({ from: NOW, to }),
    context: {
      db,
      calendar: changed(calendar, options.change),
      organizationId: tenant.organizationId,
      agentId: tenant.agentId,
      callId,
      calendarConnectionId: tenant.calendarConnectionId,
      bookingEventId: event.id,
      organizerEmail: null,
      eventType: event.eventType,
      deadlines: { ...USUAL_DEADLINES, believeRival: 0 },
      ...options.context,
    },
  };
}

export function openFakeCalendar(db: Database, event: BookingEvent): Promise<Calendar> {
  return openEventCalendar(db, event, {
    now: CLOCK.now,
    masterKey: randomBytes(32),
    providers: readProviders({}),
  });
}

/** A calendar with some of its methods replaced. */
export function changed(
  calendar: Calendar,
  change: (calendar: Calendar) => Partial<Calendar> = () => ({}),
): Calendar {
  return {
    describe: () => calendar.describe(),
    listSlots: (range, minutes) => calendar.listSlots(range, minutes),
    book: (request) => calendar.book(request),
    findBookings: (query) => calendar.findBookings(query),
    reschedule: (reference, slot, reason) => calendar.reschedule(reference, slot, reason),
    cancel: (reference, reason) => calendar.cancel(reference, reason),
    ...change(calendar),
  };
}

/** A calendar that moves bookings by booking anew. */
export function withoutReschedule(calendar: Calendar): Partial<Calendar> {
  return {
    reschedule: () => Promise.reject(new Error('must not be asked to move')),
    async describe() {
      const description = await calendar.describe();
      return { ...description, supports: { ...description.supports, reschedule: false } };
    },
  };
}

export function entry(slot: Slot, attendee: Partial<Attendee> = {}): LedgerEntry {
  return { slot, attendee: { ...MARY, ...attendee }, notes: null, answers: {} };
}

/** The slot of that number among the free ones. */
export function pick(free: readonly Slot[], index: number): Slot {
  const slot = free[index];
  if (!slot) throw new Error('The calendar has too few free slots.');
  return slot;
}

/** What the database and the provider know of a tenant, in order of start. */
export async function stateOf(db: Database, { organizationId }: Tenant) {
  const [intents, bookings, appointments, messages] = await Promise.all([
    db
      .selectFrom('bookingIntents')
      .selectAll()
      .where('organizationId', '=', organizationId)
      .orderBy('createdAt')
      .execute(),
    db
      .selectFrom('fakeCalendarBookings')
      .selectAll()
      .where('organizationId', '=', organizationId)
      .orderBy('startAt')
      .execute(),
    db
      .selectFrom('appointments')
      .selectAll()
      .where('organizationId', '=', organizationId)
      .orderBy('startAt')
      .execute(),
    db
      .selectFrom('outboxMessages')
      .select(['kind', 'appointmentId', 'intentId'])
      .where('organizationId', '=', organizationId)
      .orderBy('createdAt')
      .execute(),
  ]);
  return {
    intents,
    bookings,
    live: bookings.filter(({ status }) => status === 'confirmed'),
    appointments,
    messages: messages.map(({ kind }) => kind),
  };
}

/** The intent that was made last. */
export async function lastIntentOf(db: Database, tenant: Tenant) {
  const { intents } = await stateOf(db, tenant);
  const last = intents.at(-1);
  if (!last) throw new Error('There is no intent.');
  return last;
}

/** A call that has booked the first free slot. */
export async function openBookedCall(
  db: Database,
  change?: (calendar: Calendar) => Partial<Calendar>,
) {
  const call = await openLedgerCall(db, change ? { change } : {});
  const outcome = await bookThroughLedger(call.context, entry(pick(call.free, 0)));
  if (outcome.state !== 'confirmed') throw new Error(outcome.state);
  return { ...call, appointmentId: outcome.appointmentId };
}
