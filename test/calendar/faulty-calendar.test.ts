import { describe, expect, it } from 'vitest';
import { storedBookings } from '../../booking/calendars/stored-bookings.ts';
import type { Calendar, Slot } from '../../calendar/calendar.ts';
import { FakeCalendar } from '../../calendar/fake/fake-calendar.ts';
import { faultyCalendar } from '../../calendar/faulty-calendar.ts';
import type { CalendarFault } from '../../calendar/faulty-calendar.ts';
import { insertTenant } from '../support/tenants.ts';
import { clockFrom } from '../support/test-clock.ts';
import { useTestDatabase } from '../support/test-database.ts';

const CLOCK = clockFrom('2026-11-23T14:00:00Z');
const DAY = { from: new Date('2026-11-24T05:00:00Z'), to: new Date('2026-11-25T05:00:00Z') };
const attendee = { name: 'Mary', email: 'mary@example.com', phone: null, timeZone: 'UTC' };

describe('a faulty calendar', () => {
  const database = useTestDatabase({ clock: CLOCK });

  async function open(...faults: CalendarFault[]): Promise<{ real: Calendar; faulty: Calendar }> {
    const tenant = await insertTenant(database.db);
    const real = new FakeCalendar({
      timeZone: 'America/New_York',
      durationMinutes: 30,
      settings: { seed: 7, busy: [], durations: [], emailOptional: false },
      store: storedBookings(database.db, { ...tenant, eventType: 'appointment' }),
      now: CLOCK.now,
    });
    return { real, faulty: faultyCalendar(real, faults) };
  }

  async function twoSlots(calendar: Calendar): Promise<[Slot, Slot]> {
    const [one, other] = await calendar.listSlots(DAY);
    if (!one || !other) throw new Error('The day has too few free times.');
    return [one, other];
  }

  function request(slot: Slot) {
    return { slot, attendee, key: 'key', notes: null, answers: {} };
  }

  it('fails as often as it was told and is right again', async () => {
    const { faulty } = await open(
      { at: 'calendar.listSlots', kind: 'unreachable', times: 1 },
      { at: 'calendar.findBookings', kind: 'rate-limited', times: 1, milliseconds: 700 },
    );
    await expect(faulty.listSlots(DAY)).rejects.toMatchObject({ name: 'CalendarUnreachableError' });
    expect(await faulty.listSlots(DAY)).not.toEqual([]);
    await expect(faulty.findBookings({ key: 'key' })).rejects.toMatchObject({
      name: 'RateLimitedError',
      retryAfter: 700,
    });
    expect(await faulty.findBookings({ key: 'key' })).toEqual([]);
  });

  it.each(['unreachable', 'rate-limited'] as const)('writes nothing when %s', async (kind) => {
    const { real, faulty } = await open(
      { at: 'calendar.book', kind, times: 1 },
      { at: 'calendar.reschedule', kind, times: 1 },
      { at: 'calendar.cancel', kind, times: 1 },
    );
    const [one, other] = await twoSlots(real);
    await expect(faulty.book(request(one))).rejects.toMatchObject({ isRetryable: true });
    expect(await real.findBookings({ key: 'key' })).toEqual([]);
    const { reference } = await faulty.book(request(one));
    await expect(faulty.reschedule(reference, other, '')).rejects.toMatchObject({
      isRetryable: true,
    });
    await expect(faulty.cancel(reference, '')).rejects.toMatchObject({ isRetryable: true });
    expect(await real.findBookings({ key: 'key' })).toMatchObject([
      { start: one.start, status: 'confirmed' },
    ]);
  });

  it('writes, and then does not answer', async () => {
    const kind = 'commit-then-timeout';
    const { real, faulty } = await open(
      { at: 'calendar.book', kind, times: 1 },
      { at: 'calendar.reschedule', kind, times: 1 },
      { at: 'calendar.cancel', kind, times: 1 },
    );
    const [one, other] = await twoSlots(real);
    const standing = async () => (await real.findBookings({ key: 'key' }))[0];
    const lost = { name: 'OutcomeUnknownError' };
    await expect(faulty.book(request(one))).rejects.toMatchObject(lost);
    const reference = (await standing())?.reference ?? '';
    await expect(faulty.reschedule(reference, other, '')).rejects.toMatchObject(lost);
    expect(await standing()).toMatchObject({ start: other.start, status: 'confirmed' });
    await expect(faulty.cancel(reference, '')).rejects.toMatchObject(lost);
    expect(await standing()).toMatchObject({ status: 'cancelled' });
  });

  it('lets a rival take the time that is wanted', async () => {
    const { real, faulty } = await open(
      { at: 'calendar.book', kind: 'taken', times: 1 },
      { at: 'calendar.reschedule', kind: 'taken', times: 1 },
    );
    const [one, other] = await twoSlots(real);
    const taken = { name: 'SlotUnavailableError' };
    await expect(faulty.book(request(one))).rejects.toMatchObject(taken);
    const [third] = await twoSlots(real);
    const { reference } = await faulty.book(request(third));
    const free = (await real.listSlots(DAY)).find((slot) => slot.start > other.start);
    if (!free) throw new Error('The day has too few free times.');
    await expect(faulty.reschedule(reference, free, '')).rejects.toMatchObject(taken);
    expect(await real.findBookings({ email: 'rival@example.com' })).toMatchObject([
      { start: one.start },
      { start: free.start },
    ]);
  });
});
