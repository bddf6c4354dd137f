import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { queueMessage } from '../../../booking/outbox/outbox.ts';
import { OutboxPayloadSchema } from '../../../booking/outbox/outbox-payload.ts';
import { composeMail } from '../../../jobs/mail/compose-mail.ts';
import { insertAppointment } from '../../../db/appointments/appointments.ts';
import { requestIntent } from '../../../db/intents/request-intent.ts';
import { insertCall } from '../../../db/calls/calls.ts';
import { listMessagesTaken } from '../../../db/messages/messages-taken.ts';
import { isMailGoingOut, takeDueMessage } from '../../../db/messages/outbox-messages.ts';
import type { AttendeeRecord, OutboxKind } from '../../../db/values.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const CLOCK = clockFrom('2026-11-23T14:00:00Z');
const database = useTestDatabase({ clock: CLOCK });
const mary: AttendeeRecord = {
  name: 'Mary Smith',
  email: 'mary.smith@example.com',
  phone: null,
  timeZone: 'Europe/Paris',
};
const startAt = new Date('2026-11-24T19:30:00Z');
const endAt = new Date('2026-11-24T20:00:00Z');

function intent(tenant: Tenant, attendee: AttendeeRecord = mary, callId: string | null = null) {
  return requestIntent(database.db, {
    organizationId: tenant.organizationId,
    calendarConnectionId: tenant.calendarConnectionId,
    callId,
    eventType: 'appointment',
    resource: 'calendar',
    idempotencyKey: randomUUID(),
    kind: 'book',
    startAt,
    endAt,
    attendee,
    agentId: tenant.agentId,
    bookingEventId: tenant.bookingEventId,
    appointmentId: null,
    notes: null,
    answers: {},
    organizerEmail: null,
  });
}

async function appointment(tenant: Tenant, attendee: AttendeeRecord = mary) {
  const { id: intentId } = await intent(tenant, attendee);
  return insertAppointment(database.db, {
    organizationId: tenant.organizationId,
    agentId: tenant.agentId,
    callId: null,
    calendarConnectionId: tenant.calendarConnectionId,
    intentId,
    bookingEventId: tenant.bookingEventId,
    eventType: 'appointment',
    reference: randomUUID(),
    providerUid: randomUUID(),
    status: 'confirmed',
    location: 'Room 2',
    providerChangedAt: startAt,
    startAt,
    endAt,
    attendee,
    notes: null,
    organizerEmail: null,
  });
}

function messagesOf(tenant: Tenant) {
  return database.db
    .selectFrom('outboxMessages')
    .selectAll()
    .where('organizationId', '=', tenant.organizationId)
    .orderBy('createdAt')
    .execute();
}

test('a message carries what was true when it was queued', async () => {
  const tenant = await insertTenant(database.db);
  const appointmentId = await appointment(tenant);
  await queueMessage(database.db, {
    organizationId: tenant.organizationId,
    kind: 'booked',
    appointmentId,
    intentId: null,
    messageKey: 'booked:1',
  });
  const [message] = await messagesOf(tenant);
  expect(message).toMatchObject({ recipient: 'mary.smith@example.com', state: 'pending' });
  expect(OutboxPayloadSchema.parse(message?.payload)).toMatchObject({
    businessName: 'Harbor Street Clinic',
    eventName: 'Appointment',
    attendee: { name: 'Mary Smith', timeZone: 'Europe/Paris' },
    calendarTimeZone: 'America/New_York',
    time: { start: '2026-11-24T19:30:00.000Z', end: '2026-11-24T20:00:00.000Z' },
    location: 'Room 2',
    calendarFile: { uid: `${appointmentId}@slotline`, sequence: 0 },
  });
});

test('the same key is never queued twice, and later messages count on', async () => {
  const tenant = await insertTenant(database.db);
  const appointmentId = await appointment(tenant);
  const common = { organizationId: tenant.organizationId, appointmentId, intentId: null };
  await Promise.all(
    Array.from({ length: 10 }, () =>
      queueMessage(database.db, { ...common, kind: 'booked', messageKey: 'booked:1' }),
    ),
  );
  await queueMessage(database.db, { ...common, kind: 'cancelled', messageKey: 'cancelled:1' });
  const messages = await messagesOf(tenant);
  expect(
    messages.map(({ kind, payload }) => [
      kind,
      OutboxPayloadSchema.parse(payload).calendarFile?.sequence,
    ]),
  ).toEqual([
    ['booked', 0],
    ['cancelled', 1],
  ]);
});

test('an intent without an appointment can be told of, with no calendar file', async () => {
  const tenant = await insertTenant(database.db);
  const { id: intentId } = await intent(tenant);
  await queueMessage(database.db, {
    organizationId: tenant.organizationId,
    kind: 'settled_not_booked',
    appointmentId: null,
    intentId,
    messageKey: 'settled:1',
  });
  const [message] = await messagesOf(tenant);
  expect(message?.payload).toMatchObject({
    time: { start: '2026-11-24T19:30:00.000Z' },
    calendarFile: null,
  });
});

test('nothing is written to somebody without an address', async () => {
  const tenant = await insertTenant(database.db);
  const appointmentId = await appointment(tenant, { ...mary, email: null, phone: '+14155552671' });
  await queueMessage(database.db, {
    organizationId: tenant.organizationId,
    kind: 'booked',
    appointmentId,
    intentId: null,
    messageKey: 'booked:1',
  });
  expect(await messagesOf(tenant)).toEqual([]);
});

test('another organization finds nothing to write', async () => {
  const [tenant, stranger] = [await insertTenant(database.db), await insertTenant(database.db)];
  const appointmentId = await appointment(tenant);
  await queueMessage(database.db, {
    organizationId: stranger.organizationId,
    kind: 'booked',
    appointmentId,
    intentId: null,
    messageKey: 'booked:1',
  });
  expect(await messagesOf(stranger)).toEqual([]);
});

test('what the business has yet to accept is not called booked', async () => {
  const tenant = await insertTenant(database.db);
  const appointmentId = await appointment(tenant);
  await database.db
    .updateTable('appointments')
    .set({ status: 'pending' })
    .where('id', '=', appointmentId)
    .execute();
  await queueMessage(database.db, {
    organizationId: tenant.organizationId,
    kind: 'settled_booked',
    appointmentId,
    intentId: null,
    messageKey: 'settled_booked:1',
  });
  const [message] = await messagesOf(tenant);
  const payload = OutboxPayloadSchema.parse(message?.payload);
  const mail = composeMail({
    kind: 'settled_booked',
    payload,
    recipient: 'mary.smith@example.com',
    sender: 'desk@example.com',
    now: CLOCK.now(),
  });
  expect(mail.text).toContain('requested');
  expect(mail.subject + mail.text).not.toMatch(/booked/i);
});

test('what is cancelled while its message waits is not said to stand', async () => {
  const { db } = database;
  const tenant = await insertTenant(db);
  const appointmentId = await appointment(tenant);
  await db.updateTable('outboxMessages').set({ state: 'sent' }).execute();
  const due = async (kind: OutboxKind) => {
    const { organizationId } = tenant;
    await queueMessage(db, {
      organizationId,
      kind,
      appointmentId,
      intentId: null,
      messageKey: kind,
    });
    const message = await takeDueMessage(db, 60_000);
    return [OutboxPayloadSchema.parse(message?.payload).hasEnded, message?.hasEnded];
  };
  const cancel = () =>
    db
      .updateTable('appointments')
      .set({ status: 'cancelled' })
      .where('id', '=', appointmentId)
      .execute();
  expect(await due('booked')).toEqual([false, false]);
  await db
    .updateTable('outboxMessages')
    .set({ state: 'pending', dueAt: CLOCK.now() })
    .where('organizationId', '=', tenant.organizationId)
    .execute();
  await cancel();
  expect(await takeDueMessage(db, 60_000)).toMatchObject({ kind: 'booked', hasEnded: true });
  await db.updateTable('outboxMessages').set({ state: 'sent' }).execute();
  expect(await due('settled_not_rescheduled')).toEqual([true, true]);
});

test('nobody is written to whom a rehearsal would write to', async () => {
  const { db } = database;
  const tenant = await insertTenant(db);
  const appointmentId = await appointment(tenant);
  await db.updateTable('outboxMessages').set({ state: 'sent' }).execute();
  const { organizationId } = tenant;
  const rehearse = (isRehearsal: boolean) =>
    db.updateTable('organizations').set({ isRehearsal }).where('id', '=', organizationId).execute();
  await rehearse(true);
  await queueMessage(db, {
    organizationId,
    kind: 'booked',
    appointmentId,
    intentId: null,
    messageKey: 'booked',
  });
  await db
    .updateTable('outboxMessages')
    .set({ dueAt: new Date(CLOCK.now().getTime() - 3_600_000) })
    .where('organizationId', '=', organizationId)
    .execute();
  expect(await takeDueMessage(db, 60_000)).toBeUndefined();
  expect(await isMailGoingOut(db)).toBe(true);
  await rehearse(false);
  expect(await isMailGoingOut(db)).toBe(false);
  expect(await takeDueMessage(db, 60_000)).toMatchObject({ kind: 'booked' });
});

test('the staff are asked to call back who has no e-mail address', async () => {
  const { db } = database;
  const tenant = await insertTenant(db);
  const callId = await insertCall(db, {
    organizationId: tenant.organizationId,
    agentId: tenant.agentId,
    roomName: 'test',
    line: 'phone',
  });
  const attendee = { ...mary, email: null, phone: '+12025550123' };
  const { id: intentId } = await intent(tenant, attendee, callId);
  await queueMessage(db, {
    organizationId: tenant.organizationId,
    kind: 'settled_not_booked',
    appointmentId: null,
    intentId,
    messageKey: 'settled_not_booked:1',
  });
  expect(await messagesOf(tenant)).toEqual([]);
  const [toDo] = await listMessagesTaken(db, {
    organizationId: tenant.organizationId,
    limit: 5,
  });
  expect(toDo).toMatchObject({ callerName: 'Mary Smith', callbackNumber: '+12025550123' });
  expect(toDo?.text).toContain('was not booked');
  // Of the day it was written on: what is this week needs no year.
  expect(toDo?.text).toContain('The time asked for: Tuesday, November 24 at 2:30 PM');
});
