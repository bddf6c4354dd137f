import { describe, expect, it } from 'vitest';
import { BookingError } from '../../../booking/booking-error.ts';
import type { OfferAnswer } from '../../../booking/offering/offer.ts';
import type { Calendar } from '../../../calendar/calendar.ts';
import { CalendarUnreachableError, OutcomeUnknownError } from '../../../calendar/calendar-error.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';
import { MARY, openTestDesk } from '../../support/test-desk.ts';
import type { TestDeskOptions } from '../../support/test-desk.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';

/** A Monday, 9:00 in New York. */
const CLOCK = clockFrom('2026-11-23T14:00:00Z');

/** Of the only kind of appointment, and as long as usual. */
const USUAL = { event: null, durationMinutes: null };

describe('BookingDesk', () => {
  const database = useTestDatabase({ maxConnections: 20, clock: CLOCK });

  const desk = (options: Omit<TestDeskOptions, 'clock'> = {}) =>
    openTestDesk(database.db, { clock: CLOCK, ...options });

  const rows = async (tenant: Tenant) => {
    const of = { organizationId: tenant.organizationId };
    const [appointments, bookings, intents] = await Promise.all([
      database.db
        .selectFrom('appointments')
        .selectAll()
        .where('organizationId', '=', of.organizationId)
        .execute(),
      database.db
        .selectFrom('fakeCalendarBookings')
        .selectAll()
        .where('organizationId', '=', of.organizationId)
        .where('status', '=', 'confirmed')
        .execute(),
      database.db
        .selectFrom('bookingIntents')
        .selectAll()
        .where('organizationId', '=', of.organizationId)
        .orderBy('createdAt')
        .execute(),
    ]);
    return { appointments, bookings, intents };
  };

  it('offers a few times of the day that was asked for, in at most 1 KB', async () => {
    const { desk: front } = await desk();
    const answer = await front.findTimes({
      when: 'next tuesday afternoon',
      rangeDays: null,
      ...USUAL,
    });
    expect(answer.status).toBe('slots');
    expect(offered(answer).length).toBeGreaterThanOrEqual(2);
    expect(offered(answer).length).toBeLessThanOrEqual(5);
    for (const { label } of offered(answer)) {
      expect(label).toMatch(/^Tuesday, (November 24|December 1) at (12|[1-5]):[03]0 PM$/);
    }
    const soonest = await front.findTimes({ when: null, rangeDays: 90, ...USUAL });
    expect(Buffer.byteLength(JSON.stringify(soonest))).toBeLessThanOrEqual(1024);
    expect(front.offer?.slots.map((slot) => slot.id)).toEqual(
      offered(soonest).map((slot) => slot.slot_id),
    );
  });

  it('names the same slot by the same id in every zone, and says it in the caller’s', async () => {
    const east = await desk();
    const berlin = await desk({ timeZone: 'Europe/Berlin', tenant: east.tenant });
    const [first] = offered(await east.desk.findTimes({ when: null, rangeDays: null, ...USUAL }));
    await east.desk.release();
    const [same] = offered(await berlin.desk.findTimes({ when: null, rangeDays: null, ...USUAL }));
    expect(same?.slot_id).toBe(first?.slot_id);
    expect(same?.label).not.toBe(first?.label);
    expect(same?.label).toContain('European time');
  });

  it('says that nothing is free on a day and names the nearest times', async () => {
    const { desk: front } = await desk();
    const answer = await front.findTimes({
      when: 'saturday november 28',
      rangeDays: null,
      ...USUAL,
    });
    expect(answer).toMatchObject({ status: 'none' });
    expect(JSON.stringify(answer)).toContain('Nothing is free for Saturday, November 28');
    expect(offered(answer).length).toBeGreaterThan(0);
  });

  it('asks when weekday and date disagree, and offers nothing', async () => {
    const { desk: front } = await desk();
    const answer = await front.findTimes({
      when: 'wednesday november 24',
      rangeDays: null,
      ...USUAL,
    });
    expect(answer.status).toBe('question');
    expect(JSON.stringify(answer)).toContain('Tuesday');
    expect(front.offer).toBeNull();
  });

  it('books what it offered: intent, provider and appointment agree', async () => {
    const { desk: front, tenant, callId } = await desk();
    const [slot] = offered(await front.findTimes({ when: null, rangeDays: null, ...USUAL }));
    const answer = await front.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY });
    expect(answer.status).toBe('booked');
    expect(JSON.stringify(answer)).toContain(slot?.label);
    const { appointments, bookings, intents } = await rows(tenant);
    expect(appointments).toHaveLength(1);
    expect(appointments[0]).toMatchObject({
      callId,
      attendeeEmail: MARY.email,
      reference: bookings[0]?.uid,
      startAt: bookings[0]?.startAt,
      status: 'confirmed',
    });
    expect(intents[0]).toMatchObject({ state: 'confirmed', reference: bookings[0]?.uid });
    expect(intents[0]?.steps.map((step) => step.state)).toEqual([
      'requested',
      'claimed',
      'confirmed',
    ]);
    expect(front.appointment).toMatchObject({ status: 'booked', attendee: { name: 'Mary Smith' } });
  });

  it('refuses a slot that was never offered in this call', async () => {
    const tenant = await insertTenant(database.db);
    const other = await desk({ tenant });
    const [slot] = offered(await other.desk.findTimes({ when: null, rangeDays: null, ...USUAL }));
    const { desk: front } = await desk({ tenant });
    await expect(front.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY })).rejects.toThrow(
      'not offered in this call',
    );
    expect((await rows(tenant)).intents).toEqual([]);
  });

  it.each([
    ['name', { name: ' ' }],
    ['e-mail address', { email: 'mary at example' }],
    ['e-mail address', { email: null }],
    ['phone number', { phone: '12' }],
  ])('asks for the %s again when it cannot be right, and books nothing', async (word, change) => {
    const { desk: front, tenant } = await desk();
    const [slot] = offered(await front.findTimes({ when: null, rangeDays: null, ...USUAL }));
    await expect(
      front.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY, ...change }),
    ).rejects.toThrow(word);
    expect((await rows(tenant)).bookings).toEqual([]);
  });

  it('books what was pasted without its invisible characters, and an international domain', async () => {
    const { desk: front, tenant } = await desk();
    const [slot] = offered(await front.findTimes({ when: null, rangeDays: null, ...USUAL }));
    const answer = await front.changes.schedule({
      slotId: slot?.slot_id ?? '',
      ...MARY,
      name: '\u202aعلی\u200cرضا\u202c\u200b',
      email: '\u2066ali@bücher.example\ufeff',
    });
    expect(answer.status).toBe('booked');
    expect((await rows(tenant)).appointments[0]).toMatchObject({
      attendeeName: 'علی\u200cرضا',
      attendeeEmail: 'ali@xn--bcher-kva.example',
    });
  });

  it.each(['http://evil.example', 'Pay at evil.example/pay', 'mary@evil.example'])(
    'takes no name that a mail program would make a link of: %s',
    async (name) => {
      const { desk: front, tenant } = await desk();
      const [slot] = offered(await front.findTimes({ when: null, rangeDays: null, ...USUAL }));
      await expect(
        front.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY, name }),
      ).rejects.toThrow('no address of the web');
      expect((await rows(tenant)).bookings).toEqual([]);
    },
  );

  it('cuts notes between characters', async () => {
    const { desk: front, tenant } = await desk();
    const [slot] = offered(await front.findTimes({ when: null, rangeDays: null, ...USUAL }));
    const notes = `${'x'.repeat(499)}\u{1f600}`;
    const answer = await front.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY, notes });
    expect(answer.status).toBe('booked');
    expect((await rows(tenant)).bookings[0]).toMatchObject({ notes: 'x'.repeat(499) });
  });

  it.each(['+44 (0)20 7946 0123', '0044 20 7946 0123'])(
    'stores %s as it is called',
    async (phone) => {
      const { desk: front, tenant } = await desk();
      const [slot] = offered(await front.findTimes({ when: null, rangeDays: null, ...USUAL }));
      await front.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY, phone });
      expect((await rows(tenant)).appointments[0]).toMatchObject({
        attendeePhone: '+442079460123',
      });
    },
  );

  it('books once, however often the model asks for it', async () => {
    const { desk: front, tenant } = await desk();
    const [slot] = offered(await front.findTimes({ when: null, rangeDays: null, ...USUAL }));
    const request = { slotId: slot?.slot_id ?? '', ...MARY };
    const answers = await Promise.all([
      front.changes.schedule(request),
      front.changes.schedule(request),
    ]);
    answers.push(await front.changes.schedule({ ...request, name: 'Mary M. Smith' }));
    expect(answers.at(-1)?.status).toBe('booked');
    expect(answers.filter((answer) => answer.status === 'taken')).toEqual([]);
    expect((await rows(tenant)).bookings).toHaveLength(1);
    expect((await rows(tenant)).appointments).toHaveLength(1);
  });

  it('does not say of one attendee what is true of another', async () => {
    const { desk: front, tenant } = await desk();
    const [slot] = offered(await front.findTimes({ when: null, rangeDays: null, ...USUAL }));
    await front.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY });
    const bob = { ...MARY, name: 'Bob Smith', email: 'bob@example.com' };
    const answer = await front.changes.schedule({ slotId: slot?.slot_id ?? '', ...bob });
    expect(answer.status).toBe('taken');
    expect((await rows(tenant)).bookings).toHaveLength(1);
  });

  it('says that it is booked although the database goes away right after', async () => {
    const { desk: front, tenant } = await desk({
      change: (calendar) => ({
        ...bound(calendar),
        book: async (request) => {
          const booking = await calendar.book(request);
          await database.db.schema.alterTable('slotHolds').renameTo('slotHoldsAway').execute();
          return booking;
        },
      }),
    });
    const [slot] = offered(await front.findTimes({ when: null, rangeDays: null, ...USUAL }));
    try {
      const answer = await front.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY });
      expect(answer.status).toBe('booked');
      expect((await rows(tenant)).bookings).toHaveLength(1);
    } finally {
      await database.db.schema.alterTable('slotHoldsAway').renameTo('slotHolds').execute();
    }
  });

  it('promises twelve callers who ask at the same moment different times, and books each', async () => {
    const tenant = await insertTenant(database.db);
    const desks = await Promise.all(Array.from({ length: 12 }, () => desk({ tenant })));
    const offers = await Promise.all(
      desks.map(async ({ desk: front }) =>
        offered(await front.findTimes({ when: null, rangeDays: null, ...USUAL })),
      ),
    );
    const promised = offers.flat().map((slot) => slot.slot_id);
    expect(new Set(promised).size).toBe(promised.length);
    const answers = await Promise.all(
      desks.map(async ({ desk: front }, index) => {
        const email = `caller${index}@example.com`;
        const slotId = offers[index]?.[0]?.slot_id ?? '';
        return front.changes.schedule({ slotId, ...MARY, email });
      }),
    );
    expect(answers.map((answer) => answer.status)).toEqual(desks.map(() => 'booked'));
    const { bookings, appointments } = await rows(tenant);
    expect(bookings).toHaveLength(12);
    expect(appointments).toHaveLength(12);
  }, 120_000);

  it('says that a slot was taken meanwhile and offers what is near', async () => {
    const { desk: front } = await desk({
      faults: [{ at: 'calendar.book', kind: 'taken', times: 1 }],
    });
    const [slot] = offered(await front.findTimes({ when: null, rangeDays: null, ...USUAL }));
    const answer = await front.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY });
    expect(answer).toMatchObject({ status: 'taken' });
    const others = answer.status === 'taken' ? answer.slots : [];
    expect(others.length).toBeGreaterThan(0);
    expect(others.map((other) => other.slot_id)).not.toContain(slot?.slot_id);
    const second = await front.changes.schedule({ slotId: others[0]?.slot_id ?? '', ...MARY });
    expect(second.status).toBe('booked');
  });

  it('finds the booking of a write that timed out after it was made', async () => {
    const { desk: front, tenant } = await desk({
      faults: [{ at: 'calendar.book', kind: 'commit-then-timeout', times: 1 }],
    });
    const [slot] = offered(await front.findTimes({ when: null, rangeDays: null, ...USUAL }));
    const answer = await front.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY });
    expect(answer.status).toBe('booked');
    const { intents, appointments } = await rows(tenant);
    expect(appointments).toHaveLength(1);
    expect(intents[0]?.steps.map((step) => step.state)).toEqual([
      'requested',
      'claimed',
      'unknown',
      'confirmed',
    ]);
  });

  it('says neither booked nor failed while the outcome cannot be told, and offers the slot to nobody', async () => {
    const lost = (calendar: Calendar): Calendar => ({
      ...bound(calendar),
      book: () => Promise.reject(new OutcomeUnknownError('No answer.')),
    });
    const { desk: front, tenant } = await desk({ change: lost });
    const [slot] = offered(await front.findTimes({ when: null, rangeDays: null, ...USUAL }));
    const request = { slotId: slot?.slot_id ?? '', ...MARY };
    expect(await front.changes.schedule(request)).toMatchObject({ status: 'unconfirmed' });
    expect(front.appointment).toMatchObject({ status: 'unconfirmed', confirmation: null });
    expect((await rows(tenant)).intents[0]).toMatchObject({ state: 'unknown' });
    const rival = await desk({ tenant });
    const others = offered(await rival.desk.findTimes({ when: null, rangeDays: null, ...USUAL }));
    expect(others.map((other) => other.slot_id)).not.toContain(slot?.slot_id);
  });

  it('says that the calendar cannot be reached, claims nothing and lets the caller try again', async () => {
    const { desk: front, tenant } = await desk({
      faults: [{ at: 'calendar.book', kind: 'unreachable', times: 1 }],
    });
    const [slot] = offered(await front.findTimes({ when: null, rangeDays: null, ...USUAL }));
    const request = { slotId: slot?.slot_id ?? '', ...MARY };
    await expect(front.changes.schedule(request)).rejects.toThrow(BookingError);
    expect((await rows(tenant)).intents[0]).toMatchObject({ state: 'refused' });
    expect(await front.changes.schedule(request)).toMatchObject({ status: 'booked' });
  });

  it('tells the caller when free times cannot be read', async () => {
    const { desk: front } = await desk({
      change: (calendar) => ({
        ...bound(calendar),
        listSlots: () => Promise.reject(new CalendarUnreachableError('Down.')),
      }),
    });
    front.prefetch();
    await expect(front.findTimes({ when: null, rangeDays: null, ...USUAL })).rejects.toThrow(
      'cannot reach our calendar',
    );
  });
});

function offered(answer: OfferAnswer) {
  return answer.status === 'question' ? [] : answer.slots;
}

/** A calendar's methods as a plain object, to replace some of them. */
function bound(calendar: Calendar): Calendar {
  return {
    describe: () => calendar.describe(),
    listSlots: (range) => calendar.listSlots(range),
    book: (request) => calendar.book(request),
    findBookings: (query) => calendar.findBookings(query),
    reschedule: (reference, slot, reason) => calendar.reschedule(reference, slot, reason),
    cancel: (reference, reason) => calendar.cancel(reference, reason),
  };
}
