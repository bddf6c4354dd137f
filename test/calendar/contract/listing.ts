import { expect, it } from 'vitest';
import { RequestRefusedError } from '../../../calendar/calendar-error.ts';
import type { Calendar } from '../../../calendar/calendar.ts';
import { DAY, MINUTE, rejection } from './contract-world.ts';
import type { ContractWorld } from './contract-world.ts';

/** What every calendar says of itself and of its free times. */
export function describeListing(world: ContractWorld): void {
  it('describes itself without contradictions', async () => {
    const description = await world.calendar.describe();
    const { durations, durationMinutes, requiredAttendeeFields } = description;
    expect(durations).toContain(durationMinutes);
    expect(durations).toEqual([...new Set(durations)].sort((a, b) => a - b));
    expect(requiredAttendeeFields).toContain('name');
  });

  it('lists every duration it describes, and no other', async () => {
    const { durations } = await world.calendar.describe();
    const range = { from: world.now(), to: new Date(world.now().getTime() + 7 * DAY) };
    for (const duration of durations) {
      const listed = await world.calendar.listSlots(range, duration);
      expect(listed.length).toBeGreaterThan(0);
      for (const { start, end } of listed) {
        expect(end.getTime() - start.getTime()).toBe(duration * MINUTE);
      }
    }
    const refusal = await rejection(world.calendar.listSlots(range, 7));
    expect(refusal).toBeInstanceOf(RequestRefusedError);
    expect((refusal as RequestRefusedError).field).toBe('duration');
  });

  it('lists slots in order, in the future, each as long as it says', async () => {
    const { durationMinutes } = await world.calendar.describe();
    const { free } = world;
    expect(free.length).toBeGreaterThan(20);
    const starts = free.map((slot) => slot.start.getTime());
    expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
    expect(starts[0]).toBeGreaterThan(world.now().getTime());
    for (const slot of free) {
      expect(slot.end.getTime() - slot.start.getTime()).toBe(durationMinutes * MINUTE);
    }
  });

  it('lists only slots that start in the range, its end excluded', async () => {
    const [first, second] = [world.freshSlot(), world.freshSlot()];
    const listed = await world.calendar.listSlots({ from: first.start, to: second.start });
    expect(listed.map((slot) => slot.start)).toEqual([first.start]);
  });

  it('lists nothing in the past', async () => {
    const range = { from: new Date(world.now().getTime() - 7 * DAY), to: world.now() };
    expect(await world.calendar.listSlots(range)).toEqual([]);
  });

  if (!world.lacks.has('hold')) {
    it('hides a held slot from others until it is given free, and books it for its holder', async () => {
      const { reopen } = world.setup;
      if (!world.calendar.hold || !reopen)
        throw new Error('The setup lacks it: say so in "lacks".');
      const others = reopen();
      const slot = world.freshSlot();
      const listedFor = async (who: Calendar) =>
        (await who.listSlots({ from: slot.start, to: slot.end })).length > 0;
      const release = await world.calendar.hold(slot, 60);
      expect(await listedFor(others)).toBe(false);
      expect(await listedFor(world.calendar)).toBe(true);
      await release();
      expect(await listedFor(others)).toBe(true);
      await world.calendar.hold(slot, 60);
      expect(await world.calendar.book(world.request({ slot }))).toMatchObject(slot);
      expect(await listedFor(others)).toBe(false);
    });
  }

  if (!world.lacks.has('list')) {
    it('lists every booking that starts in a range, of every status, for a mirror', async () => {
      if (!world.calendar.listBookings) throw new Error('The setup lacks it: say so in "lacks".');
      const slots = [world.freshSlot(), world.freshSlot(), world.freshSlot()] as const;
      const made = [];
      for (const slot of slots) made.push(await world.calendar.book(world.request({ slot })));
      const [kept, gone, moving] = made;
      await world.calendar.cancel(gone?.reference ?? '', 'Test.');
      const to = world.freshSlot();
      const after = await world.calendar.reschedule(moving?.reference ?? '', to, 'Test.');
      const range = { from: slots[0].start, to: new Date(to.start.getTime() + 1) };
      const listed = await world.calendar.listBookings(range);
      const statusOf = (reference: string | undefined) =>
        listed
          .filter((news) => news.reference === reference)
          .map((news) => [news.status, news.uid]);
      expect(statusOf(kept?.reference)).toEqual([['confirmed', kept?.uid]]);
      expect(statusOf(gone?.reference)).toEqual([['cancelled', gone?.uid]]);
      expect(statusOf(moving?.reference)).toEqual([['confirmed', after.uid]]);
    });
  }
}
