import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CalendarSetupError, CalendarUnreachableError } from '../../../calendar/calendar-error.ts';
import type { Slot } from '../../../calendar/calendar.ts';
import { findPlaces } from '../../../calendar/microsoft/choose-calendars.ts';
import { microsoft } from '../../../calendar/microsoft/provider.ts';
import type { BusyCalendar } from '../../../calendar/provider.ts';
import { memoryLimiter } from '../../../calendar/request-limiter.ts';
import { startMicrosoft } from '../../rehearsal/simulators/microsoft/start-microsoft.ts';
import type { ValidatedMicrosoft } from '../../rehearsal/simulators/microsoft/start-microsoft.ts';
import { rejection } from '../contract/contract-world.ts';
import { memoryBookings } from './memory-bookings.ts';
import { calendarOf, clientOf, TestTokens, wish } from './simulated.ts';

const MINUTE = 60_000;
/** A Wednesday at ten in New York. */
const TEN = new Date('2027-03-03T15:00:00Z');
const DAY = { from: TEN, to: new Date(TEN.getTime() + 8 * 60 * MINUTE) };
const NOW = new Date('2027-03-01T12:00:00Z');

const at = (minutes: number): Slot => ({
  start: new Date(TEN.getTime() + minutes * MINUTE),
  end: new Date(TEN.getTime() + (minutes + 30) * MINUTE),
});
const timed = (minutes: number, shows: string) => ({ ...at(minutes), allDay: false, shows });

describe('what stands in a mailbox, for events of another calendar', () => {
  let simulator: ValidatedMicrosoft;
  const bookings = memoryBookings();
  beforeAll(async () => {
    simulator = await startMicrosoft({ now: () => NOW.getTime() });
  });
  beforeEach(() => {
    simulator.mailbox.events.clear();
    simulator.faults.clear();
  });
  afterAll(() => simulator.close());

  function open(settings: Record<string, unknown> = {}): BusyCalendar {
    const access = {
      settings,
      credential: null,
      tokens: new TestTokens(),
      environment: { MICROSOFT_GRAPH_URL: simulator.url },
      limiter: () => memoryLimiter({ limit: 1_000_000, window: 600_000 }),
    };
    const parts = { now: () => NOW, bookings };
    const opened = microsoft.openBusy?.(access, { timeZone: 'America/New_York' }, parts);
    if (!opened) throw new Error('A mailbox does not tell what stands in it.');
    return opened;
  }

  async function read(busy: BusyCalendar) {
    const all = await busy.listBusy(DAY);
    return all.toSorted((a, b) => a.start.getTime() - b.start.getTime());
  }

  it('is what each calendar that blocks has, as it is marked, bookings of ours among it', async () => {
    const { id: calendarId } = simulator.mailbox.calendarNamed('Private');
    const calendar = calendarOf(simulator, { bookings, now: () => NOW });
    await calendar.book(wish(at(0)));
    const { reference } = await calendar.book(wish(at(30)));
    await calendar.cancel(reference, 'Asked.');
    simulator.mailbox.add({ ...at(60), showAs: 'tentative' });
    simulator.mailbox.add({ ...at(90), isCancelled: true });
    simulator.mailbox.add({ ...at(120), response: 'declined', isOrganizer: false });
    simulator.mailbox.add({ ...at(150), calendarId });
    const own = [timed(0, 'busy'), timed(60, 'tentative'), timed(90, 'free'), timed(120, 'free')];
    expect(await read(open())).toEqual(own);
    const both = [...own, timed(150, 'busy')];
    expect(await read(open({ busyCalendars: 'all' }))).toEqual(both);
    const places = await findPlaces(clientOf(simulator), { teams: 'no', busyCalendars: 'Private' });
    expect(await read(open({ places }))).toEqual(both);
  });

  it('is not told where a calendar is gone', async () => {
    const places = await findPlaces(clientOf(simulator), { teams: 'no' });
    const gone = { ...places, blocking: [...places.blocking, 'AAMkgone'] };
    expect(await rejection(read(open({ places: gone })))).toBeInstanceOf(CalendarSetupError);
  });

  it('is not told where a page to sign in at comes', async () => {
    simulator.faults.set({ operation: 'view.list', kind: 'login-page', times: null });
    expect(await rejection(read(open()))).toBeInstanceOf(CalendarUnreachableError);
  });

  it('is read to its last page, and not told where one is missing', async () => {
    for (let index = 0; index < 1_100; index += 1) simulator.mailbox.add(at(0));
    expect(await read(open())).toHaveLength(1_100);
    const missing = { kind: 'unavailable', after: 1, times: null, seconds: 0 } as const;
    simulator.faults.set({ operation: 'view.list', ...missing });
    expect(await rejection(read(open()))).toBeInstanceOf(CalendarUnreachableError);
  });
});
