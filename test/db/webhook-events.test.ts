import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { bookThroughLedger } from '../../booking/ledger/book-intent.ts';
import { cancelThroughLedger } from '../../booking/ledger/cancel-intent.ts';
import { rescheduleThroughLedger } from '../../booking/ledger/move-intent.ts';
import { reconcileIntent, USUAL_TIMES } from '../../booking/ledger/reconcile.ts';
import { settleByHand } from '../../booking/ledger/settle-by-hand.ts';
import { OutcomeUnknownError } from '../../calendar/calendar-error.ts';
import type { Calendar } from '../../calendar/calendar.ts';
import { closeDeadCalls } from '../../db/calls/call-lease.ts';
import { finishCall, insertCall } from '../../db/calls/calls.ts';
import {
  insertMirroredAppointment,
  updateAppointment,
} from '../../db/appointments/appointments.ts';
import { insertMessageTaken } from '../../db/messages/messages-taken.ts';
import { EVENT_KINDS } from '../../db/webhooks/event-kinds.ts';
import type { EventKind } from '../../db/webhooks/event-kinds.ts';
import { insertEndpoint } from '../../db/webhooks/endpoints.ts';
import { lockUntoldEvent, tellWebhooks } from '../../db/webhooks/events.ts';
import { composeEvent } from '../../jobs/webhooks/compose-event.ts';
import {
  CLOCK,
  entry,
  openLedgerCall,
  pick,
  stateOf,
  withoutReschedule,
} from '../booking/ledger/ledger-call.ts';
import type { LedgerCall } from '../booking/ledger/ledger-call.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { insertTenant } from '../support/tenants.ts';
import type { Tenant } from '../support/tenants.ts';

const database = useTestDatabase({ clock: CLOCK });
const reason = 'The caller asked for it.';

async function listening(events: readonly EventKind[] = EVENT_KINDS): Promise<Tenant> {
  const tenant = await insertTenant(database.db);
  await insertEndpoint(database.db, {
    id: randomUUID(),
    organizationId: tenant.organizationId,
    url: 'https://example.com',
    description: '',
    events: [...events],
    enabled: true,
    secret: Buffer.alloc(1),
  });
  return tenant;
}

async function callOf(change?: (calendar: Calendar) => Partial<Calendar>): Promise<LedgerCall> {
  return openLedgerCall(database.db, {
    tenant: await listening(EVENT_KINDS.filter((kind) => kind !== 'call.started')),
    ...(change ? { change } : {}),
  });
}

async function bookIn(call: LedgerCall, place = 0): Promise<string> {
  const outcome = await bookThroughLedger(call.context, entry(pick(call.free, place)));
  if (outcome.state !== 'confirmed') throw new Error(outcome.state);
  return outcome.appointmentId;
}

/** What an organization is told, as the jobs put it into words. */
async function toldOf({ organizationId }: Pick<Tenant, 'organizationId'>) {
  const { db } = database;
  const told: { type: string; data: Record<string, Record<string, unknown>> }[] = [];
  for (let after = '0'; ;) {
    const event = await lockUntoldEvent(db, after);
    if (!event) return told;
    after = event.place;
    if (event.organizationId !== organizationId) continue;
    told.push(JSON.parse((await composeEvent(db, event)) ?? '{"type":"nothing"}') as never);
  }
}

const typesOf = async (tenant: Pick<Tenant, 'organizationId'>) =>
  (await toldOf(tenant)).map(({ type }) => type);

describe('a call', () => {
  it('is told of when it begins and ends, by itself or because its process died', async () => {
    const { db } = database;
    const tenant = await listening();
    const { organizationId, agentId } = tenant;
    const call = { organizationId, agentId, line: 'web' } as const;
    const callId = await insertCall(db, { ...call, roomName: 'one' });
    await finishCall(
      db,
      { organizationId, callId },
      { outcome: 'booked', reason: 'The caller hung up.', by: 'caller' },
    );
    await insertCall(db, { ...call, roomName: 'two' });
    await sql`
      update calls set last_sign_at = slotline_now() - interval '1 hour'
      where organization_id = ${organizationId} and ended_at is null`.execute(db);
    await closeDeadCalls(db);
    expect(await typesOf(tenant)).toEqual([
      'call.started',
      'call.ended',
      'call.started',
      'call.ended',
    ]);
  });

  it('of a rehearsal or of the console is nobody’s business', async () => {
    const tenant = await listening();
    const { organizationId, agentId } = tenant;
    const call = { organizationId, agentId } as const;
    await insertCall(database.db, { ...call, roomName: 'three', line: 'web', rehearsal: {} });
    await insertCall(database.db, { ...call, roomName: 'four', line: 'console' });
    expect(await typesOf(tenant)).toEqual([]);
  });
});

describe('an appointment', () => {
  it('is told of as it is booked, moved and cancelled, each as it was then', async () => {
    const call = await callOf();
    const appointmentId = await bookIn(call);
    const slot = pick(call.free, 3);
    await rescheduleThroughLedger(call.context, { appointmentId, slot, reason });
    await cancelThroughLedger(call.context, { appointmentId, reason });
    const told = await toldOf(call.tenant);
    const first = pick(call.free, 0);
    expect(told).toMatchObject([
      {
        type: 'appointment.booked',
        data: {
          appointment: {
            id: appointmentId,
            status: 'confirmed',
            start: first.start.toISOString(),
            attendee: { name: 'Mary Smith', email: 'mary.smith@example.com' },
          },
        },
      },
      {
        type: 'appointment.moved',
        data: {
          appointment: { status: 'confirmed', start: slot.start.toISOString() },
          before: { id: appointmentId, start: first.start.toISOString() },
        },
      },
      {
        type: 'appointment.cancelled',
        data: { appointment: { status: 'cancelled', cancellationReason: reason } },
      },
    ]);
  });

  it('that moves by another booking is told of as one move', async () => {
    const call = await callOf(withoutReschedule);
    const before = await bookIn(call);
    const slot = pick(call.free, 3);
    const move = { appointmentId: before, slot, reason };
    const outcome = await rescheduleThroughLedger(call.context, move);
    const id = outcome.state === 'confirmed' ? outcome.appointmentId : undefined;
    expect(id).not.toBe(before);
    const told = await toldOf(call.tenant);
    expect(told.map(({ type }) => type)).toEqual(['appointment.booked', 'appointment.moved']);
    expect(told[1]?.data).toMatchObject({
      appointment: { id, start: slot.start.toISOString() },
      before: { id: before, start: pick(call.free, 0).start.toISOString() },
    });
  });

  it('that its owner accepts, moves or rejects at the provider is told of too', async () => {
    const { db } = database;
    const call = await callOf();
    const { organizationId } = call.tenant;
    const key = { organizationId, id: await bookIn(call) };
    await updateAppointment(db, key, { status: 'pending' });
    await updateAppointment(db, key, { status: 'confirmed' });
    const startAt = new Date('2026-12-24T10:00:00Z');
    await updateAppointment(db, key, { startAt, endAt: new Date('2026-12-24T10:30:00Z') });
    await updateAppointment(db, key, { location: 'Room 2', startAt });
    await updateAppointment(db, key, { status: 'rejected' });
    expect(await typesOf(call.tenant)).toEqual([
      'appointment.booked',
      'appointment.accepted',
      'appointment.moved',
      'appointment.cancelled',
    ]);
  });

  it('that somebody booked on the calendar’s own page is not', async () => {
    const { db } = database;
    const tenant = await listening();
    const { organizationId, calendarConnectionId } = tenant;
    const row = await insertMirroredAppointment(
      db,
      { organizationId, calendarConnectionId },
      {
        reference: randomUUID(),
        status: 'confirmed',
        startAt: CLOCK.now(),
        endAt: new Date(CLOCK.now().getTime() + 1_800_000),
        eventType: 'appointment',
        attendeeName: 'Ann Lee',
        timeZone: 'UTC',
      },
    );
    await updateAppointment(db, { organizationId, id: row?.id ?? '' }, { status: 'cancelled' });
    expect(await typesOf(tenant)).toEqual([]);
  });

  it('whose outcome nobody knows is unconfirmed, and settled once', async () => {
    const { db } = database;
    const call = await callOf((calendar) => ({
      async book(request) {
        await calendar.book(request);
        throw new OutcomeUnknownError('No answer.');
      },
      findBookings: () => Promise.reject(new OutcomeUnknownError('No answer.')),
    }));
    const outcome = await bookThroughLedger(call.context, entry(pick(call.free, 0)));
    expect(outcome.state).toBe('unknown');
    const { organizationId } = call.tenant;
    const [intent] = (await stateOf(db, call.tenant)).intents;
    const key = { organizationId, id: intent?.id ?? '' };
    const times = { ...USUAL_TIMES, firstLook: 0, firstPause: 0, longestPause: 0, grace: 0 };
    const openCalendar = () => Promise.resolve(call.calendar);
    expect(await reconcileIntent({ db, openCalendar, times }, key)).toBe('settled');
    expect(await toldOf(call.tenant)).toMatchObject([
      {
        type: 'appointment.unconfirmed',
        data: { intent: { id: key.id, kind: 'book', attendee: { name: 'Mary Smith' } } },
      },
      { type: 'appointment.settled', data: { outcome: 'done' } },
      { type: 'appointment.booked' },
    ]);
  });

  it('that an operator settles as not made is told of as that', async () => {
    const { db } = database;
    const call = await callOf(() => ({
      book: () => Promise.reject(new OutcomeUnknownError('No answer.')),
    }));
    await bookThroughLedger(call.context, entry(pick(call.free, 0)));
    const [intent] = (await stateOf(db, call.tenant)).intents;
    const key = { organizationId: call.tenant.organizationId, id: intent?.id ?? '' };
    await settleByHand(db, key, 'refused', 'it is not there');
    expect(await toldOf(call.tenant)).toMatchObject([
      { type: 'appointment.unconfirmed' },
      { type: 'appointment.settled', data: { outcome: 'not_done' } },
    ]);
  });
});

it('a message and a published agent are told of', async () => {
  const { db } = database;
  const call = await openLedgerCall(db, { tenant: await listening(['message.taken']) });
  const { organizationId, agentId } = call.tenant;
  await insertMessageTaken(db, {
    organizationId,
    agentId,
    callId: call.context.callId ?? '',
    callerName: 'Ann Lee',
    callbackNumber: '+12025550177',
    email: null,
    text: 'Call me.',
  });
  const published = await listening(['agent.published']);
  await tellWebhooks(db, {
    organizationId: published.organizationId,
    kind: 'agent.published',
    subjectId: published.agentId,
    facts: { version: 3 },
  });
  expect(await toldOf(call.tenant)).toMatchObject([
    {
      type: 'message.taken',
      data: { message: { callerName: 'Ann Lee', text: 'Call me.', urgent: false } },
    },
  ]);
  expect(await toldOf(published)).toMatchObject([
    { type: 'agent.published', data: { agent: { id: published.agentId }, version: 3 } },
  ]);
});
