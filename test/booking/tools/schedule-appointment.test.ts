import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { scheduleAppointment } from '../../../booking/tools/schedule-appointment.ts';
import { ToolDesk } from '../../../booking/tools/tool-desk.ts';
import { CallRecord } from '../../../calls/call-record.ts';
import { MACHINE_CLOCK } from '../../support/test-clock.ts';
import { servedParts } from '../../support/served-parts.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { openTestDesk, SOON } from '../../support/test-desk.ts';

const database = useTestDatabase();
const logger = pino({ level: 'silent' });

/** A call in which a time was offered, and the tool that books it. */
async function openTool(language = 'en') {
  const { db } = database;
  const { tenant, callId, desk } = await openTestDesk(db, { clock: MACHINE_CLOCK, language });
  const { organizationId, agentId } = tenant;
  const record = new CallRecord(db, { organizationId, callId }, logger);
  const call = { ...servedParts(db, { organizationId, agentId, callId }, language), record, desk };
  const tool = scheduleAppointment(call);
  const tools = new ToolDesk({ call, logger, onChange: () => {} });
  const offer = await desk.findTimes(SOON);
  const [slot] = 'slots' in offer ? offer.slots : [];
  const book = (args: Record<string, unknown>) =>
    tools.run(
      tool,
      {
        slot_id: slot?.slot_id,
        attendee_phone: null,
        answers: null,
        notes: null,
        read_back_confirmed: null,
        ...args,
      },
      undefined,
    );
  const bookings = () =>
    db
      .selectFrom('fakeCalendarBookings')
      .select('attendee')
      .where('organizationId', '=', organizationId)
      .execute();
  return { book, bookings, desk };
}

describe('schedule_appointment', () => {
  const spelled = {
    attendee_name: 'j o h n, s m y t h',
    attendee_email: 'j o h n two three at the rate example dot com',
  };

  it('books what was spelled once it was read back and the caller said yes', async () => {
    const { book, bookings } = await openTool();
    expect(await book(spelled)).toEqual({
      status: 'read_back',
      message: 'I have John Smyth and john23@example.com. Is that right?',
      name: 'John Smyth',
      email: 'john23@example.com',
    });
    expect(await bookings()).toEqual([]);
    const written = { attendee_name: 'John Smyth', attendee_email: 'john23@example.com' };
    expect(await book(written)).toMatchObject({ status: 'read_back' });
    expect(await bookings()).toEqual([]);
    expect(await book({ ...written, read_back_confirmed: true })).toMatchObject({
      status: 'booked',
    });
    expect(await bookings()).toMatchObject([
      { attendee: { name: 'John Smyth', email: 'john23@example.com' } },
    ]);
  });

  it.each([
    ['because of "slash"', { attendee_email: 'john slash smith at example dot com' }],
    ['johno7@example.com or john07@', { attendee_email: 'j o h n oh seven at example dot com' }],
    ['because of "seven"', { attendee_name: 'o apostrophe h a r a seven' }],
  ])('guesses nothing that can be read in two ways: %s', async (asked, change) => {
    const { book, bookings } = await openTool();
    await expect(book({ ...spelled, ...change })).rejects.toThrow(asked);
    await expect(book({ ...spelled, ...change, read_back_confirmed: true })).rejects.toThrow(asked);
    expect(await bookings()).toEqual([]);
  });

  it('reads what is spelled in the language of the agent', async () => {
    const { book } = await openTool('es-MX');
    const attendee_email = 'jota u a n guion bajo p e eñe a arroba example punto es';
    expect(await book({ ...spelled, attendee_email })).toMatchObject({
      email: 'juan_peña@example.es',
    });
  });

  it('offers a common domain and books the one that the caller insists on', async () => {
    const { book, bookings } = await openTool();
    const given = { attendee_name: 'John Smyth', attendee_email: 'john@gmail.con' };
    expect(await book(given)).toMatchObject({
      status: 'read_back',
      email: 'john@gmail.con',
      did_you_mean: 'john@gmail.com',
    });
    expect(await bookings()).toEqual([]);
    await book({ ...given, read_back_confirmed: true });
    expect(await bookings()).toMatchObject([{ attendee: { email: 'john@gmail.con' } }]);
  });

  it('books a number that was said in words after a yes', async () => {
    const { book, bookings } = await openTool();
    const given = { attendee_name: 'John Smyth', attendee_email: 'john23@example.com' };
    const said = 'plus one, two one two, five five five, oh one double two';
    expect(await book({ ...given, attendee_phone: said })).toMatchObject({
      status: 'read_back',
      phone: '+12125550122',
    });
    const digits = { attendee_phone: '+12125550122', read_back_confirmed: true };
    expect(await book({ ...given, ...digits })).toMatchObject({ status: 'booked' });
    expect(await bookings()).toMatchObject([{ attendee: { phone: '+12125550122' } }]);
  });

  it('books what was typed without asking, though it looks spelled', async () => {
    const { book, bookings, desk } = await openTool();
    desk.details.type({ name: 'Bee Dee', email: 'dot@example.com' });
    const given = { attendee_name: 'bee dee', attendee_email: 'Dot@example.com' };
    expect(await book(given)).toMatchObject({ status: 'booked' });
    expect(await bookings()).toMatchObject([
      { attendee: { name: 'Bee Dee', email: 'dot@example.com' } },
    ]);
  });

  it('asks about an address that is not the typed one, and shows what it asks about', async () => {
    const { book, bookings, desk } = await openTool();
    desk.details.type({ name: 'John Smyth', email: 'john23@example.com' });
    const other = { attendee_name: 'John Smyth', attendee_email: 'jon23@example.com' };
    expect(await book(other)).toMatchObject({ status: 'read_back', email: 'jon23@example.com' });
    expect(desk.callerDetails[1]).toMatchObject({ value: 'jon23@example.com', state: 'heard' });
    expect(await bookings()).toEqual([]);
    expect(await book({ ...other, read_back_confirmed: true })).toMatchObject({
      status: 'booked',
    });
    expect(desk.callerDetails[1]).toMatchObject({ state: 'confirmed' });
  });

  it('asks about a typed slip aloud too, until it is typed again', async () => {
    const { book, desk } = await openTool();
    const given = { attendee_name: 'John Smyth', attendee_email: 'john@gmail.con' };
    desk.details.type({ name: 'John Smyth', email: 'john@gmail.con' });
    expect(await book(given)).toMatchObject({ did_you_mean: 'john@gmail.com' });
    desk.details.type({ email: 'john@gmail.con' });
    expect(await book(given)).toMatchObject({ status: 'booked' });
  });

  it('books at once what is written as it is', async () => {
    const { book } = await openTool();
    const written = { attendee_name: 'John Smyth', attendee_email: 'john23@example.com' };
    expect(await book(written)).toMatchObject({ status: 'booked' });
  });

  it('refuses what is spelled without end, in a moment', async () => {
    const { book, bookings } = await openTool();
    const endless = 'm as in mike '.repeat(8_000);
    const before = performance.now();
    await expect(book({ ...spelled, attendee_name: endless })).rejects.toThrow(/name.*100/);
    await expect(book({ ...spelled, attendee_email: endless })).rejects.toThrow(/e-mail/);
    expect(performance.now() - before).toBeLessThan(1_000);
    expect(await bookings()).toEqual([]);
  });
});
