import { pino } from 'pino';
import { expect, it } from 'vitest';
import { bookingTools } from '../../../booking/tools/booking-tools.ts';
import { ToolDesk } from '../../../booking/tools/tool-desk.ts';
import { CallRecord } from '../../../calls/call-record.ts';
import type { CalendarFault } from '../../../calendar/faulty-calendar.ts';
import { MACHINE_CLOCK } from '../../support/test-clock.ts';
import { openTestDesk } from '../../support/test-desk.ts';
import { servedParts } from '../../support/served-parts.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase();
const logger = pino({ level: 'silent' });
const ATTENDEE = {
  attendee_name: 'Mary Smith',
  attendee_email: 'mary.smith@example.com',
  attendee_phone: null,
  answers: null,
  notes: null,
  read_back_confirmed: null,
};

interface Answer {
  status: string;
  appointment_id: string;
  slots: { slot_id: string }[];
}

/** A call whose tools a test calls, and its row as a killed worker would leave it. */
async function openCall(faults: CalendarFault[] = []) {
  const { db } = database;
  const {
    desk: bookingDesk,
    tenant,
    callId,
  } = await openTestDesk(db, { clock: MACHINE_CLOCK, faults });
  const of = { organizationId: tenant.organizationId, agentId: tenant.agentId, callId };
  const record = new CallRecord(db, of, logger);
  const call = { ...servedParts(db, of), desk: bookingDesk, record };
  const desk = new ToolDesk({ call, logger, onChange: () => {} });
  const tools = bookingTools(call);
  return {
    run: async (name: string, args: object): Promise<Answer> => {
      const tool = tools.find((one) => one.name === name);
      if (!tool) throw new Error(`There is no tool ${name}.`);
      return (await desk.run(tool, args, undefined)) as Answer;
    },
    offered: async (run: (name: string, args: object) => Promise<Answer>) => {
      const wish = { when: null, range_days: null, duration_minutes: null };
      return (await run('list_available_slots', wish)).slots.map(({ slot_id }) => slot_id);
    },
    row: async () => {
      await record.written();
      return db
        .selectFrom('calls')
        .select(['outcome', 'endedAt', 'appointmentDetails'])
        .where('id', '=', callId)
        .executeTakeFirstOrThrow();
    },
  };
}

it('has on the row of a call that goes on what was done last', async () => {
  const { run, offered, row } = await openCall();
  const [first] = await offered(run);
  expect(await row()).toMatchObject({ outcome: null });
  const message = { name: null, callback_number: null, message: 'Call me.' };
  await run('take_message', message);
  expect(await row()).toMatchObject({ outcome: 'message_taken', appointmentDetails: null });
  const booked = await run('schedule_appointment', { ...ATTENDEE, slot_id: first });
  expect(await row()).toMatchObject({ outcome: 'booked', endedAt: null });
  const { appointmentDetails } = await row();
  const [, second] = await offered(run);
  const { appointment_id } = booked;
  await run('reschedule_appointment', { appointment_id, slot_id: second });
  const moved = await row();
  expect(moved).toMatchObject({ outcome: 'rescheduled', endedAt: null });
  expect(moved.appointmentDetails?.start).not.toBe(appointmentDetails?.start);
  await run('cancel_appointment', { appointment_id, reason: null });
  expect(await row()).toMatchObject({ outcome: 'cancelled', endedAt: null });
});

it('has on the row that the outcome of a booking is not known', async () => {
  const { run, offered, row } = await openCall([
    { at: 'calendar.book', kind: 'commit-then-timeout', times: 9 },
    { at: 'calendar.findBookings', kind: 'unreachable', times: 9 },
  ]);
  const [first] = await offered(run);
  const answer = await run('schedule_appointment', { ...ATTENDEE, slot_id: first });
  expect(answer).toMatchObject({ status: 'unconfirmed' });
  expect(await row()).toMatchObject({ outcome: 'unknown', endedAt: null });
});
