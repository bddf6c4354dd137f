import { expect, it } from 'vitest';
import { RequestRefusedError, SlotUnavailableError } from '../../../calendar/calendar-error.ts';
import type { Slot } from '../../../calendar/calendar.ts';
import { attendee, DAY, MINUTE, contact, freshPhone, moved, rejection } from './contract-world.ts';
import type { ContractWorld } from './contract-world.ts';

/** How every calendar books and finds bookings. */
export function describeBooking(world: ContractWorld): void {
  it('books every duration it describes', async () => {
    const { durations } = await world.calendar.describe();
    for (const duration of durations) {
      const from = world.freshSlot().start;
      const [slot] = await world.calendar.listSlots(
        { from, to: new Date(from.getTime() + 7 * DAY) },
        duration,
      );
      if (!slot) throw new Error(`The calendar under test has no slot of ${duration} minutes.`);
      const booking = await world.calendar.book(world.request({ slot }));
      expect(booking).toMatchObject(slot);
      // Its time may be that of slots which other tests are to take.
      await world.calendar.cancel(booking.reference, 'Test.');
    }
  });

  it('books a free slot, which then is free no more', async () => {
    const wanted = world.request();
    const booking = await world.calendar.book(wanted);
    expect(booking).toMatchObject({ ...wanted.slot, status: 'confirmed', key: wanted.key });
    expect(booking.attendee).toMatchObject({ name: wanted.attendee.name });
    expect(await world.isListed(wanted.slot)).toBe(false);
  });

  it('answers the same booking when the same key is sent again', async () => {
    const wanted = world.request();
    const [first, second] = [await world.calendar.book(wanted), await world.calendar.book(wanted)];
    expect(second.reference).toBe(first.reference);
  });

  it('lets one of several racing callers have a slot and refuses the others', async () => {
    const slot = world.freshSlot();
    const attempts = await Promise.allSettled(
      Array.from({ length: 6 }, () => world.calendar.book(world.request({ slot }))),
    );
    const refusals = attempts.filter((attempt) => attempt.status === 'rejected');
    expect(refusals).toHaveLength(attempts.length - 1);
    for (const { reason } of refusals) expect(reason).toBeInstanceOf(SlotUnavailableError);
  });

  it.each([
    ['off the grid', (slot: Slot) => moved(slot, 7 * MINUTE)],
    [
      'in the past',
      (slot: Slot) => moved(slot, world.now().getTime() - slot.start.getTime() - DAY),
    ],
    ['too far ahead', (slot: Slot) => moved(slot, 3_650 * DAY)],
    ['longer than offered', (slot: Slot) => ({ ...slot, end: moved(slot, MINUTE).end })],
  ])('refuses a slot %s', async (_, change) => {
    const slot = world.freshSlot();
    const changed = change(slot);
    expect(
      await world.calendar.listSlots({ from: changed.start, to: changed.end }),
    ).not.toContainEqual(changed);
    await expect(world.calendar.book(world.request({ slot: changed }))).rejects.toThrow(
      SlotUnavailableError,
    );
    expect(await world.isListed(slot)).toBe(true);
  });

  it.each([
    ['name', { name: '  ' }],
    ['email', { email: 'mary at example' }],
    ['email', { email: null }],
    ['phone', { phone: '12' }],
  ] as const)('refuses a bad %s and names the field', async (field, change) => {
    const { requiredAttendeeFields } = await world.calendar.describe();
    if (field === 'email' && !requiredAttendeeFields.includes('email')) return;
    const wanted = world.request({ attendee: { ...attendee(), ...change } });
    const refusal: unknown = await world.calendar.book(wanted).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RequestRefusedError);
    expect((refusal as RequestRefusedError).field).toBe(field);
    expect(await world.isListed(wanted.slot)).toBe(true);
  });

  if (!world.lacks.has('questions')) {
    it('asks what the provider requires, and names the question that was not answered', async () => {
      const { asking } = world.setup;
      if (!asking) throw new Error('The setup lacks it: say so in "lacks".');
      const { questions } = await asking.calendar.describe();
      expect(questions.map(({ key }) => key)).toEqual(Object.keys(asking.answers));
      const wanted = world.request();
      const refusal = await rejection(asking.calendar.book(wanted));
      expect(refusal).toBeInstanceOf(RequestRefusedError);
      expect((refusal as RequestRefusedError).field).toBe(questions[0]?.key);
      const booking = await asking.calendar.book({ ...wanted, answers: asking.answers });
      expect(booking.status).toBe('confirmed');
    });
  }

  if (!world.lacks.has('pending')) {
    it('says that a booking is pending while its owner has not accepted it', async () => {
      const { awaiting } = world.setup;
      if (!awaiting) throw new Error('The setup lacks it: say so in "lacks".');
      const wanted = world.request();
      const booking = await awaiting.book(wanted);
      expect(booking.status).toBe('pending');
      const [found] = await awaiting.findBookings({ key: wanted.key, ...contact(wanted.attendee) });
      expect(found).toMatchObject({ reference: booking.reference, status: 'pending' });
      expect((await awaiting.cancel(booking.reference, 'Test.')).status).toBe('cancelled');
    });
  }

  if (!world.lacks.has('phone-only')) {
    it('books with a phone number alone where no e-mail is required', async () => {
      const { phoneOnly } = world.setup;
      if (!phoneOnly) throw new Error('The setup lacks it: say so in "lacks".');
      expect((await phoneOnly.describe()).requiredAttendeeFields).not.toContain('email');
      const phone = freshPhone();
      const wanted = world.request({ attendee: { ...attendee(), email: null, phone } });
      const booking = await phoneOnly.book(wanted);
      expect(booking.attendee).toMatchObject({ email: null, phone });
      const found = await phoneOnly.findBookings({ phone });
      expect(found.map(({ reference }) => reference)).toEqual([booking.reference]);
      const nobody = world.request({ attendee: { ...attendee(), email: null, phone: null } });
      expect(await rejection(phoneOnly.book(nobody))).toBeInstanceOf(RequestRefusedError);
    });
  }

  it('finds a booking by the phone number of its attendee', async () => {
    const phone = freshPhone();
    const booking = await world.calendar.book(
      world.request({ attendee: { ...attendee(), phone } }),
    );
    const found = await world.calendar.findBookings({ phone });
    expect(found.map(({ reference }) => reference)).toEqual([booking.reference]);
    expect(await world.calendar.findBookings({ phone: freshPhone() })).toEqual([]);
  });

  it('finds bookings by key and by e-mail, and nobody else’s', async () => {
    const wanted = world.request();
    const booking = await world.calendar.book(wanted);
    await world.calendar.book(world.request());
    const byKey = await world.calendar.findBookings({
      key: wanted.key,
      ...contact(wanted.attendee),
    });
    expect(byKey.map((found) => found.reference)).toEqual([booking.reference]);
    const byMail = await world.calendar.findBookings(contact(wanted.attendee));
    expect(byMail.map((found) => found.reference)).toEqual([booking.reference]);
    expect(await world.calendar.findBookings({ email: 'nobody@example.com' })).toEqual([]);
    const { reference } = await world.calendar.book(world.request({ attendee: wanted.attendee }));
    const query = { reference, ...contact(wanted.attendee) };
    const byReference = await world.calendar.findBookings(query);
    expect(byReference.map((found) => found.reference)).toEqual([reference]);
  });
}
