import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  CalendarUnreachableError,
  SlotUnavailableError,
} from '../../../calendar/calendar-error.ts';
import type { BookRequest, Calendar, Slot } from '../../../calendar/calendar.ts';
import { startCalcom } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import { calendarOf, FRONT_DESK } from './simulated.ts';

describe('holds at Cal.com', () => {
  let simulator: ValidatedSimulator;
  const free: Slot[] = [];
  beforeAll(async () => {
    simulator = await startCalcom({ accounts: [FRONT_DESK] });
    const now = simulator.clock.now();
    const range = { from: new Date(now), to: new Date(now + 10 * 24 * 3_600_000) };
    free.push(...(await calendarOf(simulator).listSlots(range)));
  });
  afterAll(() => simulator.close());
  afterEach(() => simulator.faults.clear());
  const freshSlot = (): Slot => {
    const slot = free.shift();
    if (!slot) throw new Error('The simulator has too few free slots.');
    return slot;
  };

  it('last in whole minutes, at least as long as was asked', async () => {
    const slot = freshSlot();
    await calendarOf(simulator).hold(slot, 90);
    const [held] = [...simulator.state.reservations.values()].filter(
      ({ start }) => start === slot.start.getTime(),
    );
    expect(held?.duration).toBe(2);
  });

  it('hide the slot from others and keep them from booking it here', async () => {
    const slot = freshSlot();
    const [holder, other] = [calendarOf(simulator), calendarOf(simulator)];
    await holder.hold(slot, 60);
    expect(await lists(other, slot)).toBe(false);
    await expect(other.book(requestOf(slot))).rejects.toThrow(SlotUnavailableError);
    await holder.book(requestOf(slot));
    expect(await lists(holder, slot)).toBe(false);
  });

  it('are refused where another holds the slot', async () => {
    const slot = freshSlot();
    await calendarOf(simulator).hold(slot, 60);
    await expect(calendarOf(simulator).hold(slot, 60)).rejects.toThrow(SlotUnavailableError);
  });

  it('are renewed by their holder, which Cal.com cannot do at once', async () => {
    const slot = freshSlot();
    const calendar = calendarOf(simulator);
    const first = await calendar.hold(slot, 60);
    await calendar.hold(slot, 120);
    // What gave the first one free does not touch the second.
    await first();
    expect(await lists(calendarOf(simulator), slot)).toBe(false);
    expect(await lists(calendar, slot)).toBe(true);
  });

  it('that are still being asked for do not hide the slot from their holder', async () => {
    const slot = freshSlot();
    const calendar = calendarOf(simulator);
    await calendar.describe();
    simulator.faults.set({ operation: 'reservations.create', kind: 'delay', milliseconds: 300 });
    const holding = calendar.hold(slot, 60);
    expect(await calendar.book(requestOf(slot))).toMatchObject({ start: slot.start });
    await holding;
  });

  it('that cannot be given up before booking make no claim about the booking', async () => {
    const slot = freshSlot();
    const calendar = calendarOf(simulator);
    await calendar.hold(slot, 60);
    simulator.faults.set({ operation: 'reservations.delete', kind: 'server-error' });
    await expect(calendar.book(requestOf(slot))).rejects.toThrow(CalendarUnreachableError);
    await calendar.book(requestOf(slot));
  });
});

async function lists(calendar: Calendar, { start, end }: Slot): Promise<boolean> {
  return (await calendar.listSlots({ from: start, to: end })).length > 0;
}

function requestOf(slot: Slot): BookRequest {
  const attendee = {
    name: 'Mary Smith',
    email: 'mary.smith@example.com',
    phone: null,
    timeZone: 'America/New_York',
  };
  return { slot, attendee, key: randomUUID(), notes: null, answers: {} };
}
