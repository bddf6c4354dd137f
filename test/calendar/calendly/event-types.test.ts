import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CalendarSetupError } from '../../../calendar/calendar-error.ts';
import { calendly } from '../../../calendar/calendly/provider.ts';
import type { ConnectionAccess } from '../../../calendar/provider.ts';
import { memoryLimiter } from '../../../calendar/request-limiter.ts';
import {
  FRONT_DESK,
  startCalendly,
  TOKEN,
} from '../../rehearsal/simulators/calendly/start-calendly.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calendly/start-calendly.ts';
import { rejection } from '../contract/contract-world.ts';
import { calendarOf } from './simulated.ts';

let simulator: ValidatedSimulator;
beforeAll(async () => {
  simulator = await startCalendly({
    accounts: [
      FRONT_DESK,
      { slug: 'powerless', token: 'eyJ.powerless', rights: 'none' },
      {
        slug: 'many',
        token: 'eyJ.many',
        timeZone: 'America/New York',
        eventTypes: Array.from({ length: 130 }, (_, at) => ({ slug: `kind-${at}` })),
      },
    ],
  });
});
afterAll(() => simulator.close());

function access(credential: string | null = TOKEN): ConnectionAccess {
  return {
    settings: {},
    credential,
    environment: { CALENDLY_BASE_URL: simulator.url },
    limiter: () => memoryLimiter({ limit: 1_000_000, window: 60_000 }),
  };
}

async function problemOf(work: Promise<unknown> | undefined): Promise<string> {
  if (!work) throw new Error('The provider lacks it.');
  const error = await rejection(work);
  if (error instanceof CalendarSetupError) return error.problem;
  throw error;
}

describe('event types', () => {
  it('are listed with their lengths, and with why one can never be booked', async () => {
    const listed = (await calendly.listEventTypes?.(access())) ?? [];
    const faults = Object.fromEntries(listed.map(({ slug, fault }) => [slug, fault]));
    expect(listed.find(({ slug }) => slug === 'appointment')).toEqual({
      slug: 'appointment',
      title: 'Appointment',
      durations: [30],
      fault: null,
    });
    expect(faults).toMatchObject({
      asking: null,
      calling: null,
      visiting: null,
      online: null,
      lengths: null,
      group: expect.stringContaining('for groups') as string,
      team: expect.stringContaining('a team’s') as string,
      poll: expect.stringContaining('a poll') as string,
      off: expect.stringContaining('switched off') as string,
      odd: expect.stringContaining('"Your signature"') as string,
    });
  });

  it('are read to the last page', async () => {
    const listed = (await calendly.listEventTypes?.(access('eyJ.many'))) ?? [];
    expect(listed).toHaveLength(130);
    const wanted = { slug: 'kind-129', title: 'Any', durationMinutes: 30 };
    expect(await calendly.ensureEventType?.(access('eyJ.many'), wanted)).toEqual({
      created: false,
      durationMinutes: 30,
      durations: [30],
    });
  });

  it('are refused at set-up where they are missing or cannot be booked, and never made', async () => {
    const ensure = (slug: string) =>
      calendly.ensureEventType?.(access(), { slug, title: 'Any', durationMinutes: 30 });
    expect(await problemOf(ensure('unheard-of'))).toBe('event-type-missing');
    for (const slug of ['group', 'team', 'poll', 'off', 'odd']) {
      expect(await problemOf(ensure(slug))).toBe('not-supported');
      const calendar = calendarOf(simulator, { eventType: slug });
      expect(await problemOf(calendar.describe())).toBe('not-supported');
    }
  });

  it('of several lengths are booked for the usual one, as Calendly’s API has no other', async () => {
    const { durations, remarks } = await calendarOf(simulator, { eventType: 'lengths' }).describe();
    expect(durations).toEqual([30]);
    expect(remarks).toContain('only its usual length, 30 minutes, is booked');
  });
});

describe('an account', () => {
  it('is known by its token, with its zone', async () => {
    const found = await calendly.readAccount?.(access());
    expect(found).toEqual({ name: 'front-desk@example.com', timeZone: 'America/New_York' });
    expect(await calendly.readAccount?.(access('eyJ.many'))).toMatchObject({
      timeZone: 'America/New_York',
    });
  });

  it('says what is wrong with a token', async () => {
    expect(await problemOf(calendly.readAccount?.(access('eyJ.unknown')))).toBe('key-refused');
    expect(await problemOf(calendly.listEventTypes?.(access('eyJ.powerless')))).toBe(
      'key-without-rights',
    );
    expect(() => calendly.listEventTypes?.(access(null))).toThrow(CalendarSetupError);
  });

  it('is sent its token nowhere but where the environment says', () => {
    const wrong = calendly.environment?.safeParse({ CALENDLY_BASE_URL: 'http://example.com' });
    expect(wrong?.success).toBe(false);
    expect(calendly.instanceOf?.({ settings: {}, environment: {} })).toBe(
      'https://api.calendly.com',
    );
  });
});
