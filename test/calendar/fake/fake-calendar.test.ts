import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { storedBookings } from '../../../booking/calendars/stored-bookings.ts';
import { OutcomeUnknownError } from '../../../calendar/calendar-error.ts';
import type { Slot } from '../../../calendar/calendar.ts';
import { FakeCalendar, FakeCalendarSettingsSchema } from '../../../calendar/fake/fake-calendar.ts';
import type { StoredBookings } from '../../../calendar/stored-bookings.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { insertTenant } from '../../support/tenants.ts';
import { describeCalendarContract } from '../calendar-contract.ts';
import type { ContractWrite } from '../contract/contract-world.ts';

const MONDAY = new Date('2026-11-23T14:00:00Z');

describe('FakeCalendar', () => {
  const database = useTestDatabase({ clock: clockFrom(MONDAY.toISOString()) });

  describeCalendarContract(
    'FakeCalendar',
    async () => {
      const tenant = await insertTenant(database.db);
      const store = storedBookings(database.db, { ...tenant, eventType: 'appointment' });
      const unreliable = losingAnswers(store);
      return {
        calendar: fake({ store: unreliable.store, durations: [15, 60] }),
        now: () => MONDAY,
        loseAnswer: unreliable.loseAnswer,
        reopen: () => fake({ store, durations: [15, 60] }),
        phoneOnly: fake({ store, emailOptional: true }),
      };
    },
    { lacks: ['hold', 'pending', 'questions', 'silence'] },
  );

  it('keeps office hours of its own zone, Monday to Friday, across a change of the clocks', async () => {
    for (const timeZone of ['America/New_York', 'Europe/Berlin', 'Asia/Kolkata']) {
      const slots = await quarter(fake({ timeZone, now: () => new Date('2026-02-20T12:00:00Z') }));
      for (const slot of slots) {
        const start = DateTime.fromJSDate(slot.start, { zone: timeZone });
        expect(start.weekday).toBeLessThanOrEqual(5);
        expect(start.hour).toBeGreaterThanOrEqual(9);
        expect(start.plus({ minutes: 30 }) <= start.set({ hour: 18, minute: 0 })).toBe(true);
        expect(start.minute % 30).toBe(0);
      }
    }
  });

  it('is free at random for 90 days: some days more, some less, never all', async () => {
    const slots = await quarter(fake({}));
    const days = Map.groupBy(slots, (slot) => slot.start.toISOString().slice(0, 10));
    const counts = [...days.values()].map((day) => day.length);
    expect(days.size).toBeGreaterThan(60);
    expect(new Set(counts).size).toBeGreaterThan(5);
    expect(Math.max(...counts)).toBeLessThanOrEqual(18);
    const last = slots.at(-1)?.start.getTime() ?? 0;
    expect(last).toBeLessThan(MONDAY.getTime() + 90 * 86_400_000);
  });

  it('has the same availability for the same seed and another for another', async () => {
    const [one, same, other] = await Promise.all(
      [7, 7, 8].map(async (seed) => starts(await quarter(fake({ seed })))),
    );
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it('offers nothing in the hours its settings call busy', async () => {
    const day = { from: new Date('2026-11-24T05:00:00Z'), to: new Date('2026-11-25T05:00:00Z') };
    const before = await fake({}).listSlots(day);
    const after = await fake({ busy: ['2026-11-24T00:00/2026-11-25T00:00'] }).listSlots(day);
    expect(before).not.toEqual([]);
    expect(after).toEqual([]);
  });

  it('refuses settings whose interval cannot be read', () => {
    expect(FakeCalendarSettingsSchema.safeParse({ busy: ['tomorrow'] }).success).toBe(false);
  });
});

const EMPTY_STORE: StoredBookings = {
  listConfirmed: () => Promise.resolve([]),
  listAll: () => Promise.resolve([]),
  find: () => Promise.resolve([]),
  insert: () => Promise.resolve('taken'),
  move: () => Promise.resolve('taken'),
  cancel: () => Promise.reject(new Error('An empty store has nothing to cancel.')),
};

/** A store that does what it is told, and then cannot say so. */
function losingAnswers(store: StoredBookings): {
  store: StoredBookings;
  loseAnswer: (write: ContractWrite) => void;
} {
  const lost = new Set<ContractWrite>();
  const answer = async <T>(write: ContractWrite, work: Promise<T>): Promise<T> => {
    const done = await work;
    if (lost.delete(write)) throw new OutcomeUnknownError('The answer was lost.');
    return done;
  };
  return {
    loseAnswer: (write) => lost.add(write),
    store: {
      ...store,
      insert: (booking) => answer('book', store.insert(booking)),
      move: (reference, slot) => answer('reschedule', store.move(reference, slot)),
      cancel: (reference, reason) => answer('cancel', store.cancel(reference, reason)),
    },
  };
}

function fake(options: {
  store?: StoredBookings;
  seed?: number;
  busy?: string[];
  durations?: number[];
  emailOptional?: boolean;
  timeZone?: string;
  now?: () => Date;
}): FakeCalendar {
  return new FakeCalendar({
    timeZone: options.timeZone ?? 'America/New_York',
    durationMinutes: 30,
    settings: {
      seed: options.seed ?? 7,
      busy: options.busy ?? [],
      durations: options.durations ?? [],
      emailOptional: options.emailOptional ?? false,
    },
    store: options.store ?? EMPTY_STORE,
    now: options.now ?? (() => MONDAY),
  });
}

async function quarter(calendar: FakeCalendar): Promise<Slot[]> {
  return calendar.listSlots({
    from: new Date('2026-01-01T00:00:00Z'),
    to: new Date('2027-12-31T00:00:00Z'),
  });
}

function starts(slots: Slot[]): string[] {
  return slots.map((slot) => slot.start.toISOString());
}
