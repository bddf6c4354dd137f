import { expect, it } from 'vitest';
import { doneBefore } from '../../../agent/call/take-over.ts';
import { listDoneInCall } from '../../../db/calls/done-in-call.ts';
import { takeOverCall } from '../../../db/calls/earlier-call.ts';
import type { OfferAnswer } from '../../../booking/offering/offer.ts';
import { insertTenant } from '../../support/tenants.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { MARY, openTestDesk, SOON } from '../../support/test-desk.ts';

/** A Monday, 9:00 in New York. */
const CLOCK = clockFrom('2026-11-23T14:00:00Z');
const [DEAD, LIVING] = [
  '11111111-1111-4111-8111-111111111111',
  '22222222-2222-4222-8222-222222222222',
];

const database = useTestDatabase({ maxConnections: 5, clock: CLOCK });

it('knows by the ledger what was booked, moved and cancelled before it took a call over', async () => {
  const { db } = database;
  const tenant = await insertTenant(db);
  const { organizationId } = tenant;
  const { desk, callId } = await openTestDesk(db, { clock: CLOCK, tenant });
  const freeIn = async (when: string): Promise<string> =>
    slotsOf(await desk.findTimes({ ...SOON, when }))[0]?.slot_id ?? '';
  const first = await desk.changes.schedule({ slotId: await freeIn('tuesday'), ...MARY });
  const second = await desk.changes.schedule({
    slotId: await freeIn('wednesday'),
    ...MARY,
    name: 'Ann Lee',
    email: 'ann@example.com',
  });
  await desk.changes.cancel({ appointmentId: handleOf(first), reason: null });
  await desk.changes.reschedule({
    appointmentId: handleOf(second),
    slotId: await freeIn('thursday'),
  });
  // The process died before it wrote anything on the call's row.
  await db.updateTable('calls').set({ holder: DEAD, roomName: 'taken-over' }).execute();
  const of = { organizationId, roomName: 'taken-over', holder: LIVING };
  expect(await takeOverCall(db, { ...of, from: LIVING })).toBe('elsewhere');
  const earlier = await takeOverCall(db, { ...of, from: DEAD });
  if (typeof earlier !== 'object') throw new Error('It is not taken over.');
  expect(earlier).toMatchObject({ id: callId, outcome: 'rescheduled', messages: 0 });

  const { desk: other } = await openTestDesk(db, { clock: CLOCK, tenant, callId });
  await other.takeOver(earlier.done);
  expect(other.appointment).toMatchObject({
    status: 'rescheduled',
    label: desk.appointment?.label,
    start: desk.appointment?.start,
    end: desk.appointment?.end,
    attendee: { name: 'Ann Lee', email: 'ann@example.com', phone: null },
    confirmation: { reference: desk.appointment?.confirmation?.reference },
  });
  expect(other.facts.done).toEqual([
    { status: 'cancelled', start: desk.facts.done[0]?.start },
    { status: 'rescheduled', start: desk.facts.standing[0]?.start },
  ]);
  expect(other.facts.standing).toEqual(desk.facts.standing);

  const told = doneBefore(
    {
      messages: 1,
      tools: [
        { name: 'schedule_appointment', isAnswered: true },
        { name: 'schedule_appointment', isAnswered: true },
        { name: 'list_available_slots', isAnswered: true },
        { name: 'take_message', isAnswered: false },
      ],
    },
    other,
    [
      { name: 'schedule_appointment', changes: true },
      { name: 'list_available_slots', changes: false },
      { name: 'take_message', changes: true },
    ],
  ).join('\n');
  expect(told).toMatch(/appointment Tuesday, November 24 at .* is cancelled\. Do not do it again/);
  expect(told).toMatch(/appointment Thursday, November 26 at .* was moved to this time\./);
  // The ledger says what came of it, and a read-back was answered too.
  expect(told).not.toContain('schedule_appointment');
  expect(told).toMatch(/Under way when the line broke: take_message\./);
  expect(told).toMatch(/Messages for the business .*: 1\./);
  expect(told).not.toContain('Nothing has been booked');
  expect(await listDoneInCall(db, { organizationId, callId })).toHaveLength(2);
});

it.each([
  ['was answered with a read-back', true, /Nothing has been booked/, /schedule_appointment/],
  ['was cut', false, /not known yet: it is being checked/, /Nothing has been booked/],
])('calls nothing done or left undone by a booking that %s', (_how, isAnswered, says, saysNot) => {
  const tools = [
    { name: 'schedule_appointment', isAnswered },
    { name: 'take_message', isAnswered: true },
  ];
  const changing = tools.map(({ name }) => ({ name, changes: true }));
  const told = doneBefore({ messages: 0, tools }, { changed: [] }, changing).join('\n');
  expect(told).toMatch(says);
  expect(told).not.toMatch(saysNot);
  expect(told).toMatch(/for the same wish: take_message\./);
});

it('books nothing for a process that the call was taken from', async () => {
  const { db } = database;
  const tenant = await insertTenant(db);
  const { desk, callId } = await openTestDesk(db, { clock: CLOCK, tenant, holder: DEAD });
  const slotId = slotsOf(await desk.findTimes({ ...SOON, when: 'friday' }))[0]?.slot_id ?? '';
  const row = db.updateTable('calls').where('id', '=', callId);
  await row.set({ holder: LIVING, roomName: 'taken-from' }).execute();
  await expect(desk.changes.schedule({ slotId, ...MARY })).rejects.toMatchObject({
    name: 'BookingError',
  });
  const { organizationId } = tenant;
  expect(await listDoneInCall(db, { organizationId, callId })).toEqual([]);

  await row.set({ holder: DEAD }).execute();
  expect(await desk.changes.schedule({ slotId, ...MARY })).toMatchObject({ status: 'booked' });
});

function slotsOf(answer: OfferAnswer) {
  return answer.status === 'question' ? [] : answer.slots;
}

function handleOf(answer: object): string {
  return String((answer as { appointment_id?: string }).appointment_id);
}
