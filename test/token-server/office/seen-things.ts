import { randomBytes, randomUUID } from 'node:crypto';
import { openEventCalendar } from '../../../booking/calendars/open-event-calendar.ts';
import { readProviders } from '../../../calendar/providers.ts';
import { findBookingEvent } from '../../../db/booking-events.ts';
import { insertStoredBooking } from '../../../db/calendars/stored-bookings.ts';
import { insertCall } from '../../../db/calls/calls.ts';
import type { Database } from '../../../db/database.ts';
import { insertMessageTaken } from '../../../db/messages/messages-taken.ts';
import { blockCaller } from '../../../db/phone/blocked-callers.ts';
import type { Tenant } from '../../support/tenants.ts';

const DAY = 86_400_000;
const HALF_AN_HOUR = 1_800_000;
/** Further ahead than the fake calendar offers anything. */
const FAR = 400 * DAY;

/** When the tenant's event can be booked in the weeks to come. */
export async function freeStarts(db: Database, tenant: Tenant): Promise<Date[]> {
  const { organizationId, bookingEventId: id } = tenant;
  const event = await findBookingEvent(db, { organizationId, id });
  if (!event) throw new Error('The tenant has nothing to book.');
  const calendar = await openEventCalendar(db, event, {
    masterKey: randomBytes(32),
    now: () => new Date(),
    providers: readProviders({}),
  });
  const from = new Date(Date.now() + DAY);
  const slots = await calendar.listSlots({ from, to: new Date(from.getTime() + 80 * DAY) });
  return slots.map(({ start }) => start);
}

let made = 0;

/** An appointment that stands at the calendar, an intent to be settled, a message and a blocked caller. */
export async function insertSeen(
  db: Database,
  tenant: Tenant,
): Promise<Record<'appointmentId' | 'intentId' | 'messageId' | 'blockedCallerId', string>> {
  made += 1;
  const { organizationId, agentId } = tenant;
  const callId = await insertCall(db, {
    organizationId,
    agentId,
    roomName: randomUUID(),
    line: 'web',
  });
  const { id: blockedCallerId } = await blockCaller(db, organizationId, {
    number: `+1202555${String(1_000 + (made % 9_000)).slice(-4)}`,
    reason: 'Sells insurance',
  });
  return {
    appointmentId: await insertAppointment(db, tenant),
    intentId: await insertStuckIntent(db, tenant),
    messageId: await insertMessageTaken(db, {
      organizationId,
      agentId,
      callId,
      callerName: 'Ada Caller',
      callbackNumber: '+12025550123',
      email: null,
      text: 'Please call me back.',
    }),
    blockedCallerId,
  };
}

/** As the mirror finds one that was booked at the provider. */
export async function insertAppointment(
  db: Database,
  tenant: Tenant,
  at: { startAt?: Date; name?: string } = {},
): Promise<string> {
  const { organizationId, calendarConnectionId, bookingEventId, agentId } = tenant;
  const reference = `fake_${randomUUID()}`;
  const { startAt = farAhead(), name = 'Ada Caller' } = at;
  const endAt = new Date(startAt.getTime() + HALF_AN_HOUR);
  const attendee = { name, email: 'ada@example.com', phone: null, timeZone: 'America/New_York' };
  const stored = await insertStoredBooking(db, tenant, {
    uid: reference,
    idempotencyKey: randomUUID(),
    startAt,
    endAt,
    status: 'confirmed',
    attendee,
    eventType: 'appointment',
    notes: null,
  });
  if (stored === 'taken') throw new Error('There is another booking at that time.');
  const { id } = await db
    .insertInto('appointments')
    .values({
      organizationId,
      calendarConnectionId,
      bookingEventId,
      agentId,
      eventType: 'appointment',
      reference,
      providerUid: reference,
      status: 'confirmed',
      source: 'provider',
      startAt,
      endAt,
      attendeeName: name,
      attendeeEmail: attendee.email,
      timeZone: attendee.timeZone,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** A booking of which the reconciler could not find out how it ended. */
async function insertStuckIntent(db: Database, tenant: Tenant): Promise<string> {
  const { organizationId, calendarConnectionId, bookingEventId } = tenant;
  const startAt = farAhead();
  const attendee = { name: 'Ada Caller', email: null, phone: null, timeZone: 'America/New_York' };
  const { id } = await db
    .insertInto('bookingIntents')
    .values({
      organizationId,
      calendarConnectionId,
      bookingEventId,
      eventType: 'appointment',
      resource: 'calendar',
      idempotencyKey: randomUUID(),
      kind: 'book',
      state: 'attention',
      startAt,
      endAt: new Date(startAt.getTime() + HALF_AN_HOUR),
      attendee: JSON.stringify(attendee),
      steps: '[]',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

let hours = 0;
/** Another time each time. */
function farAhead(): Date {
  hours += 1;
  return new Date(Math.floor(Date.now() / DAY) * DAY + FAR + hours * 2 * HALF_AN_HOUR);
}
