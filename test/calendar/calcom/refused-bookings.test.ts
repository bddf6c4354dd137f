import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BookRequest, Calendar, Slot } from '../../../calendar/calendar.ts';
import type { EventTypeSeed } from '../../../rehearsal/simulators/calcom/seed.ts';
import { startCalcom } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import { startScripted } from '../scripted-server.ts';
import type { ScriptedAnswer } from '../scripted-server.ts';
import { recorded, recordedLater } from './recorded.ts';
import { calendarOf, FRONT_DESK } from './simulated.ts';

const DAY = 24 * 3_600_000;
const PHONE = '+14155552671';
const CONFIRMED = { type: 'always', blockUnconfirmedBookingsInBooker: true };

const TYPES: (EventTypeSeed & { slug: string })[] = [
  { slug: 'plain', lengthInMinutes: 30 },
  {
    slug: 'one-each',
    lengthInMinutes: 30,
    bookerActiveBookingsLimit: { maximumActiveBookings: 1 },
  },
  { slug: 'for-good', lengthInMinutes: 30, disableCancelling: { disabled: true } },
  { slug: 'fixed', lengthInMinutes: 30, disableRescheduling: { disabled: true } },
  {
    slug: 'fixed-soon',
    lengthInMinutes: 30,
    disableRescheduling: { disabled: false, minutesBefore: 365 * 24 * 60 },
  },
  { slug: 'awaiting', lengthInMinutes: 30, confirmationPolicy: CONFIRMED },
  // What is pending takes no time from others.
  { slug: 'unblocked', lengthInMinutes: 30, confirmationPolicy: { type: 'always' } },
  { slug: 'called', lengthInMinutes: 30, locations: [{ type: 'attendeePhone' }] },
  { slug: 'at-theirs', lengthInMinutes: 30, locations: [{ type: 'attendeeAddress' }] },
  { slug: 'anywhere', lengthInMinutes: 30, locations: [{ type: 'attendeeDefined' }] },
  {
    slug: 'boxes',
    lengthInMinutes: 30,
    bookingFields: [
      { type: 'boolean', slug: 'terms', label: 'Do you accept our terms?', required: true },
      { type: 'number', slug: 'people' },
    ],
  },
  { slug: 'verified', lengthInMinutes: 30, requiresBookerEmailVerification: true },
];

describe('what Cal.com refuses, or should', () => {
  let simulator: ValidatedSimulator;
  const free: Slot[] = [];
  beforeAll(async () => {
    simulator = await startCalcom({
      accounts: [
        { ...FRONT_DESK, eventTypes: TYPES },
        { username: 'kiran', apiKey: null, requiresBookerEmailVerification: true },
      ],
      teams: [
        {
          slug: 'sales',
          members: ['front-desk', 'kiran'],
          eventTypes: [{ slug: 'turns', lengthInMinutes: 30, schedulingType: 'roundRobin' }],
        },
      ],
    });
    const now = simulator.clock.now();
    const range = { from: new Date(now), to: new Date(now + 30 * DAY) };
    free.push(...(await open('plain').listSlots(range)));
  });
  afterAll(() => simulator.close());

  const open = (eventType: string) => calendarOf(simulator, { eventType });
  const freshSlot = (): Slot => {
    const slot = free.shift();
    if (!slot) throw new Error('The simulator has too few free slots.');
    return slot;
  };
  const request = (change: Partial<BookRequest> = {}): BookRequest => {
    const key = randomUUID();
    const email = `${key}@example.com`;
    const attendee = { name: 'Mary Smith', email, phone: null, timeZone: 'America/New_York' };
    return { slot: freshSlot(), attendee, key, notes: null, answers: {}, ...change };
  };
  const count = () => simulator.state.bookings.all().length;
  const sentAs = (key: string) =>
    simulator.state.bookings.all().find(({ metadata }) => metadata['idempotencyKey'] === key);

  it('is told by its reason: an address that only its owner may book with', async () => {
    const wanted = request();
    const attendee = { ...wanted.attendee, email: 'kiran@example.com' };
    await expect(open('plain').book({ ...wanted, attendee })).rejects.toMatchObject({
      name: 'RequestRefusedError',
      reason: 'address-not-accepted',
      field: 'email',
    });
  });

  it('is told by its reason: more appointments than one may have', async () => {
    const calendar = open('one-each');
    const first = request();
    await calendar.book(first);
    const again = calendar.book(request({ attendee: first.attendee }));
    await expect(again).rejects.toMatchObject({ reason: 'attendee-has-enough' });
    expect((await calendar.describe()).remarks).toEqual(['an address may have 1 to come']);
  });

  it('is told by its reason: a cancellation where there are none', async () => {
    const calendar = open('for-good');
    const { reference } = await calendar.book(request());
    await expect(calendar.cancel(reference, 'Ill.')).rejects.toMatchObject({
      reason: 'cancelling-not-allowed',
    });
    expect(await calendar.findBookings({ reference })).toMatchObject([{ status: 'confirmed' }]);
    expect((await calendar.describe()).remarks).toEqual(['nobody can cancel']);
  });

  it('is told by its reason: notes longer than it takes, which are not sent', async () => {
    const before = count();
    await expect(open('plain').book(request({ notes: 'x'.repeat(1_001) }))).rejects.toMatchObject({
      reason: 'notes-too-long',
      field: 'notes',
    });
    expect(count()).toBe(before);
    await open('plain').book(request({ notes: 'x'.repeat(1_000) }));
  });

  it.each(['unblocked', 'turns'])(
    'is a second booking of the same person and start, which it answers with the first: %s',
    async (eventType) => {
      const first = request();
      const made = await open(eventType).book(first);
      const again = { ...first, key: randomUUID() };
      await expect(open(eventType).book(again)).rejects.toMatchObject({
        name: 'RequestRefusedError',
        reason: 'attendee-has-it-already',
      });
      expect(sentAs(again.key)).toBeUndefined();
      expect(await open(eventType).book(first)).toMatchObject({ reference: made.reference });
    },
  );

  it.each(['fixed', 'fixed-soon'])(
    'is a move that the owner does not want, which it would make for the owner’s key: %s',
    async (slug) => {
      const calendar = open(slug);
      const wanted = request();
      const { reference } = await calendar.book(wanted);
      await expect(calendar.reschedule(reference, freshSlot(), 'Ill.')).rejects.toMatchObject({
        name: 'RequestRefusedError',
        reason: 'moving-not-allowed',
      });
      expect(await calendar.findBookings({ reference })).toMatchObject([wanted.slot]);
    },
  );

  it('stays for the owner to accept when an attendee moves it in a call', async () => {
    const calendar = open('awaiting');
    const { reference, uid } = await calendar.book(request());
    const slot = freshSlot();
    const moved = await calendar.reschedule(reference, slot, 'Ill.');
    expect(moved).toMatchObject({ ...slot, reference, status: 'pending' });
    expect(moved.uid).not.toBe(uid);
    // What the owner has accepted is accepted for its time alone.
    const stored = simulator.state.bookings.find(moved.uid);
    if (stored) stored.status = 'accepted';
    expect(await calendar.reschedule(reference, freshSlot(), 'Again.')).toMatchObject({
      status: 'pending',
    });
    expect((await calendar.describe()).remarks).toEqual(['each booking awaits its owner']);
    expect(
      await open('plain').reschedule(
        (await open('plain').book(request())).reference,
        freshSlot(),
        'Ill.',
      ),
    ).toMatchObject({ status: 'confirmed' });
  });

  it('is an appointment by phone without a number, which it would book', async () => {
    const calendar = open('called');
    expect((await calendar.describe()).requiredAttendeeFields).toEqual(['name', 'email', 'phone']);
    await expect(calendar.book(request())).rejects.toMatchObject({ field: 'phone' });
    const wanted = request();
    const attendee = { ...wanted.attendee, phone: PHONE };
    expect((await calendar.book({ ...wanted, attendee })).location).toBe(PHONE);
  });

  it.each([
    ['at-theirs', 'attendeeAddress', '12 Elm Street'],
    ['anywhere', 'attendeeDefined', 'the café on Main'],
  ])('is a meeting at a place that only the attendee knows: %s', async (slug, key, place) => {
    const calendar = open(slug);
    expect((await calendar.describe()).questions).toMatchObject([{ key, required: true }]);
    await expect(calendar.book(request())).rejects.toMatchObject({ field: key });
    const booking = await calendar.book(request({ answers: { [key]: place } }));
    expect(booking.location).toBe(place);
  });

  it.each([
    ['at-theirs', 'attendeeInPerson'],
    ['anywhere', 'somewhereElse'],
    ['called', 'phone'],
  ])('is no place that can be said: %s was booked at "%s" by others', async (slug, word) => {
    const calendar = open(slug);
    const attendee = { ...request().attendee, phone: PHONE };
    const place = '12 Elm Street';
    const answers = { attendeeAddress: place, attendeeDefined: place };
    const { uid, reference } = await calendar.book(request({ attendee, answers }));
    const stored = simulator.state.bookings.find(uid);
    if (stored) stored.location = word;
    expect(await calendar.findBookings({ reference })).toMatchObject([{ location: null }]);
  });

  it('is a box that must be ticked and is not, in whatever words', async () => {
    const calendar = open('boxes');
    const { questions, remarks } = await calendar.describe();
    expect(questions).toMatchObject([{ key: 'terms', options: ['yes'] }]);
    expect(remarks).toEqual(['callers must say yes to "Do you accept our terms?"']);
    for (const terms of ['no', 'I do not', 'maybe', 'yes, but not the second one']) {
      await expect(calendar.book(request({ answers: { terms } }))).rejects.toMatchObject({
        field: 'terms',
      });
    }
    for (const terms of ['yes', 'Yeah, sure.', 'I agree', 'of course']) {
      const wanted = request({ answers: { terms, people: 'three' } });
      await calendar.book(wanted);
      expect(sentAs(wanted.key)?.responses).toMatchObject({ terms: true });
      expect(sentAs(wanted.key)?.responses).not.toHaveProperty('people');
    }
  });

  it('is refused before a time of it is offered, where nobody can be booked', async () => {
    await expect(open('verified').describe()).rejects.toMatchObject({
      name: 'CalendarSetupError',
      problem: 'not-supported',
    });
  });
});

const START = '2026-12-02T15:00:00.000Z';
const SLOT = { start: new Date(START), end: new Date('2026-12-02T15:30:00.000Z') };

describe('a refusal of what no caller said', () => {
  const refused = (property: string): ScriptedAnswer => {
    const message = `attendee property is wrong, ${property} property is wrong,x `;
    return {
      status: 400,
      body: { status: 'error', error: { code: 'BadRequestException', message } },
    };
  };

  it('is no question to the caller: another zone is sent', async () => {
    const sent: string[] = [];
    const calendar = await onScript((body) => {
      sent.push(body.attendee.timeZone);
      return body.attendee.timeZone === 'UTC' ? recorded('booking.create.ok') : refused('timeZone');
    });
    await bookAt(calendar, { timeZone: 'Asia/Calcutta' });
    expect(sent).toEqual(['Asia/Calcutta', 'America/New_York', 'UTC']);
  });

  it('is no question to the caller: the place is left to the event type', async () => {
    const sent: unknown[] = [];
    const meet = { type: 'integration', integration: 'google-meet' };
    const calendar = await onScript(
      (body) => {
        sent.push(body.location);
        return body.location
          ? recorded('booking.create.location-not-allowed')
          : recorded('booking.create.ok');
      },
      { locations: [meet], meetingLink: 'google_meet' },
    );
    await bookAt(calendar, {});
    expect(sent).toEqual([meet, undefined]);
  });

  it.each(['language', 'metadata'])(
    'is for the operator where nothing is surer: %s',
    async (what) => {
      const calendar = await onScript(() => refused(what));
      await expect(bookAt(calendar, {})).rejects.toMatchObject({
        name: 'CalendarSetupError',
        problem: 'not-supported',
        message: expect.stringContaining(`"${what}"`),
      });
    },
  );

  it.each([
    ['booking.create.day-limit-401', { name: 'SlotUnavailableError' }],
    ['booking.create.protected-email-403', { reason: 'address-not-accepted' }],
    ['booking.create.booker-limit', { reason: 'attendee-has-enough' }],
    ['booking.create.verification-required', { problem: 'not-supported' }],
    ['booking.create.number-field-string', { problem: 'not-supported' }],
    ['booking.create.bad-email', { name: 'RequestRefusedError', field: 'email', reason: null }],
  ])('is read as it was recorded: %s', async (name, error) => {
    const known = name === 'booking.create.bad-email' ? recorded(name) : recordedLater(name);
    const calendar = await onScript(() => known);
    await expect(bookAt(calendar, {})).rejects.toMatchObject(error);
  });
});

interface SentBody {
  attendee: { timeZone: string };
  location?: unknown;
}

/** A calendar whose bookings are answered by a function of what was sent. */
async function onScript(
  answer: (body: SentBody) => ScriptedAnswer,
  {
    locations = [],
    meetingLink = 'provider',
  }: {
    locations?: object[];
    meetingLink?: 'provider' | 'google_meet';
  } = {},
): Promise<Calendar> {
  const types = recorded('event-types.by-username-slug').body as { data: object[] };
  const server = await startScripted(({ method, path, body }) => {
    if (method === 'POST') return answer(body as SentBody);
    if (path.startsWith('/v2/slots')) {
      const listed = { start: START, end: SLOT.end.toISOString() };
      return { body: { status: 'success', data: { '2026-12-02': [listed] } } };
    }
    if (path.startsWith('/v2/bookings')) {
      return { body: { data: [], pagination: { hasNextPage: false } } };
    }
    return { body: { ...types, data: types.data.map((type) => ({ ...type, locations })) } };
  });
  const clock = { now: () => Date.parse('2026-11-20T20:00:00Z') };
  return calendarOf({ ...server, clock }, { eventType: 'consultation', meetingLink });
}

function bookAt(calendar: Calendar, change: { timeZone?: string }) {
  const email = 'ada@example.com';
  const attendee = { name: 'Ada', email, phone: null, timeZone: 'America/Chicago', ...change };
  return calendar.book({ slot: SLOT, attendee, key: 'key', notes: null, answers: {} });
}
