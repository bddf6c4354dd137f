import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { readProviders } from '../../../calendar/providers.ts';
import type { BookingDesk } from '../../../booking/desk/booking-desk.ts';
import type { OfferAnswer } from '../../../booking/offering/offer.ts';
import { createMailer } from '../../../jobs/mail/mailer.ts';
import { sendMail } from '../../../jobs/tasks/send-mail.ts';
import { parseMail } from '../../support/mail-parts.ts';
import { startSmtpServer } from '../../support/smtp-server.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { openTestDesk } from '../../support/test-desk.ts';
import type { TestDeskOptions } from '../../support/test-desk.ts';

/** A Monday, 9:00 in New York. */
const CLOCK = clockFrom('2026-11-23T14:00:00Z');
const PHONE = '+12125550123';
const MARY = {
  name: 'Mary Smith',
  email: 'mary.smith@example.com',
  phone: PHONE,
  notes: null,
  answers: [],
};
const BOB = { ...MARY, name: 'Bob Jones', email: 'bob@example.com' };
const wish = (when: string) => ({ when, rangeDays: null, event: null, durationMinutes: null });

describe('the proof of a caller', () => {
  const database = useTestDatabase({ maxConnections: 5, clock: CLOCK });

  const call = async (tenant: Tenant, options: Partial<TestDeskOptions> = {}) =>
    (await openTestDesk(database.db, { clock: CLOCK, tenant, ...options })).desk;

  /** Books in a call of its own; answers the time as it is said. */
  async function book(
    tenant: Tenant,
    when: string,
    who: typeof MARY = MARY,
    options: Partial<TestDeskOptions> = {},
  ): Promise<string> {
    const desk = await call(tenant, options);
    const [slot] = slotsOf(await desk.findTimes(wish(when)));
    const booked = await desk.changes.schedule({ slotId: slot?.slot_id ?? '', ...who });
    if (booked.status !== 'booked') throw new Error(booked.status);
    await desk.release();
    return slot?.label ?? '';
  }

  const prove = (desk: BookingDesk, detail: string | null, email: string | null = MARY.email) =>
    desk.findAppointments({ email, detail });

  describe('by a detail', () => {
    it.each([
      'monday or tuesday from nine to six',
      'wednesday or thursday from nine to six',
      'on Tuesday',
      'tuesday afternoon',
      'tuesday from twelve to two',
      'tuesday at twelve or at four',
      'this week',
    ])('is none that could be said of many: "%s"', async (detail) => {
      const tenant = await insertTenant(database.db);
      await book(tenant, 'tuesday afternoon');
      const desk = await call(tenant);
      expect((await prove(desk, detail)).status).toBe('question');
    });

    it('finds strangers their appointments with the address alone as good as never', async () => {
      const tenant = await insertTenant(database.db);
      const strangers = Array.from({ length: 20 }, (_, index) => `stranger${index}@example.com`);
      const days = ['tomorrow', 'on wednesday', 'on thursday', 'on friday', 'next monday'];
      for (const [index, email] of strangers.entries()) {
        await book(tenant, days[index % days.length] ?? '', { ...MARY, email });
      }
      const guesses = [
        'monday or tuesday from nine to six',
        'wednesday or thursday from nine to six',
        'friday',
        'tomorrow at nine',
        'wednesday at ten',
        'thursday at eleven',
      ];
      let found = 0;
      for (const email of strangers) {
        const desk = await call(tenant, { visitor: 'digest-of-an-address-1' });
        for (const guess of guesses) {
          const answer = await prove(desk, guess, email).catch(() => null);
          if (answer?.status === 'found') found += 1;
        }
      }
      expect(found).toBeLessThanOrEqual(2);
    });

    it('may be said in two breaths', async () => {
      const tenant = await insertTenant(database.db);
      const label = await book(tenant, 'thursday afternoon');
      const desk = await call(tenant);
      expect(await prove(desk, 'it is on thursday')).toEqual({
        status: 'question',
        message: 'And at what time on that day?',
      });
      const time = label.split(' at ')[1] ?? '';
      expect((await prove(desk, `at ${time}`)).status).toBe('found');
    });

    it('is counted of a caller, whatever the address and the call', async () => {
      const tenant = await insertTenant(database.db);
      const label = await book(tenant, 'thursday afternoon');
      const mischief = { visitor: 'digest-of-an-address-2' };
      for (let count = 0; count < 10; count += 1) {
        const desk = await call(tenant, mischief);
        await prove(desk, 'thursday at nine', `guess${count}@example.com`);
      }
      expect((await prove(await call(tenant, mischief), label)).status).toBe('not_found');
      expect((await prove(await call(tenant), label)).status).toBe('found');
    });

    it('counts again the day after strangers have guessed at the address', async () => {
      const tenant = await insertTenant(database.db);
      const label = await book(tenant, 'thursday afternoon');
      for (let count = 0; count < 3; count += 1) {
        await prove(await call(tenant), `friday at ${9 + count}`);
      }
      expect((await prove(await call(tenant), label)).status).toBe('not_found');
      await database.db
        .updateTable('callerGuesses')
        .set({ guessedAt: CLOCK.ago(25 * 3_600_000) })
        .where('organizationId', '=', tenant.organizationId)
        .execute();
      expect((await prove(await call(tenant), label)).status).toBe('found');
    });
  });

  describe('by the number of the line', () => {
    it('is not ended by a booking that somebody else made with it', async () => {
      const tenant = await insertTenant(database.db);
      const own = await book(tenant, 'tuesday afternoon', MARY, { callerNumber: PHONE });
      await book(tenant, 'on thursday', BOB);
      const answer = await (
        await call(tenant, { callerNumber: PHONE })
      ).findAppointments({ email: null, detail: null });
      expect(answer).toMatchObject({ status: 'found', appointments: [{ label: own }] });
      if (answer.status !== 'found') throw new Error(answer.status);
      expect(answer.appointments).toHaveLength(1);
    });

    it('costs one question where nobody booked from that line', async () => {
      const tenant = await insertTenant(database.db);
      const own = await book(tenant, 'tuesday afternoon');
      await book(tenant, 'on thursday', BOB);
      const desk = await call(tenant, { callerNumber: PHONE });
      expect(await prove(desk, null, null)).toMatchObject({
        status: 'question',
        message: expect.stringContaining('which day') as string,
      });
      const found = await prove(desk, own, null);
      expect(found).toMatchObject({ status: 'found', appointments: [{ label: own }] });
    });
  });

  describe('by a mailed code', () => {
    const ASKED = {
      status: 'question',
      message:
        'If an appointment was made with that address, a code of six digits is on its way to it. What is the code?',
    };
    const askForCode = (desk: BookingDesk, email = MARY.email) =>
      desk.findAppointments({ email, detail: null, mailCode: true });

    /** The codes that were mailed, as their readers see them. */
    async function readMail(): Promise<{ to: string; code: string; text: string }[]> {
      await using server = await startSmtpServer();
      const mailer = createMailer({ url: server.url, from: 'desk@example.com' });
      const logger = pino({ level: 'silent' });
      const task = sendMail({
        db: database.db,
        logger,
        mailer,
        now: CLOCK.now,
        providers: readProviders({}),
      });
      await task({}, undefined as never);
      mailer.close();
      return server.received.flatMap(({ to, raw }) => {
        const text = parseMail(raw).parts[0]?.content ?? '';
        const code = /code is (\d{3} \d{3})/.exec(text)?.[1];
        return code === undefined ? [] : [{ to, code, text }];
      });
    }

    it('finds everything of an address, though strangers have guessed at it', async () => {
      const tenant = await insertTenant(database.db);
      const label = await book(tenant, 'tuesday afternoon');
      for (let count = 0; count < 3; count += 1) await prove(await call(tenant), 'friday at nine');
      const desk = await call(tenant);
      expect(await askForCode(desk)).toEqual(ASKED);
      const [mail, ...others] = await readMail();
      expect(others).toEqual([]);
      expect(mail?.to).toContain(MARY.email);
      expect(mail?.text).not.toContain('November');
      expect(await prove(desk, `it is ${mail?.code}`)).toMatchObject({
        status: 'found',
        appointments: [{ label }],
      });
      expect((await prove(desk, mail?.code ?? '')).status).toBe('not_found');
    });

    it('is worth nothing in another call', async () => {
      const tenant = await insertTenant(database.db);
      await book(tenant, 'tuesday afternoon');
      await askForCode(await call(tenant));
      const [mail] = await readMail();
      const other = await call(tenant);
      expect((await prove(other, mail?.code ?? '')).status).not.toBe('found');
      await askForCode(other);
      expect((await prove(other, mail?.code ?? '')).status).toBe('not_found');
    });

    it('cannot be guessed', async () => {
      const tenant = await insertTenant(database.db);
      await book(tenant, 'tuesday afternoon');
      const desk = await call(tenant);
      await askForCode(desk);
      const [mail] = await readMail();
      const wrong = mail?.code === '000 000' ? '111 111' : '000 000';
      for (let count = 0; count < 3; count += 1) {
        expect((await prove(desk, wrong)).status).toBe('not_found');
      }
      expect((await prove(desk, mail?.code ?? '')).status).toBe('not_found');
    });

    it('tells nothing of whether there is an appointment, and floods nobody', async () => {
      const tenant = await insertTenant(database.db);
      await book(tenant, 'tuesday afternoon');
      expect(await askForCode(await call(tenant), 'nobody@example.com')).toEqual(ASKED);
      expect(await readMail()).toEqual([]);
      for (let count = 0; count < 5; count += 1) {
        expect(await askForCode(await call(tenant))).toEqual(ASKED);
      }
      expect(await readMail()).toHaveLength(3);
    });

    it('expires', async () => {
      const tenant = await insertTenant(database.db);
      await book(tenant, 'tuesday afternoon');
      const desk = await call(tenant);
      await askForCode(desk);
      const [mail] = await readMail();
      await database.db
        .updateTable('mailedCodes')
        .set({ expiresAt: CLOCK.ago(1_000) })
        .where('organizationId', '=', tenant.organizationId)
        .execute();
      expect((await prove(desk, mail?.code ?? '')).status).toBe('not_found');
    });

    it('is not offered where mail waits for a server', async () => {
      const tenant = await insertTenant(database.db);
      await book(tenant, 'tuesday afternoon');
      await database.db
        .updateTable('outboxMessages')
        .set({ dueAt: CLOCK.ago(300_000) })
        .where('organizationId', '=', tenant.organizationId)
        .execute();
      const desk = await call(tenant);
      expect((await prove(desk, 'friday at nine')).message).not.toContain('code');
      expect((await askForCode(desk)).message).toContain('cannot mail a code');
      await readMail();
    });
  });

  it('shows the attendee of what was found to no page, and keeps it for the call’s row', async () => {
    const tenant = await insertTenant(database.db);
    const label = await book(tenant, 'tuesday afternoon');
    const desk = await call(tenant);
    await prove(desk, label);
    await desk.changes.cancel({ appointmentId: 'appointment_1', reason: null });
    expect(desk.appointment).toMatchObject({
      status: 'cancelled',
      attendee: null,
      confirmation: { attendee: { name: MARY.name, email: MARY.email } },
    });
    const own = await call(tenant);
    const [slot] = slotsOf(await own.findTimes(wish('on friday')));
    await own.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY });
    expect(own.appointment).toMatchObject({ attendee: { name: MARY.name } });
  });
});

function slotsOf(answer: OfferAnswer) {
  return answer.status === 'question' ? [] : answer.slots;
}
