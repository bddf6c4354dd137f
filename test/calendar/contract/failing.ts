import { expect, it } from 'vitest';
import { CalendarUnreachableError, OutcomeUnknownError } from '../../../calendar/calendar-error.ts';
import { contact, outcomeOf, rejection } from './contract-world.ts';
import type { ContractWorld } from './contract-world.ts';

/** What every calendar keeps when its provider fails. */
export function describeFailing(world: ContractWorld): void {
  if (!world.lacks.has('lost-answers')) {
    it('makes one booking when the answer to it is lost, and finds it by its key', async () => {
      if (!world.setup.loseAnswer) throw new Error('The setup lacks it: say so in "lacks".');
      world.setup.loseAnswer('book');
      const wanted = world.request();
      const outcome = await outcomeOf(world.calendar.book(wanted));
      const query = { key: wanted.key, ...contact(wanted.attendee) };
      const found = await world.calendar.findBookings(query);
      expect(found).toMatchObject([{ ...wanted.slot, status: 'confirmed' }]);
      const reference = found[0]?.reference;
      expect(outcome?.reference ?? reference).toBe(reference);
      const again = await world.calendar.book(wanted);
      expect(again.reference).toBe(reference);
      expect(await world.calendar.findBookings(contact(wanted.attendee))).toHaveLength(1);
    }, 30_000);
  }

  if (!world.lacks.has('lost-answers')) {
    it('moves once when the answer to it is lost', async () => {
      if (!world.setup.loseAnswer) throw new Error('The setup lacks it: say so in "lacks".');
      const wanted = world.request();
      const { reference } = await world.calendar.book(wanted);
      world.setup.loseAnswer('reschedule');
      const slot = world.freshSlot();
      const outcome = await outcomeOf(world.calendar.reschedule(reference, slot, 'Test.'));
      expect(outcome ?? { reference, ...slot }).toMatchObject({ reference, ...slot });
      expect(await world.calendar.findBookings(contact(wanted.attendee))).toMatchObject([
        { reference, ...slot, status: 'confirmed' },
      ]);
    }, 30_000);
  }

  if (!world.lacks.has('lost-answers')) {
    it('cancels once when the answer to it is lost', async () => {
      if (!world.setup.loseAnswer) throw new Error('The setup lacks it: say so in "lacks".');
      const wanted = world.request();
      const { reference } = await world.calendar.book(wanted);
      world.setup.loseAnswer('cancel');
      const outcome = await outcomeOf(world.calendar.cancel(reference, 'Test.'));
      expect(outcome?.status ?? 'cancelled').toBe('cancelled');
      expect(await world.calendar.cancel(reference, 'Again.')).toMatchObject({
        status: 'cancelled',
      });
    }, 30_000);
  }

  if (!world.lacks.has('silence')) {
    it('gives up in time when the provider says nothing, and claims nothing', async () => {
      const { fallSilent, wakeUp } = world.setup;
      if (!fallSilent || !wakeUp) throw new Error('The setup lacks it: say so in "lacks".');
      const wanted = world.request();
      const { start, end } = wanted.slot;
      await world.calendar.describe();
      fallSilent();
      const began = performance.now();
      const [listing, booking] = await Promise.all([
        rejection(world.calendar.listSlots({ from: start, to: end })),
        rejection(world.calendar.book(wanted)),
      ]);
      wakeUp();
      expect(performance.now() - began).toBeLessThan(15_000);
      expect(listing).toBeInstanceOf(CalendarUnreachableError);
      expect([CalendarUnreachableError, OutcomeUnknownError]).toContain(booking.constructor);
      expect(await world.calendar.findBookings(contact(wanted.attendee))).toEqual([]);
    }, 30_000);
  }
}
