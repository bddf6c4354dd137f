import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SlotUnavailableError } from '../../../calendar/calendar-error.ts';
import type { BookRequest, Calendar, Slot } from '../../../calendar/calendar.ts';
import { transport } from '../../../runtime/http-transport.ts';
import { canServeDav, startDavServer } from '../../support/dav-server.ts';
import type { DavServer } from '../../support/dav-server.ts';
import { attendee, DAY } from '../contract/contract-world.ts';
import { DavOwner, makeDavCalendar, stamp } from './dav-user.ts';
import { connectDav, EVERY_DAY, openDav } from './open-dav.ts';

/** Lets something happen just before the next request of a method is sent. */
class BeforeRequest {
  #next: { method: string; work: () => Promise<void> } | null = null;

  before(method: string, work: () => Promise<void>): void {
    this.#next = { method, work };
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const next = this.#next;
    if (next && init?.method === next.method) {
      this.#next = null;
      await next.work();
    }
    return transport(input, init);
  };
}

describe.skipIf(!canServeDav('radicale'))('a calendar on Radicale', () => {
  let server: DavServer;
  let work: DavOwner;
  let home: DavOwner;
  let settings: Record<string, unknown>;
  const line = new BeforeRequest();
  const open = (change: Parameters<typeof openDav>[1] = {}): Calendar =>
    openDav({ server: server.url, settings, fetch: line.fetch }, change);

  /** Slots that no test before has taken. */
  let free: Slot[];
  const fresh = (): Slot => {
    const slot = free.splice(0, 2)[0];
    if (!slot) throw new Error('Nothing is free any more.');
    return slot;
  };
  const isFree = async (calendar: Calendar, slot: Slot) =>
    (await calendar.listSlots({ from: slot.start, to: slot.end })).length > 0;
  const wish = (slot: Slot): BookRequest => ({
    slot,
    attendee: attendee(),
    key: randomUUID(),
    notes: 'Comes by bicycle;\r\nneeds a ramp, too.',
    answers: { pet: 'a cat' },
  });

  beforeAll(async () => {
    server = await startDavServer('radicale');
    work = new DavOwner(await makeDavCalendar(server.url, 'Work'));
    home = new DavOwner(await makeDavCalendar(server.url, 'Home'));
    const wanted = { calendar: 'Work', busyCalendars: 'Home' };
    settings = await connectDav({ server: server.url, settings: wanted });
    free = await open().listSlots({ from: new Date(), to: new Date(Date.now() + 20 * DAY) });
  });
  afterAll(() => server.close());

  it('is found from the domain alone, and its name and calendars are asked for', async () => {
    expect(settings).toMatchObject({
      places: { calendar: work.calendar, name: 'Work', blocking: [work.calendar, home.calendar] },
    });
    await expect(connectDav({ server: server.url })).rejects.toThrow('"Home", "Work"');
    await expect(
      connectDav({ server: server.url, settings: { calendar: 'Garden' } }),
    ).rejects.toThrow('no calendar "Garden"');
    const typed = await connectDav({ server: home.calendar });
    expect(typed).toMatchObject({ places: { name: 'Home', blocking: [home.calendar] } });
  });

  it('refuses a wrong password in words for its operator', async () => {
    await expect(connectDav({ server: server.url, credential: 'wrong' })).rejects.toMatchObject({
      name: 'CalendarSetupError',
      problem: 'key-refused',
    });
  });

  it('is busy with what its owner has in any calendar that blocks', async () => {
    const calendar = open();
    for (const owner of [work, home]) {
      const slot = fresh();
      expect(await isFree(calendar, slot)).toBe(true);
      await owner.add(`own-${owner === work ? 1 : 2}`, stamp(slot.start), stamp(slot.end));
      expect(await isFree(calendar, slot)).toBe(false);
      await expect(calendar.book(wish(slot))).rejects.toThrow(SlotUnavailableError);
    }
  });

  it('writes what a person can read, and reads it back', async () => {
    const wanted = wish(fresh());
    const { reference } = await open().book(wanted);
    const written = (await work.read(reference)).replaceAll('\r\n ', '');
    expect(written).toContain(`DTSTART:${stamp(wanted.slot.start)}`);
    expect(written).toContain('SUMMARY:Mary Smith (A visit)');
    expect(written).toContain(String.raw`Comes by bicycle\;\nneeds a ramp\, too.\npet: a cat`);
    expect(written).not.toContain('ATTENDEE');
    const [found] = await open().findBookings({ reference });
    expect(found).toMatchObject({ key: wanted.key, attendee: wanted.attendee });
  });

  it('gives way to what its owner wrote between our look and our writing', async () => {
    const calendar = open();
    const wanted = wish(fresh());
    line.before('PUT', () =>
      home.add('meanwhile', stamp(wanted.slot.start), stamp(wanted.slot.end)),
    );
    await expect(calendar.book(wanted)).rejects.toThrow(SlotUnavailableError);
    expect(await calendar.findBookings({ key: wanted.key })).toEqual([]);
  });

  it('moves back where its owner took the new time between our look and our writing', async () => {
    const calendar = open();
    const wanted = wish(fresh());
    const { reference } = await calendar.book(wanted);
    const to = fresh();
    line.before('PUT', () => work.add('taken', stamp(to.start), stamp(to.end)));
    await expect(calendar.reschedule(reference, to, 'Asked.')).rejects.toThrow(
      SlotUnavailableError,
    );
    expect(await calendar.findBookings({ reference })).toMatchObject([
      { ...wanted.slot, status: 'confirmed' },
    ]);
  });

  it('keeps what its owner wrote into an appointment, also when they write it at the same time', async () => {
    const calendar = open();
    const { reference } = await calendar.book(wish(fresh()));
    const edit = async (line: string) => {
      const ics = await work.read(reference);
      await work.put(reference, ics.replace('END:VEVENT', `${line}\r\nEND:VEVENT`));
    };
    await edit('LOCATION:Room 4');
    line.before('PUT', () => edit('X-OWN:kept'));
    const moved = await calendar.reschedule(reference, fresh(), 'Asked.');
    expect(moved.location).toBe('Room 4');
    await calendar.cancel(reference, 'Ill.');
    const ics = await work.read(reference);
    for (const kept of ['LOCATION:Room 4', 'X-OWN:kept', 'STATUS:CANCELLED', 'SEQUENCE:2']) {
      expect(ics).toContain(kept);
    }
  });

  it('still knows a booking whose note another program has taken away', async () => {
    const { reference } = await open().book(wish(fresh()));
    const ics = (await work.read(reference)).replaceAll('\r\n ', '');
    await work.put(reference, ics.replace(/X-SLOTLINE-BOOKING.*\r\n/, ''));
    expect(await open().findBookings({ reference })).toMatchObject([
      { reference, key: null, status: 'confirmed', attendee: { name: 'Mary Smith' } },
    ]);
  });

  it('offers no more than the daily maximum, and keeps the buffers round what is booked', async () => {
    const slot = fresh();
    const availability = { ...EVERY_DAY, bufferAfter: 30, step: 15 };
    const calendar = open({ availability, eventType: 'buffered' });
    await calendar.book(wish(slot));
    const after = { start: slot.end, end: new Date(slot.end.getTime() + 30 * 60_000) };
    expect(await isFree(open(), after)).toBe(true);
    expect(await isFree(calendar, after)).toBe(false);
    const once = open({ availability: { ...EVERY_DAY, dailyMaximum: 1 }, eventType: 'buffered' });
    const day = { from: new Date(slot.start.getTime() - 60_000), to: after.end };
    expect(await once.listSlots(day)).toEqual([]);
  });

  it('tells what changed since the last time: what moved, and what its owner removed', async () => {
    const calendar = open();
    const first = await calendar.listChanges?.(null);
    if (!first) throw new Error('It cannot tell.');
    const [one, two] = [await calendar.book(wish(fresh())), await calendar.book(wish(fresh()))];
    const second = await calendar.listChanges?.(first.mark);
    const told = new Map(second?.news.map(({ reference, status }) => [reference, status]));
    expect(Object.fromEntries(told)).toEqual({
      [one.reference]: 'confirmed',
      [two.reference]: 'confirmed',
    });
    await work.remove(one.reference);
    const third = await calendar.listChanges?.(second?.mark ?? '');
    expect(third?.news).toMatchObject([{ reference: one.reference, status: 'cancelled' }]);
    expect((await calendar.listChanges?.(third?.mark ?? ''))?.news).toEqual([]);
    const anew = await calendar.listChanges?.('sync:http://example.com/unknown');
    expect(anew?.news.map(({ reference }) => reference)).toContain(two.reference);
  });
});
