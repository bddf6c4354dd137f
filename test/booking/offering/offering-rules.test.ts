import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import type { NewBookingEvent } from '../../../db/booking-events.ts';
import { insertTenant } from '../../support/tenants.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { MARY, SOON, openTestDesk } from '../../support/test-desk.ts';

/** A Monday, 9:00 in New York. */
const CLOCK = clockFrom('2026-11-23T14:00:00Z');

describe('offering rules', () => {
  const database = useTestDatabase({ maxConnections: 5, clock: CLOCK });

  async function desk(event: Partial<NewBookingEvent>, variables: Record<string, string> = {}) {
    const tenant = await insertTenant(database.db, { event });
    return (await openTestDesk(database.db, { clock: CLOCK, tenant, variables })).desk;
  }

  async function firstOffer(event: Partial<NewBookingEvent>): Promise<DateTime[]> {
    const front = await desk(event);
    await front.findTimes(SOON);
    return starts(front.offer);
  }

  it('begin on the initial booking date', async () => {
    const offered = await firstOffer({ initialBookingDate: '2026-12-07' });
    expect(offered[0]?.toISODate()).toBe('2026-12-07');
  });

  it('forget an initial booking date that has come', async () => {
    const offered = await firstOffer({ initialBookingDate: '2026-11-02' });
    expect(offered[0]?.toISODate()).toBe('2026-11-23');
  });

  it('offer times of the given number of days', async () => {
    const offered = await firstOffer({ offeringDays: 1 });
    expect(new Set(offered.map((start) => start.toISODate()))).toEqual(new Set(['2026-11-23']));
  });

  it('offer a given number of times a day', async () => {
    const offered = await firstOffer({ slotsPerDay: 1 });
    const days = offered.map((start) => start.toISODate());
    expect(days).toHaveLength(4);
    expect(new Set(days).size).toBe(4);
  });

  it('keep the given hours between the times of a day', async () => {
    const offered = await firstOffer({ offeringDays: 1, hoursBetweenSlots: 3 });
    expect(offered.length).toBeGreaterThan(1);
    const gaps = offered.slice(1).map((start, index) => start.diff(offered[index] ?? start));
    expect(Math.min(...gaps.map((gap) => gap.as('hours')))).toBeGreaterThanOrEqual(3);
  });

  it('only shape the first suggestions: what else is free is offered when asked for', async () => {
    const front = await desk({ initialBookingDate: '2026-12-07', slotsPerDay: 1 });
    await front.findTimes(SOON);
    expect(starts(front.offer)[0]?.toISODate()).toBe('2026-12-07');
    await front.findTimes({ ...SOON, when: 'tomorrow' });
    const tomorrow = starts(front.offer);
    expect(tomorrow.length).toBeGreaterThan(1);
    expect(new Set(tomorrow.map((start) => start.toISODate()))).toEqual(new Set(['2026-11-24']));
  });

  it('look further when their days are full', async () => {
    const tenant = await insertTenant(database.db, {
      settings: { seed: 7, busy: ['2026-11-23T00:00/2026-11-28T00:00'] },
      event: { offeringDays: 2 },
    });
    const { desk: front } = await openTestDesk(database.db, { clock: CLOCK, tenant });
    expect(await front.findTimes(SOON)).toMatchObject({ status: 'slots' });
    expect(starts(front.offer)[0]?.toISODate()).toBe('2026-11-30');
  });

  it('take the time zone of an outbound call, when it exists', async () => {
    const variables = { cal_timezone: 'Europe/Berlin' };
    const there = await desk({ timeZone: 'America/New_York' }, variables);
    await there.findTimes(SOON);
    // Half past nine in New York, where the calendar is.
    expect(there.offer?.slots[0]?.label).toBe('Monday, November 23 at 3:30 PM');
    const wrong = await desk({}, { cal_timezone: 'Mars/Olympus' });
    await wrong.findTimes(SOON);
    expect(wrong.offer?.slots[0]?.label).toBe('Monday, November 23 at 9:30 AM');
  });

  it.each([
    { variables: {}, organizer: 'owner@example.com' },
    { variables: { cal_email: 'seller@example.com' }, organizer: 'seller@example.com' },
  ])('invite in the name of $organizer for $variables', async ({ variables, organizer }) => {
    const tenant = await insertTenant(database.db, {
      event: { organizerEmail: 'owner@example.com' },
    });
    const { desk: front } = await openTestDesk(database.db, { clock: CLOCK, tenant, variables });
    await front.findTimes(SOON);
    await front.changes.schedule({
      slotId: front.offer?.slots[0]?.id ?? '',
      ...MARY,
    });
    const { db } = database;
    const { organizationId } = tenant;
    const message = await db
      .selectFrom('outboxMessages')
      .select('payload')
      .where('organizationId', '=', organizationId)
      .executeTakeFirstOrThrow();
    expect(message.payload).toMatchObject({ organizer: { email: organizer } });
    const appointment = await db
      .selectFrom('appointments')
      .select('organizerEmail')
      .where('organizationId', '=', organizationId)
      .executeTakeFirstOrThrow();
    expect(appointment.organizerEmail).toBe(organizer);
  });
});

function starts(offer: { slots: { start: string }[] } | null): DateTime[] {
  return (offer?.slots ?? []).map(({ start }) =>
    DateTime.fromISO(start, { zone: 'America/New_York' }),
  );
}
