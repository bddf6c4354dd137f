import { describe, expect, it } from 'vitest';
import { CalendarSetupError, CalendarUnreachableError } from '../../../calendar/calendar-error.ts';
import type { Calendar, Slot } from '../../../calendar/calendar.ts';
import { google as provider } from '../../../calendar/google/provider.ts';
import {
  accessTo,
  ALICE,
  APPOINTMENTS,
  BOBS,
  EVERY_DAY,
  openGoogle,
  SURGERY,
  tokenSource,
  useGoogle,
} from './simulated.ts';

const google = useGoogle();

/** A Tuesday at nine in New York. */
const NINE = new Date('2027-03-09T14:00:00Z');
const now = () => new Date('2027-03-08T12:00:00Z');
const at = (minutes: number): Slot => ({
  start: new Date(NINE.getTime() + minutes * 60_000),
  end: new Date(NINE.getTime() + (minutes + 30) * 60_000),
});
const times = ({ start, end }: Slot) => ({
  start: { dateTime: start.toISOString() },
  end: { dateTime: end.toISOString() },
});
const DAY = { from: NINE, to: new Date(NINE.getTime() + 8 * 3_600_000) };

async function starts(calendar: Calendar): Promise<number[]> {
  const slots = await calendar.listSlots(DAY);
  return slots.map(({ start }) => (start.getTime() - NINE.getTime()) / 60_000);
}

describe('what is free in a Google calendar', () => {
  it('is what no event of the calendar takes', async () => {
    const { simulator } = google;
    const owner = simulator.owner(ALICE);
    const calendar = await openGoogle(simulator, await tokenSource(simulator), {}, { now });
    const self = { email: ALICE, self: true };
    const added = [
      owner.add({ ...times(at(0)), summary: 'Taken' }),
      owner.add({ ...times(at(30)), transparency: 'transparent' }),
      owner.add({ ...times(at(60)), attendees: [{ ...self, responseStatus: 'declined' }] }),
      owner.add({ ...times(at(90)), attendees: [{ ...self, responseStatus: 'accepted' }] }),
      owner.add({ ...times(at(120)), status: 'tentative' }),
    ];
    const removed = owner.add(times(at(150)));
    owner.remove(removed.id);
    expect((await starts(calendar)).filter((start) => start < 180)).toEqual([30, 60, 150]);
    owner.add({ start: { date: '2027-03-09' }, end: { date: '2027-03-10' } });
    expect(await starts(calendar)).toEqual([]);
    for (const { id } of owner.all()) if (id !== removed.id) owner.remove(id);
    expect(added).toHaveLength(5);
  });

  it('is what no event of the others takes, as Google counts them', async () => {
    const { simulator } = google;
    const calendar = await openGoogle(
      simulator,
      await tokenSource(simulator),
      { calendar: 'Appointments', busyCalendars: 'Surgery, Bob' },
      { now },
    );
    simulator.owner(APPOINTMENTS).add(times(at(0)));
    simulator.owner(SURGERY).add(times(at(30)));
    simulator.owner(BOBS).add(times(at(60)));
    // Nobody named it.
    simulator.owner(ALICE).add(times(at(90)));
    expect((await starts(calendar)).filter((start) => start < 150)).toEqual([90, 120]);
  });

  it('is nothing while one of the others cannot be read: an error is never free', async () => {
    const { simulator } = google;
    const calendar = await openGoogle(
      simulator,
      await tokenSource(simulator),
      { busyCalendars: 'all' },
      { now },
    );
    simulator.state.unreadable.add(SURGERY);
    await expect(calendar.listSlots(DAY)).rejects.toBeInstanceOf(CalendarUnreachableError);
    simulator.state.unreadable.clear();
    const bobs = simulator.state.calendars.get(BOBS);
    bobs?.freeBusyReaders.splice(0);
    const refusal = await calendar.listSlots(DAY).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CalendarSetupError);
    expect(refusal).toMatchObject({
      advice: expect.stringContaining('not shared any more') as string,
    });
    bobs?.freeBusyReaders.push(ALICE);
  });

  it('is read whole, however many pages and months there are', async () => {
    const { simulator } = google;
    const calendar = await openGoogle(
      simulator,
      await tokenSource(simulator),
      { calendar: 'Surgery', busyCalendars: 'Appointments' },
      { now, availability: { ...EVERY_DAY, daysAhead: 200 } },
    );
    const owner = simulator.owner(SURGERY);
    const far = new Date(NINE.getTime() + 150 * 86_400_000);
    for (let index = 0; index < 2_600; index += 1) owner.add(times(at(-60 * 24 * 20)));
    const late = { start: far, end: new Date(far.getTime() + 1_800_000) };
    simulator.owner(APPOINTMENTS).add(times(late));
    const slots = await calendar.listSlots({
      from: now(),
      to: new Date(far.getTime() + 86_400_000),
    });
    expect(slots.length).toBeGreaterThan(1_000);
    expect(slots.some(({ start }) => start < late.end && start >= late.start)).toBe(false);
  });
});

describe('connecting a Google calendar', () => {
  const read = async (settings: Record<string, unknown>, account = ALICE) => {
    const { simulator } = google;
    const tokens = await tokenSource(simulator, account);
    return provider.readAccount?.(accessTo(simulator, tokens, settings));
  };

  it('takes the main one, and none that blocks, unless others are named', async () => {
    expect(await read({})).toEqual({
      name: ALICE,
      owner: ALICE,
      timeZone: null,
      settings: { places: { calendar: ALICE, name: ALICE, blocking: [] } },
    });
    expect(await read({ calendar: 'Appointments', busyCalendars: 'all' })).toEqual({
      name: `${ALICE} ${APPOINTMENTS}`,
      owner: ALICE,
      timeZone: null,
      settings: {
        places: {
          calendar: APPOINTMENTS,
          name: 'Appointments',
          blocking: [ALICE, SURGERY, BOBS],
        },
      },
    });
  });

  it.each([
    [{ calendar: 'Nowhere' }, 'no calendar "Nowhere"'],
    [{ calendar: 'Bob' }, 'belongs to somebody else'],
    [{ busyCalendars: 'Surgery, Nowhere' }, 'no calendar "Nowhere"'],
  ])('refuses %j', async (settings, advice) => {
    await expect(read(settings)).rejects.toMatchObject({
      name: 'CalendarSetupError',
      advice: expect.stringContaining(advice) as string,
    });
  });

  it('says which rights are missing', async () => {
    const { simulator } = google;
    const scope = 'https://www.googleapis.com/auth/calendar.events.owned';
    const tokens = await tokenSource(simulator, ALICE, [scope]);
    await expect(provider.readAccount?.(accessTo(simulator, tokens))).rejects.toMatchObject({
      problem: 'key-without-rights',
      advice: expect.stringContaining('leave every box ticked') as string,
    });
  });
});
