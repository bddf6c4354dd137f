import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  BookingNotFoundError,
  RequestRefusedError,
  SlotUnavailableError,
} from '../../calendar/calendar-error.ts';
import type { Attendee, BookRequest, Calendar, Slot } from '../../calendar/calendar.ts';

const DAY = 24 * 3_600_000;
const MINUTE = 60_000;

export interface ContractSetup {
  calendar: Calendar;
  now: () => Date;
}

/**
 * What every calendar keeps, whatever provider lies behind it. `setup` gives a calendar with at
 * least thirty free slots in the next four weeks.
 */
export function describeCalendarContract(name: string, setup: () => Promise<ContractSetup>): void {
  describe(`${name} keeps the calendar contract`, () => {
    let calendar: Calendar;
    let now: () => Date;
    const free: Slot[] = [];
    beforeAll(async () => {
      ({ calendar, now } = await setup());
      const range = { from: now(), to: new Date(now().getTime() + 28 * DAY) };
      free.push(...(await calendar.listSlots(range)));
    });
    /** A slot that no other test of this suite takes. */
    const freshSlot = (): Slot => {
      const slot = free.shift();
      if (!slot) throw new Error('The calendar under test has too few free slots.');
      return slot;
    };
    const request = (change: Partial<BookRequest> = {}): BookRequest => ({
      slot: freshSlot(),
      attendee: attendee(),
      key: randomUUID(),
      notes: null,
      answers: {},
      ...change,
    });
    const isListed = async (slot: Slot): Promise<boolean> => {
      const listed = await calendar.listSlots({ from: slot.start, to: slot.end });
      return listed.some((other) => other.start.getTime() === slot.start.getTime());
    };

    it('lists slots in order, in the future, each as long as it says', async () => {
      const { durationMinutes } = await calendar.describe();
      expect(free.length).toBeGreaterThan(20);
      const starts = free.map((slot) => slot.start.getTime());
      expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
      expect(starts[0]).toBeGreaterThan(now().getTime());
      for (const slot of free) {
        expect(slot.end.getTime() - slot.start.getTime()).toBe(durationMinutes * MINUTE);
      }
    });

    it('lists only slots that start in the range, its end excluded', async () => {
      const [first, second] = [freshSlot(), freshSlot()];
      const listed = await calendar.listSlots({ from: first.start, to: second.start });
      expect(listed.map((slot) => slot.start)).toEqual([first.start]);
    });

    it('lists nothing in the past', async () => {
      const range = { from: new Date(now().getTime() - 7 * DAY), to: now() };
      expect(await calendar.listSlots(range)).toEqual([]);
    });

    it('books a free slot, which then is free no more', async () => {
      const wanted = request();
      const booking = await calendar.book(wanted);
      expect(booking).toMatchObject({ ...wanted.slot, status: 'confirmed', key: wanted.key });
      expect(booking.attendee).toMatchObject({ name: wanted.attendee.name });
      expect(await isListed(wanted.slot)).toBe(false);
    });

    it('answers the same booking when the same key is sent again', async () => {
      const wanted = request();
      const [first, second] = [await calendar.book(wanted), await calendar.book(wanted)];
      expect(second.reference).toBe(first.reference);
    });

    it('lets one of several racing callers have a slot and refuses the others', async () => {
      const slot = freshSlot();
      const attempts = await Promise.allSettled(
        Array.from({ length: 6 }, () => calendar.book(request({ slot }))),
      );
      const refusals = attempts.filter((attempt) => attempt.status === 'rejected');
      expect(refusals).toHaveLength(attempts.length - 1);
      for (const { reason } of refusals) expect(reason).toBeInstanceOf(SlotUnavailableError);
    });

    it.each([
      ['off the grid', (slot: Slot) => moved(slot, 7 * MINUTE)],
      ['in the past', (slot: Slot) => moved(slot, now().getTime() - slot.start.getTime() - DAY)],
      ['too far ahead', (slot: Slot) => moved(slot, 3_650 * DAY)],
      ['longer than offered', (slot: Slot) => ({ ...slot, end: moved(slot, MINUTE).end })],
    ])('refuses a slot %s', async (_, change) => {
      const slot = freshSlot();
      await expect(calendar.book(request({ slot: change(slot) }))).rejects.toThrow(
        SlotUnavailableError,
      );
      expect(await isListed(slot)).toBe(true);
    });

    it.each([
      ['name', { name: '  ' }],
      ['email', { email: 'mary at example' }],
      ['email', { email: null }],
      ['phone', { phone: '12' }],
    ] as const)('refuses a bad %s and names the field', async (field, change) => {
      const { requiredAttendeeFields } = await calendar.describe();
      if (field === 'email' && !requiredAttendeeFields.includes('email')) return;
      const wanted = request({ attendee: { ...attendee(), ...change } });
      const refusal: unknown = await calendar.book(wanted).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(RequestRefusedError);
      expect((refusal as RequestRefusedError).field).toBe(field);
      expect(await isListed(wanted.slot)).toBe(true);
    });

    it('finds bookings by key and by e-mail, and nobody else’s', async () => {
      const wanted = request();
      const booking = await calendar.book(wanted);
      await calendar.book(request());
      const byKey = await calendar.findBookings({ key: wanted.key, ...contact(wanted.attendee) });
      expect(byKey.map((found) => found.reference)).toEqual([booking.reference]);
      const byMail = await calendar.findBookings(contact(wanted.attendee));
      expect(byMail.map((found) => found.reference)).toEqual([booking.reference]);
      expect(await calendar.findBookings({ email: 'nobody@example.com' })).toEqual([]);
    });

    it('moves a booking, keeps its reference, and frees the old time', async () => {
      const wanted = request();
      const booking = await calendar.book(wanted);
      const slot = freshSlot();
      const after = await calendar.reschedule(booking.reference, slot, 'The caller asked.');
      expect(after).toMatchObject({ ...slot, reference: booking.reference, status: 'confirmed' });
      expect(await isListed(wanted.slot)).toBe(true);
      expect(await isListed(slot)).toBe(false);
    });

    it('does nothing when a booking is moved to where it is', async () => {
      const wanted = request();
      const booking = await calendar.book(wanted);
      const after = await calendar.reschedule(booking.reference, wanted.slot, 'No change.');
      expect(after).toMatchObject({ reference: booking.reference, ...wanted.slot });
    });

    it('refuses to move a booking to a taken time and leaves it where it is', async () => {
      const rival = await calendar.book(request());
      const wanted = request();
      const booking = await calendar.book(wanted);
      const taken = { start: rival.start, end: rival.end };
      await expect(calendar.reschedule(booking.reference, taken, 'Swap.')).rejects.toThrow(
        SlotUnavailableError,
      );
      const [still] = await calendar.findBookings(contact(wanted.attendee));
      expect(still?.start).toEqual(wanted.slot.start);
    });

    it('cancels once, stays cancelled, and frees the time', async () => {
      const wanted = request();
      const booking = await calendar.book(wanted);
      await calendar.cancel(booking.reference, 'The caller asked.');
      const again = await calendar.cancel(booking.reference, 'The caller asked again.');
      expect(again.status).toBe('cancelled');
      expect(await isListed(wanted.slot)).toBe(true);
    });

    it('refuses to move or cancel what it does not have', async () => {
      const unknown = 'no-such-reference';
      await expect(calendar.cancel(unknown, 'Test.')).rejects.toThrow(BookingNotFoundError);
      await expect(calendar.reschedule(unknown, freshSlot(), 'Test.')).rejects.toThrow(
        BookingNotFoundError,
      );
    });
  });
}

function attendee(): Attendee {
  return {
    name: 'Mary Smith',
    email: `mary.${randomUUID().slice(0, 8)}@example.com`,
    phone: null,
    timeZone: 'America/New_York',
  };
}

function contact(of: Attendee): { email: string } {
  return { email: of.email ?? '' };
}

function moved(slot: Slot, by: number): Slot {
  return { start: new Date(slot.start.getTime() + by), end: new Date(slot.end.getTime() + by) };
}
