import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Calendar, Slot } from '../../../calendar/calendar.ts';
import { startMicrosoft } from '../../rehearsal/simulators/microsoft/start-microsoft.ts';
import type { ValidatedMicrosoft } from '../../rehearsal/simulators/microsoft/start-microsoft.ts';
import { memoryBookings } from './memory-bookings.ts';
import { calendarOf, wish } from './simulated.ts';

const DAY = 86_400_000;
const START = new Date('2027-03-01T12:00:00Z');
const OWN = { start: '2027-03-10T15:00:00Z', end: '2027-03-10T15:30:00Z', showAs: 'free' };

describe('what changed in a mailbox', () => {
  let simulator: ValidatedMicrosoft;
  let calendar: Calendar;
  let free: Slot[];
  let now = START;
  let mark: string | null = null;
  beforeAll(async () => {
    simulator = await startMicrosoft({ now: () => now.getTime() });
    calendar = calendarOf(simulator, { bookings: memoryBookings(), now: () => now });
    free = await calendar.listSlots({ from: START, to: new Date(START.getTime() + 28 * DAY) });
  });
  afterAll(() => simulator.close());

  const fresh = (): Slot => {
    const [slot] = free.splice(0, 2);
    if (!slot) throw new Error('Nothing is free any more.');
    return slot;
  };
  /** What is told since the last time, by reference. */
  const told = async () => {
    const changes = await calendar.listChanges?.(mark);
    mark = changes?.mark ?? null;
    return Object.fromEntries(
      (changes?.news ?? []).map(({ reference, status, start }) => [reference, { status, start }]),
    );
  };
  const book = () => calendar.book(wish(fresh()));

  it('tells all of ours at first, and nothing of what is its owner’s', async () => {
    for (let index = 0; index < 250; index += 1) simulator.mailbox.add(OWN);
    const booked = await book();
    expect(await told()).toEqual({
      [booked.reference]: { status: 'confirmed', start: booked.start },
    });
    expect(await told()).toEqual({});
  });

  it('tells what was booked, moved by its owner and deleted by its owner', async () => {
    const [kept, moved, deleted] = [await book(), await book(), await book()];
    await told();
    const later = moved.start.getTime() + 300 * DAY;
    simulator.mailbox.change(moved.reference, { start: later, end: later + 1_800_000 });
    simulator.mailbox.remove(deleted.reference);
    const owners = simulator.mailbox.add(OWN);
    simulator.mailbox.remove(owners.id);
    const next = await book();
    expect(await told()).toEqual({
      [moved.reference]: { status: 'confirmed', start: new Date(later) },
      [deleted.reference]: { status: 'cancelled', start: undefined },
      [next.reference]: { status: 'confirmed', start: next.start },
    });
    expect(await calendar.findBookings({ reference: kept.reference })).toHaveLength(1);
  });

  it('still tells where an appointment is that its owner moved out of the window', async () => {
    const booked = await book();
    await told();
    const far = booked.start.getTime() + 800 * DAY;
    simulator.mailbox.change(booked.reference, { start: far, end: far + 1_800_000 });
    expect(await told()).toEqual({
      [booked.reference]: { status: 'confirmed', start: new Date(far) },
    });
  });

  it('takes an appointment that was dragged into another calendar for one that is gone', async () => {
    const booked = await book();
    await told();
    const { id } = simulator.mailbox.calendarNamed('Private');
    simulator.mailbox.moveTo(booked.reference, id);
    expect(await told()).toEqual({
      [booked.reference]: { status: 'cancelled', start: undefined },
    });
  });

  it('begins anew where its mark is known no more, and loses nothing that went meanwhile', async () => {
    const [kept, deleted] = [await book(), await book()];
    await told();
    simulator.mailbox.remove(deleted.reference);
    simulator.mailbox.generation += 1;
    const changes = await told();
    expect(changes[deleted.reference]).toEqual({ status: 'cancelled', start: undefined });
    expect(changes[kept.reference]).toMatchObject({ status: 'confirmed' });
    expect(await told()).toEqual({});
  });

  it('begins anew before its window has come to an end', async () => {
    await told();
    const deltas = () =>
      simulator.served.filter(({ operation }) => operation === 'view.delta').length;
    const before = deltas();
    now = new Date(START.getTime() + 40 * DAY);
    const later = {
      start: new Date('2028-04-10T15:00:00Z'),
      end: new Date('2028-04-10T15:30:00Z'),
    };
    const { reference } = await calendarOf(simulator, {
      bookings: memoryBookings(),
      now: () => new Date('2028-04-01T12:00:00Z'),
    }).book(wish(later));
    // Beyond the old window's end, within the new one's.
    expect(await told()).toMatchObject({ [reference]: { status: 'confirmed' } });
    expect(deltas()).toBeGreaterThan(before);
  });

  it('says where all was told anew, and takes the mark of no other calendar', async () => {
    const all = await calendar.listChanges?.(null);
    const changed = await calendar.listChanges?.(all?.mark ?? null);
    expect([all?.isWhole, changed?.isWhole]).toEqual([true, undefined]);
    const own = changed?.mark ?? null;
    const settings = { calendar: 'Private' };
    const options = { bookings: memoryBookings(), now: () => now, settings };
    const other = await calendarOf(simulator, options).listChanges?.(own);
    expect(other?.isWhole).toBe(true);
    simulator.mailbox.generation += 1;
    expect((await calendar.listChanges?.(own))?.isWhole).toBe(true);
  });

  it('does not read a mark that is none', async () => {
    for (const odd of ['', 'sync:17', '{"link":"http://elsewhere.example/"}']) {
      const changes = await calendar.listChanges?.(odd);
      expect(changes?.news.length).toBeGreaterThan(0);
      // Whoever knows of more has to look it up.
      expect(changes?.isWhole).toBe(true);
      expect((await calendar.listChanges?.(changes?.mark ?? null))?.isWhole).toBeUndefined();
    }
  });
});
