import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventTypeSeed } from '../../../../rehearsal/simulators/calcom/seed.ts';
import { comparable, Identifiers, LATER_FOLDER, readLaterRecording } from './recording.ts';
import { API_KEY, request, startCalcom, type ValidatedSimulator } from './start-calcom.ts';

const DAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

const FIELDS = [
  { type: 'text', slug: 'reason', required: true },
  { type: 'select', slug: 'kind', required: true, options: ['First visit', 'Follow-up'] },
  { type: 'number', slug: 'people', required: true },
  { type: 'boolean', slug: 'insured', required: true },
  { type: 'checkbox', slug: 'days', options: ['Mon', 'Tue'] },
  { type: 'radio', slug: 'floor', required: true, options: ['1st', '2nd'] },
];

/** The event types of the recorded instance by their numbers; what is not named was not asked of. */
const EVENT_TYPES: Record<number, Partial<EventTypeSeed>> = {
  1: { slug: 'consultation', title: 'Consultation' },
  3: { slug: 'asking', bookingFields: FIELDS },
  11: { slug: 'one-a-day', bookingLimitsCount: { day: 1 } },
  15: {
    slug: 'recurring',
    title: 'Recurring',
    recurrence: { interval: 1, occurrences: 4, frequency: 'weekly' },
  },
  20: {
    slug: 'one-each',
    bookerActiveBookingsLimit: { maximumActiveBookings: 1, offerReschedule: true },
  },
  25: { slug: 'verified', requiresBookerEmailVerification: true },
  26: { slug: 'for-good', disableCancelling: { disabled: true } },
  27: { slug: 'doomed', title: 'Doomed' },
};

let simulator: ValidatedSimulator;
const identifiers = new Identifiers();
beforeAll(async () => {
  // The instance had served others before: its numbers did not begin with one.
  const others = Array.from({ length: 100 }, (_, index) => ({
    username: `other-${index}`,
    apiKey: null,
  }));
  simulator = await startCalcom({
    edition: { video: 'integrations:daily', domain: 'Cal.diy' },
    accounts: [
      ...others,
      {
        username: 'owner',
        name: 'Olive Owner',
        email: 'owner@example.com',
        apiKey: API_KEY,
        availability: [{ days: [...DAYS], startTime: '09:00', endTime: '17:00' }],
        eventTypes: Array.from({ length: 27 }, (_, index) => ({
          slug: `type-${index + 1}`,
          lengthInMinutes: 30,
          ...EVENT_TYPES[index + 1],
        })),
      },
      { username: 'kiran', apiKey: null, requiresBookerEmailVerification: true },
    ],
  });
  simulator.clock.set(Date.parse('2026-11-28T14:37:30Z'));
});
afterAll(async () => await simulator.close());

describe('the Cal.com simulator answers as was recorded later', () => {
  it('that a moved booking of a recurring type does not say where it is', async () => {
    countBookingsTo(109);
    const before = readLaterRecording('booking.get.recurring-moved-old').response.body as {
      data: { metadata: object };
    };
    await book(
      { eventTypeId: 15, start: '2026-12-31T14:00:00Z', email: 'rec@example.com' },
      { metadata: before.data.metadata, recurrenceCount: 1 },
      '8Jux7kJdu4KKqPNWiMLMAC',
    );
    for (const name of ['booking.reschedule.recurring', 'booking.get.recurring-moved-old']) {
      const { live, recorded } = await replay(name);
      expect(live).toStrictEqual(recorded);
    }
  });

  it('what is left of a booking whose event type was deleted, or whose host has no name', async () => {
    countBookingsTo(167);
    await book(
      { eventTypeId: 27, start: '2027-04-12T13:00:00Z', email: 'doomed@example.com' },
      { metadata: metadataOf('bookings.list.event-type-deleted') },
      'uDEobWYYNrBuHxsbazQtWB',
    );
    await request(simulator, 'DELETE', '/v2/event-types/27');
    const deleted = await replay('bookings.list.event-type-deleted');
    expect(deleted.live).toStrictEqual(deleted.recorded);
    const owner = simulator.state.accountNamed('owner');
    if (owner) owner.name = null;
    await book(
      { eventTypeId: 1, start: '2027-04-13T13:00:00Z', email: 'noname@example.com' },
      { metadata: metadataOf('bookings.list.host-without-name') },
    );
    const nameless = await replay('bookings.list.host-without-name');
    expect(nameless.live).toStrictEqual(nameless.recorded);
  });

  it('to an answer that no form accepts', async () => {
    for (const name of ['booking.create.box-and-number', 'booking.create.number-field-string']) {
      const { live, recorded } = await replay(name);
      expect(live).toStrictEqual(recorded);
    }
  });

  it('to who may not book, or not on that day', async () => {
    await book({ eventTypeId: 11, start: '2027-06-07T14:00:00Z', email: 'first@example.com' });
    await book(
      { eventTypeId: 20, start: '2027-01-13T14:00:00Z', email: 'lim@example.com' },
      {},
      'eZFqpKQdXSe7XYYPmTdAFU',
    );
    for (const name of [
      'booking.create.day-limit-401',
      'booking.create.protected-email-403',
      'booking.create.verification-required',
      'booking.create.booker-limit',
    ]) {
      const { live, recorded } = await replay(name);
      expect(live).toStrictEqual(recorded);
    }
  });

  it('to a cancellation that is not allowed, and a reservation of what is booked', async () => {
    await book(
      { eventTypeId: 26, start: '2027-02-01T14:00:00Z', email: 'ada@example.com' },
      {},
      'mH9Up1W9ni59TmnoMWWYuJ',
    );
    await book({ eventTypeId: 1, start: '2027-05-11T13:00:00Z', email: 'ada@example.com' });
    for (const name of ['booking.cancel.not-allowed', 'reservation.create.booked-422']) {
      const { live, recorded } = await replay(name);
      expect(live).toStrictEqual(recorded);
    }
  });

  it('leaving no recording out', () => {
    const files = readdirSync(LATER_FOLDER).map((file) => file.replace(/\.json$/, ''));
    expect(new Set(files)).toEqual(replayed);
  });
});

const replayed = new Set<string>();

/** What the simulator answers, and what must be answered. */
async function replay(name: string): Promise<{ live: unknown; recorded: unknown }> {
  replayed.add(name);
  const { request: recorded, response } = readLaterRecording(name);
  const { method, path, body } = identifiers.translate(recorded);
  const live = await request(simulator, method, path, body === null ? {} : { body });
  identifiers.learn(response.body, live.body);
  return {
    live: { status: live.status, body: comparable(live.body) },
    recorded: {
      status: response.status,
      body: comparable(identifiers.translate(response.body)),
    },
  };
}

async function book(
  { email, ...what }: { eventTypeId: number; start: string; email: string },
  further: object = {},
  uid?: string,
): Promise<void> {
  const attendee = { name: 'Ada Caller', email, timeZone: 'America/New_York' };
  const body = { ...what, attendee, ...further };
  const answer = await request(simulator, 'POST', '/v2/bookings', { body });
  expect(answer.status).toBe(201);
  const [made] = [answer.body.data].flat() as { uid: string }[];
  if (uid !== undefined && made) identifiers.add(uid, made.uid);
}

function metadataOf(name: string): unknown {
  const { data } = readLaterRecording(name).response.body as { data: unknown };
  const [booking] = [data].flat() as { metadata: unknown }[];
  return booking?.metadata;
}

function countBookingsTo(last: number): void {
  while (simulator.state.nextId('booking') < last);
}
