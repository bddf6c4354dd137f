import { describe, expect, it } from 'vitest';
import { withPlainAnswers } from '../../calendar/plain-answers.ts';
import type { Booking, Calendar } from '../../calendar/calendar.ts';

const ZONE = 'Europe/Berlin';
const attendee = { name: 'Ada\u0000', email: null, phone: null, timeZone: 'Etc/Unknown' };
const odd: Booking = {
  reference: 'r',
  uid: 'r',
  start: new Date('2026-11-24T15:00:00Z'),
  end: new Date('2026-11-24T15:30:00Z'),
  status: 'confirmed',
  attendee,
  key: null,
  location: 'Room\u0000 1 \ud800',
};
const plain = {
  ...odd,
  attendee: { ...attendee, name: 'Ada', timeZone: ZONE },
  location: 'Room 1 \ufffd',
};
const answering: Partial<Calendar> = {
  book: () => Promise.resolve(odd),
  findBookings: () => Promise.resolve([odd]),
  reschedule: () => Promise.resolve(odd),
  cancel: () => Promise.resolve(odd),
  listBookings: () =>
    Promise.resolve([
      { ...odd, changedAt: new Date(8.64e15), attendees: [attendee] },
      { ...odd, changedAt: null, end: odd.start },
    ]),
};
const calendar = withPlainAnswers(answering as Calendar, ZONE);
const slot = { start: odd.start, end: odd.end };

describe('a calendar that answers what cannot be stored or shown', () => {
  it('is heard without it, whatever it is asked', async () => {
    expect(await calendar.findBookings({ reference: 'r' })).toEqual([plain]);
    expect(await calendar.reschedule('r', slot, '')).toEqual(plain);
    expect(await calendar.cancel('r', '')).toEqual(plain);
  });

  it('leaves who books in the zone that was sent', async () => {
    const booker = { ...attendee, timeZone: 'America/New_York' };
    const request = { slot, attendee: booker, key: 'k', notes: null, answers: {} };
    const { attendee: booked } = await calendar.book(request);
    expect(booked.timeZone).toBe('America/New_York');
  });

  it('lists bookings, and no time where it is none', async () => {
    const { start, end } = slot;
    const [first, second] = (await calendar.listBookings?.({ from: start, to: end })) ?? [];
    expect(first).toMatchObject({ changedAt: null, start, end, location: 'Room 1 \ufffd' });
    expect(first?.attendees).toEqual([plain.attendee]);
    expect(second).not.toHaveProperty('start');
    expect(second).not.toHaveProperty('end');
  });

  it('has no list and no hold where its provider has none', () => {
    const bare = withPlainAnswers({ ...answering, listBookings: undefined } as never, ZONE);
    expect(bare).not.toHaveProperty('listBookings');
    expect(bare).not.toHaveProperty('hold');
  });
});
