import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createEventType,
  ensureEventType,
  readAccount,
  readSchedules,
} from '../../../calendar/calcom/account.ts';
import { describeVersions } from '../../../calendar/calcom/api-versions.ts';
import { toFieldResponses } from '../../../calendar/calcom/answers.ts';
import { findEventType } from '../../../calendar/calcom/event-type.ts';
import {
  CALCOM_TRIGGERS,
  listWebhooks,
  registerWebhook,
  removeWebhook,
} from '../../../calendar/calcom/webhook-registration.ts';
import { CalendarSetupError, CalendarUnreachableError } from '../../../calendar/calendar-error.ts';
import type { SetupProblem } from '../../../calendar/calendar-error.ts';
import { startCalcom } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import { startScripted } from '../scripted-server.ts';
import { recorded } from './recorded.ts';
import { calendarOf, clientOf, FRONT_DESK } from './simulated.ts';

const NEW = { slug: 'first-visit', title: 'First visit', durationMinutes: 45 };

describe('a Cal.com account', () => {
  let simulator: ValidatedSimulator;
  beforeAll(async () => {
    simulator = await startCalcom({
      accounts: [
        FRONT_DESK,
        { username: 'closed', apiKey: 'cal_closed', availability: [] },
        { username: 'powerless', apiKey: 'cal_powerless', rights: 'none' },
        {
          username: 'neighbour',
          apiKey: null,
          eventTypes: [{ slug: 'check-up', lengthInMinutes: 30 }],
        },
      ],
    });
  });
  afterAll(() => simulator.close());

  it('is read by its key', async () => {
    expect(await readAccount(clientOf(simulator))).toEqual({
      username: 'front-desk',
      email: 'front-desk@example.com',
      timeZone: 'America/New_York',
    });
    expect(await readSchedules(clientOf(simulator))).toEqual([
      { name: 'Hours', timeZone: 'America/New_York' },
    ]);
  });

  it('gives its event type of a slug, and creates it with the duration asked where it has none', async () => {
    const client = clientOf(simulator);
    const found = await ensureEventType(client, { ...NEW, slug: 'appointment' });
    expect(found).toMatchObject({ created: false, eventType: { lengthInMinutes: 30 } });
    const made = await ensureEventType(client, NEW);
    expect(made).toMatchObject({ created: true, eventType: { lengthInMinutes: 45 } });
    expect(await ensureEventType(client, NEW)).toMatchObject({
      created: false,
      eventType: { id: made.eventType.id },
    });
    const calendar = calendarOf(simulator, { eventType: NEW.slug });
    expect((await calendar.describe()).durationMinutes).toBe(45);
  });

  it.each<[SetupProblem, RegExp, (url: string) => Promise<unknown>]>([
    [
      'key-refused',
      /Failed to initialize Cal\.com calendar: .*Make a new one/,
      (url) => ensureEventType(clientOf({ url }, { apiKey: 'cal_nobody' }), NEW),
    ],
    [
      'key-without-rights',
      /Failed to initialize Cal\.com calendar: .*made by the owner/,
      (url) => ensureEventType(clientOf({ url }, { apiKey: 'cal_powerless' }), NEW),
    ],
    [
      'no-availability',
      /No appointment slots available: .*under Availability/,
      (url) => ensureEventType(clientOf({ url }, { apiKey: 'cal_closed' }), NEW),
    ],
    [
      'slug-of-another-user',
      /Failed to initialize Cal\.com calendar: .*another Cal\.com user/,
      (url) =>
        ensureEventType(clientOf({ url }), { ...NEW, slug: 'check-up', username: 'neighbour' }),
    ],
    [
      'slug-of-another-user',
      /The slug "appointment" is taken/,
      (url) => createEventType(clientOf({ url }), { ...NEW, slug: 'appointment' }),
    ],
    [
      'event-type-missing',
      /Failed to initialize Cal\.com calendar: .*Correct the slug/,
      (url) =>
        calendarOf({ url, clock: { now: () => 0 } }, { eventType: 'no-such-type' }).describe(),
    ],
  ])('says %s, and what its operator can do', async (problem, message, work) => {
    const error: unknown = await work(simulator.url).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(CalendarSetupError);
    expect((error as CalendarSetupError).problem).toBe(problem);
    expect((error as CalendarSetupError).message).toMatch(message);
  });

  it('does not find what another user has', async () => {
    expect(await findEventType(clientOf(simulator), { slug: 'check-up' })).toBeNull();
    const query = { slug: 'check-up', username: 'neighbour' };
    expect(await findEventType(clientOf(simulator), query)).toMatchObject({ slug: 'check-up' });
    const unknown = { slug: 'check-up', username: 'nobody' };
    expect(await findEventType(clientOf(simulator), unknown)).toBeNull();
  });

  it('refuses a user managed by a platform plan, in clear words', async () => {
    const me = recorded('me.ok').body as { data: object };
    const data = { ...me.data, organizationId: 7, organization: { id: 7, isPlatform: true } };
    const server = await startScripted([{ body: { ...me, data } }]);
    await expect(readAccount(clientOf(server))).rejects.toMatchObject({
      problem: 'not-supported',
      message: expect.stringMatching(/managed user of a platform plan.*ordinary Cal\.com account/),
    });
  });

  it.each([
    ['that it shows', { status: 200, username: null }],
    ['that it refuses to show', { status: 400 }],
  ])('asks for the user name of an account without one %s', async (_, { status, ...change }) => {
    const me = recorded('me.ok').body as { data: object };
    const body =
      status === 200
        ? { ...me, data: { ...me.data, ...change } }
        : { statusCode: 400, message: 'User does not have a username' };
    const server = await startScripted([{ status, body }]);
    await expect(readAccount(clientOf(server))).rejects.toMatchObject({
      problem: 'not-supported',
      message: expect.stringContaining('choose one in Cal.com'),
    });
  });

  it('registers one webhook an address, and removes it however often it is asked', async () => {
    const client = clientOf(simulator);
    const url = 'http://127.0.0.1:9/api/webhooks/calcom/1';
    const first = await registerWebhook(client, { url, secret: 'whsec_one' });
    const second = await registerWebhook(client, { url, secret: 'whsec_two' });
    expect(second).not.toBe(first);
    expect(await listWebhooks(client)).toMatchObject([
      { id: second, subscriberUrl: url, active: true, triggers: CALCOM_TRIGGERS },
    ]);
    expect(simulator.state.webhooks.get(second)?.secret).toBe('whsec_two');
    await removeWebhook(client, second);
    await removeWebhook(client, second);
    expect(await listWebhooks(client)).toEqual([]);
  });
});

describe('an instance of Cal.com', () => {
  it.each([
    [[], 'no later one'],
    [['2026-02-25'], '2026-02-25'],
    [['2026-02-25', '2026-05-01'], '2026-02-25 and 2026-05-01'],
  ])('says which versions of its API it has: %o', async (laterVersions, told) => {
    const own = await startCalcom({ accounts: [FRONT_DESK], laterVersions });
    expect(await describeVersions(clientOf(own))).toBe(
      `bookings in version 2024-08-13; the instance knows ${told}`,
    );
    await own.close();
  });

  it('is not said to work where bookings cannot be read', async () => {
    const server = await startScripted([{ body: { status: 'success', data: { bookings: [] } } }]);
    await expect(describeVersions(clientOf(server))).rejects.toThrow(CalendarUnreachableError);
  });

  it('that takes a version for an old one, in silence, does not have it', async () => {
    const server = await startScripted(({ headers }) => {
      const isKnown = headers['cal-api-version'] === '2024-08-13';
      const data = isKnown ? [] : { bookings: [], nextCursor: null };
      return { body: { status: 'success', data, pagination: {} } };
    });
    expect(await describeVersions(clientOf(server))).toContain('knows no later one');
  });
});

describe('a team of Cal.com', () => {
  const types = recorded('event-types.by-username-slug').body as { data: object[] };
  const teamType = (change: object) => ({
    body: { status: 'success', data: [{ ...types.data[0], slug: 'team-visit', ...change }] },
  });
  const start = (change: object) =>
    startScripted(({ path }) => {
      if (path.startsWith('/v2/teams/5/event-types')) return teamType(change);
      if (path.startsWith('/v2/teams/')) return { body: { status: 'success', data: [] } };
      if (path === '/v2/teams')
        return { body: { status: 'success', data: [{ id: 4 }, { id: 5 }] } };
      return recorded('event-types.by-username-slug.unknown');
    });
  const open = (server: { url: string }) =>
    calendarOf({ ...server, clock: { now: () => 0 } }, { eventType: 'team-visit' });

  it('is looked through for a slug that the owner does not have', async () => {
    const server = await start({ schedulingType: 'collective' });
    expect((await open(server).describe()).exclusive).toBe(true);
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/v2/event-types',
      '/v2/teams',
      '/v2/teams/4/event-types?eventSlug=team-visit',
      '/v2/teams/5/event-types?eventSlug=team-visit',
    ]);
  });

  it('shares a start between its hosts where they take turns', async () => {
    const server = await start({ schedulingType: 'roundRobin' });
    expect((await open(server).describe()).exclusive).toBe(false);
  });

  it('is the only place to look where it is named', async () => {
    const server = await start({});
    expect(await findEventType(clientOf(server), { slug: 'team-visit', teamId: 5 })).not.toBeNull();
    expect(await findEventType(clientOf(server), { slug: 'team-visit', teamId: 4 })).toBeNull();
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    [{ schedulingType: 'managed' }, /managed, a template/],
    [{ seats: { seatsPerTimeSlot: 4, showAttendeeInfo: true } }, /has seats/],
    [
      { bookingFields: [{ type: 'multiemail', slug: 'colleagues', required: true }] },
      /"colleagues" of the type multiemail, which cannot be asked aloud/,
    ],
    [
      { bookingFields: [{ type: 'url', slug: 'site', required: true }] },
      /"site" of the type url, which cannot be asked aloud/,
    ],
    [
      { bookingFields: [{ type: 'number', slug: 'people', required: true }] },
      /"people" of the type number, and Cal\.com’s API refuses every answer/,
    ],
    [
      { bookingFields: [{ type: 'splitName', slug: 'splitName', lastNameRequired: true }] },
      /make the last name optional/,
    ],
    [{ requiresBookerEmailVerification: true }, /"Requires booker email verification" off/],
  ])('is refused where it cannot be booked truthfully: %o', async (change, message) => {
    await expect(open(await start(change)).describe()).rejects.toMatchObject({
      problem: 'not-supported',
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['boolean', undefined, 'no, not yet', 'Yes, I agree.', true],
    ['select', ['Left', 'Right'], 'both', 'left', 'Left'],
    ['checkbox', ['Left', 'Right'], 'left, up', 'left, right', ['Left', 'Right']],
    ['textarea', undefined, '  ', 'A story.', 'A story.'],
    ['phone', undefined, '555 0100', '+1 (415) 555-2671', '+14155552671'],
    ['email', undefined, 'mary at example', 'Mary@example.com', 'mary@example.com'],
  ])('has fields of the type %s answered as Cal.com wants them', async (...row) => {
    const [type, options, wrong, right, sent] = row;
    const server = await start({
      bookingFields: [
        { type, slug: 'asked', required: true, ...(options ? { options } : {}) },
        { type: 'text', slug: 'hidden-one', required: true, hidden: true },
      ],
    });
    const eventType = await findEventType(clientOf(server), { slug: 'team-visit', teamId: 5 });
    if (!eventType) throw new Error('The team has no event type.');
    const answer = (text: string) =>
      toFieldResponses(eventType, { answers: { asked: text }, notes: 'x' });
    expect(answer(right)).toEqual({ asked: sent });
    expect(() => answer(wrong)).toThrow(expect.objectContaining({ field: 'asked' }));
    expect((await open(server).describe()).questions).toEqual([
      {
        key: 'asked',
        label: 'asked',
        required: true,
        options: type === 'boolean' ? ['yes'] : (options ?? null),
      },
    ]);
  });

  it('requires the phone number that a field asks for, and not the e-mail that is hidden', async () => {
    const server = await start({
      bookingFields: [
        { type: 'name', slug: 'name', required: true },
        { type: 'email', slug: 'email', required: false, hidden: true },
        { type: 'phone', slug: 'attendeePhoneNumber', required: true, hidden: false },
      ],
    });
    const description = await open(server).describe();
    expect(description.requiredAttendeeFields).toEqual(['name', 'phone']);
    expect(description.questions).toEqual([]);
  });
});
