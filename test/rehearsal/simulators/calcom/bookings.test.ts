import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RaceGate } from './race-gate.ts';
import { API_KEY, request, startCalcom, type ValidatedSimulator } from './start-calcom.ts';

const TAKEN = 'User either already has booking at this time or is not available';
const OTHER_KEY = 'cal_ffffffffffffffffffffffffffffffff';

let simulator: ValidatedSimulator;
const gate = new RaceGate();
beforeEach(async () => {
  simulator = await startCalcom({
    raceWindow: gate.pass,
    accounts: [
      {
        username: 'front-desk',
        name: 'Front Desk',
        apiKey: API_KEY,
        eventTypes: [
          { slug: 'appointment', title: 'Appointment', lengthInMinutes: 30 },
          { slug: 'weekly', lengthInMinutes: 30, recurrence: weekly(4) },
          { slug: 'flexible', lengthInMinutes: 30, lengthInMinutesOptions: [15, 30, 60] },
          {
            slug: 'asks',
            lengthInMinutes: 30,
            bookingFields: [{ slug: 'reason', required: true }],
          },
          { slug: 'calls', lengthInMinutes: 30, emailRequired: false },
          { slug: 'approved', lengthInMinutes: 30, confirmationPolicy: { type: 'always' } },
          {
            slug: 'by-phone',
            lengthInMinutes: 30,
            bookingFields: [{ slug: 'email', required: false, hidden: true }],
            locations: [{ type: 'attendeeAddress' }],
          },
          {
            slug: 'in-two-parts',
            lengthInMinutes: 30,
            bookingFields: [{ type: 'splitName', slug: 'splitName', lastNameRequired: true }],
          },
          { slug: 'for-good', lengthInMinutes: 30, disableCancelling: { disabled: true } },
          {
            slug: 'near',
            lengthInMinutes: 30,
            bookingWindow: { type: 'calendarDays', value: 7, rolling: true },
          },
        ],
      },
      { username: 'colleague', name: 'Colleague', apiKey: OTHER_KEY },
    ],
    teams: [
      {
        slug: 'sales',
        members: ['front-desk', 'colleague'],
        eventTypes: [
          { slug: 'demo', lengthInMinutes: 30, schedulingType: 'collective' },
          { slug: 'any', lengthInMinutes: 30, schedulingType: 'roundRobin' },
        ],
      },
    ],
  });
});
afterEach(async () => await simulator.close());

describe('races', () => {
  it('books one of six who ask for the same start at once, and conflicts with the others', async () => {
    gate.gather(6);
    const answers = await Promise.all(
      Array.from({ length: 6 }, async () => await book('appointment', '2026-11-24T15:00:00Z')),
    );
    const refused = answers.filter(({ status }) => status === 409);
    expect(refused).toHaveLength(5);
    expect(refused[0]?.body).toStrictEqual({ statusCode: 409, message: 'booking_conflict_error' });
    expect(simulator.state.bookings.all()).toHaveLength(1);
  });

  it('books both of two overlapping starts that race: a real double booking', async () => {
    gate.gather(2);
    const answers = await Promise.all([
      book('appointment', '2026-11-24T15:00:00Z'),
      book('appointment', '2026-11-24T15:15:00Z'),
    ]);
    expect(answers.map(({ status }) => status)).toStrictEqual([201, 201]);
    expect(simulator.state.bookings.all().map(({ status }) => status)).toStrictEqual([
      'accepted',
      'accepted',
    ]);
  });

  it('refuses the second of two that follow each other', async () => {
    await book('appointment', '2026-11-24T15:00:00Z');
    for (const start of ['2026-11-24T15:00:00Z', '2026-11-24T15:15:00Z']) {
      const { body, status } = await book('appointment', start);
      expect([status, body.error?.message]).toStrictEqual([400, TAKEN]);
    }
  });

  it('lets two reschedules into one start conflict', async () => {
    const uids = [
      uidOf(await book('appointment', '2026-11-24T15:00:00Z')),
      uidOf(await book('appointment', '2026-11-24T16:00:00Z')),
    ];
    gate.gather(2);
    const answers = await Promise.all(
      uids.map(async (uid) => await reschedule(uid, '2026-11-24T20:00:00Z')),
    );
    expect(new Set(answers.map(({ status }) => status))).toStrictEqual(new Set([201, 409]));
  });
});

describe('what a new booking may be', () => {
  it.each([
    ['off the slot grid', '2026-11-24T15:07:00Z', {}],
    ['with a phone number that is none', '2026-11-24T15:00:00Z', { phoneNumber: 'call me' }],
  ])('books a start %s', async (_what, start, attendee) => {
    expect((await book('appointment', start, { attendee })).status).toBe(201);
  });

  it.each([
    ['past', '2026-11-20T15:00:00Z', 'Attempting to book a meeting in the past.'],
    ['too soon', '2026-11-23T15:00:00Z', 'The event type can\'t be booked at the "start" time'],
    ['outside hours', '2026-11-24T03:00:00Z', TAKEN],
    ['on a day off', '2026-11-28T15:00:00Z', TAKEN],
  ])('refuses a start that is %s', async (_what, start, message) => {
    const { body, status } = await book('appointment', start);
    expect(status).toBe(400);
    expect(body.error?.message).toContain(message);
  });

  it('refuses a start past the booking window', async () => {
    const { body } = await book('near', '2026-12-04T15:00:00Z');
    expect(body.error?.message).toContain('The event type can\'t be booked at the "start" time');
    expect((await book('near', '2026-11-27T15:00:00Z')).status).toBe(201);
  });

  it('asks for a custom field and keeps what was answered', async () => {
    const { body } = await book('asks', '2026-11-24T15:00:00Z');
    expect(body.error?.message).toContain('Missing required booking field response: reason');
    const bookingFieldsResponses = { reason: 'toothache' };
    const booked = await book('asks', '2026-11-24T15:00:00Z', { bookingFieldsResponses });
    expect(booked.body.data).toMatchObject({ bookingFieldsResponses });
  });

  it('makes an address of a phone number where the e-mail is optional', async () => {
    const attendee = { email: undefined, phoneNumber: '+15550100001' };
    const { body } = await book('calls', '2026-11-24T15:00:00Z', { attendee });
    expect(body.data).toMatchObject({ attendees: [{ email: '15550100001@sms.cal.com' }] });
    const refused = await book('appointment', '2026-11-24T16:00:00Z', { attendee });
    expect(refused.body.error).toStrictEqual({
      code: 'BAD_REQUEST',
      message: 'responses - {email}error_required_field, ',
    });
  });

  it('drops an address that is given where the e-mail field is hidden', async () => {
    const attendee = { phoneNumber: '+15550100001' };
    const { body } = await book('by-phone', '2026-11-24T15:00:00Z', { attendee });
    expect(body.data).toMatchObject({
      attendees: [{ email: '15550100001@sms.cal.com', phoneNumber: '+15550100001' }],
      location: 'attendeeInPerson',
    });
  });

  it.each([
    ['in-two-parts', {}, 'responses - {name}error_required_field, '],
    ['appointment', { notes: 'x'.repeat(1_001) }, 'responses - {notes}max_characters_allowed, '],
  ])('refuses what no form would take: %s, %o', async (slug, bookingFieldsResponses, message) => {
    const { body, status } = await book(slug, '2026-11-24T15:00:00Z', { bookingFieldsResponses });
    expect([status, body.error?.message]).toStrictEqual([400, message]);
  });

  it.each(['approved', 'any'])('answers the first booking to the same person: %s', async (slug) => {
    const ofTeam = slug === 'any' ? { eventTypeSlug: slug, teamSlug: 'sales' } : {};
    const again = async (key: string, email = 'ada@example.com') =>
      await book(slug, '2026-11-24T15:00:00Z', {
        ...ofTeam,
        attendee: { email },
        metadata: { key },
      });
    const first = await again('k1');
    const second = await again('k2');
    expect([second.status, uidOf(second)]).toStrictEqual([201, uidOf(first)]);
    expect(second.body.data).toMatchObject({ metadata: { key: 'k1' } });
    expect(uidOf(await again('k3', 'Ada@example.com'))).not.toBe(uidOf(first));
  });

  it('answers a recurring type with an array of bookings at the same wall clock', async () => {
    // Its second week lies behind the change of the clocks on 1 November.
    simulator.clock.set(Date.parse('2026-10-19T14:00:00Z'));
    const { body, status } = await book('weekly', '2026-10-27T14:00:00Z', { recurrenceCount: 2 });
    expect(status).toBe(201);
    expect(body.data).toMatchObject([
      { start: '2026-10-27T14:00:00.000Z' },
      { start: '2026-11-03T15:00:00.000Z' },
    ]);
    const all = await book('weekly', '2026-10-28T14:00:00Z');
    expect(all.body.data).toHaveLength(4);
  });

  it('books the lengths an event type allows', async () => {
    const long = await book('flexible', '2026-11-24T15:00:00Z', { lengthInMinutes: 60 });
    expect(long.body.data).toMatchObject({ duration: 60 });
    const odd = await book('flexible', '2026-11-24T17:00:00Z', { lengthInMinutes: 45 });
    expect(odd.status).toBe(400);
    const fixed = await book('appointment', '2026-11-24T17:00:00Z', { lengthInMinutes: 60 });
    expect(fixed.body.error?.message).toContain("Can't specify 'lengthInMinutes'");
  });

  it('needs every host of a collective team, and one of a round robin', async () => {
    const demo = { eventTypeId: undefined, eventTypeSlug: 'demo', teamSlug: 'sales' };
    const any = { ...demo, eventTypeSlug: 'any' };
    await book('appointment', '2026-11-24T15:00:00Z');
    const refused = await book('', '2026-11-24T15:00:00Z', demo);
    expect(refused.body.error?.message).toBe(
      'One of the hosts either already has booking at this time or is not available',
    );
    const taken = await book('', '2026-11-24T15:00:00Z', any);
    expect(taken.body.data).toMatchObject({ hosts: [{ username: 'colleague' }] });
    const both = await book('', '2026-11-24T16:00:00Z', demo);
    expect(both.body.data).toMatchObject({
      hosts: [{ username: 'front-desk' }, { username: 'colleague' }],
    });
  });
});

describe('what becomes of a booking', () => {
  it('keeps metadata and the calendar file through reschedules, under new uids', async () => {
    const metadata = { idempotencyKey: 'k1' };
    const first = uidOf(await book('appointment', '2026-11-24T15:00:00Z', { metadata }));
    const second = uidOf(await reschedule(first, '2026-11-24T16:00:00Z'));
    const third = await reschedule(second, '2026-11-24T16:00:00Z');
    expect(third.body.data).toMatchObject({
      rescheduledFromUid: second,
      metadata,
      icsUid: `${first}@Cal.com`,
    });
    expect(new Set([first, second, uidOf(third)]).size).toBe(3);
    const old = await request(simulator, 'GET', `/v2/bookings/${first}`);
    expect(old.body.data).toMatchObject({ status: 'cancelled', rescheduledToUid: second });
    const listed = await list('status=upcoming');
    expect(listed.body.data).toMatchObject([{ uid: uidOf(third), metadata }]);
    const again = await reschedule(first, '2026-11-24T17:00:00Z');
    expect(again.body.error?.message).toContain(`to booking with uid=${second}`);
  });

  it('keeps the old booking when a reschedule is refused', async () => {
    await book('appointment', '2026-11-24T15:00:00Z');
    const uid = uidOf(await book('appointment', '2026-11-24T16:00:00Z'));
    expect((await reschedule(uid, '2026-11-24T15:00:00Z')).status).toBe(400);
    expect((await request(simulator, 'GET', `/v2/bookings/${uid}`)).body.data).toMatchObject({
      status: 'accepted',
      start: '2026-11-24T16:00:00.000Z',
    });
  });

  it('frees the time of what was cancelled', async () => {
    const uid = uidOf(await book('appointment', '2026-11-24T15:00:00Z'));
    const cancellationReason = 'asked by the caller';
    const cancel = async () =>
      await request(simulator, 'POST', `/v2/bookings/${uid}/cancel`, {
        body: { cancellationReason },
      });
    expect((await cancel()).body.data).toMatchObject({ status: 'cancelled', cancellationReason });
    expect((await cancel()).body.error?.message).toContain('has been cancelled already');
    expect((await book('appointment', '2026-11-24T15:00:00Z')).status).toBe(201);
  });

  it('waits for the host where a confirmation is needed, and takes no time until then', async () => {
    const uid = uidOf(await book('approved', '2026-11-24T15:00:00Z'));
    expect((await list('status=unconfirmed')).body.data).toMatchObject([
      { uid, status: 'pending' },
    ]);
    expect((await book('approved', '2026-11-24T15:00:00Z')).status).toBe(201);
    const path = `/v2/bookings/${uid}/confirm`;
    expect((await request(simulator, 'POST', path, { key: OTHER_KEY })).status).toBe(403);
    const confirmed = await request(simulator, 'POST', path);
    expect(confirmed.body.data).toMatchObject({ uid, status: 'accepted' });
    expect((await book('appointment', '2026-11-24T15:00:00Z')).status).toBe(400);
  });

  it('needs no host any more once the host’s own key has moved it', async () => {
    const moved = async (key: string | null) => {
      const uid = uidOf(await book('approved', '2026-11-24T15:00:00Z'));
      const path = `/v2/bookings/${uid}/reschedule`;
      const body = { start: '2026-11-24T16:00:00Z' };
      const answer = await request(simulator, 'POST', path, { body, key });
      await request(simulator, 'POST', `/v2/bookings/${uidOf(answer)}/cancel`, {
        body: { cancellationReason: 'x' },
      });
      return (answer.body.data as { status: string }).status;
    };
    expect(await moved(null)).toBe('pending');
    expect(await moved(API_KEY)).toBe('accepted');
  });

  it('tells the reason of a move with that move alone', async () => {
    const uid = uidOf(await book('appointment', '2026-11-24T15:00:00Z'));
    const path = `/v2/bookings/${uid}/reschedule`;
    const body = { start: '2026-11-24T16:00:00Z', reschedulingReason: 'ill' };
    const first = await request(simulator, 'POST', path, { body });
    expect(first.body.data).toMatchObject({ bookingFieldsResponses: { rescheduledReason: 'ill' } });
    const second = await reschedule(uidOf(first), '2026-11-24T17:00:00Z');
    const { bookingFieldsResponses } = second.body.data as { bookingFieldsResponses: object };
    expect(bookingFieldsResponses).not.toHaveProperty('rescheduledReason');
  });

  it('may have to stay', async () => {
    const uid = uidOf(await book('for-good', '2026-11-24T15:00:00Z'));
    const { body } = await request(simulator, 'POST', `/v2/bookings/${uid}/cancel`, {
      body: { cancellationReason: 'x' },
    });
    expect(body.message).toBe('This event type does not allow cancellations');
  });

  it('shows whoever knows a uid the personal data', async () => {
    const uid = uidOf(await book('appointment', '2026-11-24T15:00:00Z'));
    const { body } = await request(simulator, 'GET', `/v2/bookings/${uid}`, { key: null });
    expect(body.data).toMatchObject({ attendees: [{ email: 'ada@example.com' }] });
  });
});

describe('lists', () => {
  it('filters by attendee, time and event type, and pages', async () => {
    for (const hour of [15, 16, 17]) await book('appointment', `2026-11-24T${hour}:00:00Z`);
    await book('flexible', '2026-11-24T18:00:00Z', { attendee: { email: 'bob@example.com' } });
    const starts = async (query: string): Promise<unknown[]> =>
      ((await list(query)).body.data as { start: string }[]).map(({ start }) =>
        start.slice(11, 13),
      );
    expect(await starts('attendeeEmail=ada@example.com')).toStrictEqual(['15', '16', '17']);
    expect(await starts('attendeeEmail=Ada@example.com')).toStrictEqual([]);
    expect(await starts('eventTypeIds=3')).toStrictEqual(['18']);
    expect(
      await starts('afterStart=2026-11-24T16:00:00Z&beforeEnd=2026-11-24T17:30:00Z'),
    ).toStrictEqual(['16', '17']);
    expect(await starts('sortStart=desc&take=2&skip=1')).toStrictEqual(['17', '16']);
    expect((await list('take=2&skip=2')).body.pagination).toMatchObject({
      totalItems: 4,
      currentPage: 2,
      hasNextPage: false,
      hasPreviousPage: true,
    });
    simulator.clock.set(Date.parse('2026-11-25T15:00:00Z'));
    expect(await starts('status=past')).toHaveLength(4);
  });

  it("shows no other account's bookings", async () => {
    await book('appointment', '2026-11-24T15:00:00Z');
    const { body } = await request(simulator, 'GET', '/v2/bookings', { key: OTHER_KEY });
    expect(body.data).toStrictEqual([]);
  });
});

function weekly(occurrences: number) {
  return { interval: 1, occurrences, frequency: 'weekly' };
}

type Answered = Awaited<ReturnType<typeof request>>;

async function book(
  slug: string,
  start: string,
  changes: { attendee?: object } & Record<string, unknown> = {},
): Promise<Answered> {
  const { attendee, ...rest } = changes;
  const eventType = [...simulator.state.eventTypes.values()].find((each) => each.slug === slug);
  const person = { name: 'Ada Caller', email: 'ada@example.com', timeZone: 'America/New_York' };
  return await request(simulator, 'POST', '/v2/bookings', {
    body: { eventTypeId: eventType?.id, start, attendee: { ...person, ...attendee }, ...rest },
  });
}

async function reschedule(uid: string, start: string): Promise<Answered> {
  return await request(simulator, 'POST', `/v2/bookings/${uid}/reschedule`, { body: { start } });
}

async function list(query: string): Promise<Answered> {
  return await request(simulator, 'GET', `/v2/bookings?${query}`);
}

function uidOf({ body }: Answered): string {
  return (body.data as { uid: string }).uid;
}
