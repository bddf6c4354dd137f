import { expect, it } from 'vitest';
import {
  BookingNotFoundError,
  RequestRefusedError,
  SlotUnavailableError,
} from '../../../calendar/calendar-error.ts';
import { DAY, MINUTE, contact, moved } from './contract-world.ts';
import type { ContractWorld } from './contract-world.ts';

/** How every calendar moves and cancels. */
export function describeChanging(world: ContractWorld): void {
  it('moves a booking, keeps its reference, and frees the old time', async () => {
    const wanted = world.request();
    const booking = await world.calendar.book(wanted);
    const slot = world.freshSlot();
    const after = await world.calendar.reschedule(booking.reference, slot, 'The caller asked.');
    expect(after).toMatchObject({ ...slot, reference: booking.reference, status: 'confirmed' });
    expect(await world.isListed(wanted.slot)).toBe(true);
    expect(await world.isListed(slot)).toBe(false);
  });

  it('keeps one reference through many moves, and finds the booking once, where it is now', async () => {
    const wanted = world.request();
    const { reference } = await world.calendar.book(wanted);
    await world.calendar.reschedule(reference, world.freshSlot(), 'First.');
    const last = world.freshSlot();
    const { uid } = await world.calendar.reschedule(reference, last, 'Second.');
    const query = { key: wanted.key, ...contact(wanted.attendee) };
    expect(await world.calendar.findBookings(query)).toMatchObject([{ reference, uid, ...last }]);
    // What the provider calls it now leads to it as well.
    const cancelled = await world.calendar.cancel(uid, 'Test.');
    expect(cancelled).toMatchObject({ reference, status: 'cancelled', ...last });
  });

  it('does nothing when a booking is moved to where it is', async () => {
    const wanted = world.request();
    const booking = await world.calendar.book(wanted);
    const after = await world.calendar.reschedule(booking.reference, wanted.slot, 'No change.');
    const { reference, uid } = booking;
    expect(after).toMatchObject({ reference, uid, ...wanted.slot, status: 'confirmed' });
  });

  it('refuses to move a booking off the grid or to the past', async () => {
    const booking = await world.calendar.book(world.request());
    const odd = moved(world.freshSlot(), 7 * MINUTE);
    const past = moved(booking, world.now().getTime() - booking.start.getTime() - DAY);
    for (const slot of [odd, { start: past.start, end: past.end }]) {
      await expect(world.calendar.reschedule(booking.reference, slot, 'Test.')).rejects.toThrow(
        SlotUnavailableError,
      );
    }
  });

  it('refuses to move a cancelled booking', async () => {
    const { reference } = await world.calendar.book(world.request());
    await world.calendar.cancel(reference, 'Test.');
    await expect(world.calendar.reschedule(reference, world.freshSlot(), 'Test.')).rejects.toThrow(
      RequestRefusedError,
    );
  });

  it('refuses to change the length of a booking by moving it', async () => {
    const wanted = world.request();
    const { reference } = await world.calendar.book(wanted);
    const { start } = world.freshSlot();
    const slot = { start, end: new Date(start.getTime() + 60 * 60_000) };
    await expect(world.calendar.reschedule(reference, slot, 'Test.')).rejects.toThrow(
      RequestRefusedError,
    );
    const [still] = await world.calendar.findBookings(contact(wanted.attendee));
    expect(still).toMatchObject({ start: wanted.slot.start, end: wanted.slot.end });
  });

  it('refuses to move a cancelled booking to the time that it had', async () => {
    const { reference, start, end } = await world.calendar.book(world.request());
    await world.calendar.cancel(reference, 'Test.');
    await expect(world.calendar.reschedule(reference, { start, end }, 'Test.')).rejects.toThrow(
      RequestRefusedError,
    );
  });

  it('does not take the cancelled booking of a key for what is booked now', async () => {
    const wanted = world.request();
    const { reference } = await world.calendar.book(wanted);
    await world.calendar.cancel(reference, 'Test.');
    const again = await world.calendar.book(wanted).catch((error: unknown) => error);
    expect(again).not.toMatchObject({ status: 'cancelled' });
  });

  it('refuses to move a booking to a taken time and leaves it where it is', async () => {
    const rival = await world.calendar.book(world.request());
    const wanted = world.request();
    const booking = await world.calendar.book(wanted);
    const taken = { start: rival.start, end: rival.end };
    await expect(world.calendar.reschedule(booking.reference, taken, 'Swap.')).rejects.toThrow(
      SlotUnavailableError,
    );
    const [still] = await world.calendar.findBookings(contact(wanted.attendee));
    expect(still?.start).toEqual(wanted.slot.start);
  });

  it('cancels once, stays cancelled, and frees the time', async () => {
    const wanted = world.request();
    const booking = await world.calendar.book(wanted);
    await world.calendar.cancel(booking.reference, 'The caller asked.');
    const again = await world.calendar.cancel(booking.reference, 'The caller asked again.');
    expect(again.status).toBe('cancelled');
    expect(await world.isListed(wanted.slot)).toBe(true);
  });

  it('refuses to move or cancel what it does not have', async () => {
    const unknown = 'no-such-reference';
    await expect(world.calendar.cancel(unknown, 'Test.')).rejects.toThrow(BookingNotFoundError);
    await expect(world.calendar.reschedule(unknown, world.freshSlot(), 'Test.')).rejects.toThrow(
      BookingNotFoundError,
    );
  });
}
