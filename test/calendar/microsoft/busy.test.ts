import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CalendarSetupError,
  CalendarUnreachableError,
  SlotUnavailableError,
} from '../../../calendar/calendar-error.ts';
import type { Slot } from '../../../calendar/calendar.ts';
import { findPlaces } from '../../../calendar/microsoft/choose-calendars.ts';
import type { EventWish } from '../../../rehearsal/simulators/microsoft/mailbox.ts';
import { startMicrosoft } from '../../rehearsal/simulators/microsoft/start-microsoft.ts';
import type { ValidatedMicrosoft } from '../../rehearsal/simulators/microsoft/start-microsoft.ts';
import { rejection } from '../contract/contract-world.ts';
import { calendarOf, clientOf, EVERY_DAY, isFree, wish } from './simulated.ts';
import { memoryBookings } from './memory-bookings.ts';

/** A Monday, before the office opens in New York. */
const NOW = new Date('2027-03-01T12:00:00Z');
const TEN: Slot = {
  start: new Date('2027-03-03T15:00:00Z'),
  end: new Date('2027-03-03T15:30:00Z'),
};

describe('what is free in a mailbox', () => {
  let simulator: ValidatedMicrosoft;
  const bookings = memoryBookings();
  const now = () => NOW;
  beforeAll(async () => {
    simulator = await startMicrosoft({ now: () => NOW.getTime() });
  });
  beforeEach(() => {
    simulator.mailbox.events.clear();
    simulator.faults.clear();
  });
  afterAll(() => simulator.close());

  const open = (settings: Record<string, unknown> = {}, availability = EVERY_DAY) =>
    calendarOf(simulator, { bookings, settings, now, event: { availability } });
  const own = (change: Partial<EventWish> = {}) => simulator.mailbox.add({ ...TEN, ...change });

  it.each([
    ['is busy', { showAs: 'busy' }, false],
    ['is away', { showAs: 'oof' }, false],
    ['is marked as nothing that is known', { showAs: 'unknown' }, false],
    ['is tentative', { showAs: 'tentative' }, false],
    ['works elsewhere', { showAs: 'workingElsewhere' }, true],
    ['is free', { showAs: 'free' }, true],
    ['has cancelled', { isCancelled: true }, true],
    ['has declined', { response: 'declined', isOrganizer: false }, true],
    ['has not answered yet', { response: 'notResponded', isOrganizer: false }, false],
  ])('asks whether its owner %s', async (_, change, free) => {
    own(change);
    expect(await isFree(open(), TEN)).toBe(free);
  });

  it('lets what is tentative be booked over where the event says so', async () => {
    own({ showAs: 'tentative' });
    expect(await isFree(open({}, { ...EVERY_DAY, tentative: 'free' }), TEN)).toBe(true);
  });

  it('takes an all-day event for the dates of the calendar’s zone', async () => {
    own({ start: '2027-03-03T00:00:00Z', end: '2027-03-04T00:00:00Z', isAllDay: true });
    const day = (date: number) => ({
      from: new Date(`2027-03-0${date}T05:00:00Z`),
      to: new Date(`2027-03-0${date + 1}T05:00:00Z`),
    });
    expect(await open().listSlots(day(3))).toEqual([]);
    for (const date of [2, 4]) expect(await open().listSlots(day(date))).toHaveLength(16);
    expect(await isFree(open({}, { ...EVERY_DAY, allDay: 'never' }), TEN)).toBe(true);
  });

  it('counts each time of a series', async () => {
    own({ recurrence: { every: 'week', times: 3 } });
    const weeks = [0, 7, 14, 21].map((days) => ({
      start: new Date(TEN.start.getTime() + days * 86_400_000),
      end: new Date(TEN.end.getTime() + days * 86_400_000),
    }));
    const free = [];
    // The clocks of New York change in between, and the series of the simulator stands on UTC.
    for (const slot of weeks) free.push(await isFree(open(), slot));
    expect(free).toEqual([false, false, false, true]);
  });

  it('reads a long list to its end, page by page', async () => {
    for (let index = 0; index < 2_100; index += 1) own({ showAs: 'free' });
    own({ start: '2027-03-03T15:10:00Z' });
    const before = simulator.served.length;
    expect(await isFree(open(), TEN)).toBe(false);
    const views = simulator.served
      .slice(before)
      .filter(({ operation }) => operation === 'view.list');
    expect(views).toHaveLength(3);
  });

  it('fails the listing where a page of it does not come, and calls nothing free', async () => {
    for (let index = 0; index < 1_100; index += 1) own({ showAs: 'free' });
    simulator.faults.set({
      operation: 'view.list',
      kind: 'unavailable',
      after: 1,
      times: null,
      seconds: 0,
    });
    expect(await rejection(isFree(open(), TEN))).toBeInstanceOf(CalendarUnreachableError);
  });

  it('takes no page to sign in at for an empty calendar', async () => {
    simulator.faults.set({ operation: 'view.list', kind: 'login-page', times: null });
    expect(await rejection(isFree(open(), TEN))).toBeInstanceOf(CalendarUnreachableError);
  });

  it.each([
    ['an event without times', { value: [{ id: 'AAMk' }] }],
    ['times in another zone', { value: [eventOf({ timeZone: 'Pacific Standard Time' })] }],
    ['a time that is none', { value: [eventOf({ dateTime: '2027-13-03T15:00:00' })] }],
    ['no list', { events: [] }],
    ['a link to somewhere else', { value: [], '@odata.nextLink': 'http://127.0.0.1:9/v1.0/me/x' }],
  ])('refuses %s', async (_, body) => {
    const fetch = () => Promise.resolve(Response.json(body));
    const settings = {
      places: {
        mailbox: 'owner@example.com',
        calendar: 'AAMk',
        name: 'Calendar',
        isOwn: true,
        blocking: ['AAMk'],
      },
    };
    const calendar = calendarOf(simulator, { bookings, now, settings, fetch });
    expect(await rejection(isFree(calendar, TEN))).toBeInstanceOf(CalendarUnreachableError);
  });

  it('is busy with what lies in any calendar that blocks', async () => {
    const { id: calendarId } = simulator.mailbox.calendarNamed('Private');
    own({ calendarId });
    expect(await isFree(open(), TEN)).toBe(true);
    for (const busyCalendars of ['Private', 'all']) {
      const calendar = open({ busyCalendars });
      expect(await isFree(calendar, TEN)).toBe(false);
      await expect(calendar.book(wish(TEN))).rejects.toThrow(SlotUnavailableError);
    }
  });

  it('names the calendars that there are, where a setting names none of them', async () => {
    const places = (settings: {
      calendar?: string;
      busyCalendars?: string;
      teams?: 'yes' | 'no';
    }) => findPlaces(clientOf(simulator), { teams: 'no', ...settings });
    await expect(places({ calendar: 'Garden' })).rejects.toThrow(
      'no calendar "Garden"; it has "Calendar", "Private"',
    );
    await expect(places({ busyCalendars: 'Private, Gym' })).rejects.toThrow('no calendar "Gym"');
    const found = await places({ calendar: 'Private', busyCalendars: 'Calendar', teams: 'yes' });
    expect(found).toMatchObject({
      mailbox: 'owner@example.com',
      name: 'Private',
      blocking: [expect.any(String), expect.any(String)],
    });
  });

  it('says in words for the operator what an account lacks', async () => {
    const lacking = await startMicrosoft({
      mailboxes: [
        {
          address: 'owner@example.com',
          hasTeams: false,
          calendars: [{ name: 'Team', canEdit: false }],
        },
      ],
    });
    const client = clientOf(lacking);
    await expect(findPlaces(client, { teams: 'yes' })).rejects.toThrow('makes no Teams meetings');
    await expect(findPlaces(client, { teams: 'no', calendar: 'Team' })).rejects.toMatchObject({
      problem: 'key-without-rights',
    });
    await lacking.close();
    const without = await startMicrosoft({
      mailboxes: [{ address: 'owner@example.com', hasExchange: false }],
    });
    const refusal = await rejection(findPlaces(clientOf(without), { teams: 'no' }));
    expect(refusal).toBeInstanceOf(CalendarSetupError);
    expect(refusal.message).toContain('no mailbox in Exchange Online');
    await without.close();
  });
});

function eventOf(start: { dateTime?: string; timeZone?: string }) {
  const time = { dateTime: '2027-03-03T15:00:00.0000000', timeZone: 'UTC' };
  return { id: 'AAMk', start: { ...time, ...start }, end: time, showAs: 'free' };
}
