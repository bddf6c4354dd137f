import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { bookingTools } from '../../../booking/tools/booking-tools.ts';
import { ToolDesk } from '../../../booking/tools/tool-desk.ts';
import { CallRecord } from '../../../calls/call-record.ts';
import { readProviders } from '../../../calendar/providers.ts';
import { ago } from '../../../db/clock.ts';
import { createMailer } from '../../../jobs/mail/mailer.ts';
import { sendMail } from '../../../jobs/tasks/send-mail.ts';
import { parseMail } from '../../support/mail-parts.ts';
import { servedParts } from '../../support/served-parts.ts';
import { startSmtpServer } from '../../support/smtp-server.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import type { Tenant } from '../../support/tenants.ts';
import { openTestDesk } from '../../support/test-desk.ts';

// A Monday, 9:00 in New York.
const CLOCK = clockFrom('2026-11-23T14:00:00Z');
const database = useTestDatabase({ clock: CLOCK });
const logger = pino({ level: 'silent' });
const MARY = { attendee_name: 'Mary Smith', attendee_email: 'mary@example.com' };

interface Answer {
  status: string;
  message: string;
  appointment_id: string;
  slots: { slot_id: string }[];
}

async function openCall(tenant?: Tenant) {
  const { db } = database;
  const opened = await openTestDesk(db, { clock: CLOCK, ...(tenant ? { tenant } : {}) });
  const { desk, callId } = opened;
  const { organizationId, agentId } = opened.tenant;
  const of = { organizationId, agentId, callId };
  const record = new CallRecord(db, of, logger);
  const call = { ...servedParts(db, of), desk, record };
  const tools = new ToolDesk({ call, logger, onChange: () => {} });
  const run = async (name: string, args: object): Promise<Answer> => {
    const tool = bookingToolsOf.find((one) => one.name === name);
    if (!tool) throw new Error(`There is no tool ${name}.`);
    return (await tools.run(tool, args, undefined)) as Answer;
  };
  const bookingToolsOf = bookingTools(call);
  return {
    run,
    call,
    tenant: opened.tenant,
    book: async (args: object = MARY): Promise<Answer> => {
      const wish = { when: null, range_days: null, duration_minutes: null };
      const [slot] = (await run('list_available_slots', wish)).slots;
      const rest = { attendee_phone: null, answers: null, notes: null, read_back_confirmed: null };
      return run('schedule_appointment', { ...rest, slot_id: slot?.slot_id, ...args });
    },
    send: (email: string | null, read_back_confirmed: boolean | null = null) =>
      run('send_summary', { email, read_back_confirmed }),
  };
}

const mails = () =>
  database.db
    .selectFrom('outboxMessages')
    .select(['recipient', 'payload'])
    .where('kind', '=', 'summary')
    .execute();

beforeEach(async () => {
  await database.db.deleteFrom('outboxMessages').execute();
});

describe('send_summary', () => {
  it('goes to an address that was read back and confirmed, and to no other', async () => {
    const { book, send } = await openCall();
    await book();
    const asked = await send('mary at example dot com');
    expect(asked).toMatchObject({
      status: 'read_back',
      message: 'I have mary@example.com. Is that right?',
    });
    // A yes to another address than the one that was read back.
    expect(await send('anne@example.com', true)).toMatchObject({ status: 'read_back' });
    expect(await mails()).toEqual([]);
    expect(await send('anne@example.com', true)).toMatchObject({ status: 'sent' });
    expect(await mails()).toMatchObject([{ recipient: 'anne@example.com' }]);
  });

  it('takes the address that a booking was confirmed with, and asks where there is none', async () => {
    const { book, send } = await openCall();
    await expect(send(null)).rejects.toThrow('Ask the caller for their e-mail address.');
    const spelled = { ...MARY, attendee_email: 'm a r y at example dot com' };
    expect(await book(spelled)).toMatchObject({ status: 'read_back' });
    expect(await book({ ...spelled, read_back_confirmed: true })).toMatchObject({
      status: 'booked',
    });
    expect(await send(null)).toMatchObject({ status: 'sent' });
    expect(await mails()).toMatchObject([{ recipient: 'mary@example.com' }]);
  });

  it('asks about an address whose domain looks like a slip', async () => {
    const { book, send } = await openCall();
    await book();
    expect(await send('mary@gmial.com')).toMatchObject({
      status: 'read_back',
      did_you_mean: 'mary@gmail.com',
    });
  });

  it('says what came of the call, and no word of anybody', async () => {
    const { book, run, send, call } = await openCall();
    const { appointment_id } = await book();
    await book({ attendee_name: 'John Miller', attendee_email: 'john@example.com' });
    await run('cancel_appointment', { appointment_id, reason: 'a secret reason' });
    const message = { name: 'Mary', callback_number: '+12025550123', message: 'a secret message' };
    await run('take_message', { ...message, urgent: null });
    call.summary.confirm('mary@example.com');
    await send(null);
    await using server = await startSmtpServer();
    const mailer = createMailer({ url: server.url, from: 'desk@example.com' });
    const providers = readProviders({});
    const parts = { db: database.db, logger, mailer, providers, now: CLOCK.now };
    await sendMail(parts)({}, undefined as never);
    mailer.close();
    const texts = server.received.map(({ raw }) => parseMail(raw).parts[0]?.content ?? '');
    const own = texts.find((text) => text.includes('came of it'));
    expect(own).toMatch(/Cancelled: Appointment, \w+day, November \d+ at [\d:]+ [AP]M/);
    expect(own).toMatch(/Booked: Appointment, \w+day, November \d+ at [\d:]+ [AP]M/);
    expect(own).toContain('You left a message, which we pass on.');
    expect(own).not.toMatch(/secret|Mary|John/);
  });

  it('sends nothing where nothing came of the call, too often, or where no mail goes out', async () => {
    const idle = await openCall();
    idle.call.summary.confirm('mary@example.com');
    await expect(idle.send(null)).rejects.toThrow('There is nothing to sum up yet');
    const busy = await openCall();
    await busy.book();
    busy.call.summary.confirm('mary@example.com');
    await busy.send(null);
    await busy.send(null);
    await expect(busy.send(null)).rejects.toThrow('No more mails can be sent in this call.');
    for (const _ of [3, 4, 5]) {
      const call = await openCall(busy.tenant);
      await call.book();
      call.call.summary.confirm('mary@example.com');
      await call.send(null);
    }
    const another = await openCall(busy.tenant);
    await another.book();
    another.call.summary.confirm('mary@example.com');
    await expect(another.send(null)).rejects.toThrow('No more mails go to this address today.');
    await database.db
      .updateTable('outboxMessages')
      .set({ dueAt: ago(600_000) })
      .execute();
    await expect(another.send(null)).rejects.toThrow('No mail goes out at the moment.');
  });
});
