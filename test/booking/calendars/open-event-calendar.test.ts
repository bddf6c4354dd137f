import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEventCalendar } from '../../../booking/calendars/open-event-calendar.ts';
import {
  CalendarConfigurationError,
  CalendarSetupError,
} from '../../../calendar/calendar-error.ts';
import { readProviders } from '../../../calendar/providers.ts';
import { insertBookingEvent, listAgentEvents } from '../../../db/booking-events.ts';
import { insertCalendarConnection } from '../../../db/calendars/calendar-connections.ts';
import { API_KEY, NOW, startCalcom } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import type { ValidatedSimulator } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import { insertTenant } from '../../support/tenants.ts';
import { clockFrom } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const DAY = 24 * 3_600_000;

const CLOCK = clockFrom(NOW);

describe('openEventCalendar', () => {
  const database = useTestDatabase({ clock: CLOCK });
  const masterKey = randomBytes(32);
  let simulator: ValidatedSimulator;
  beforeAll(async () => {
    simulator = await startCalcom({ clock: CLOCK });
  });
  afterAll(() => simulator.close());

  async function open(
    settings: Record<string, unknown>,
    options: { apiKey?: string | null; environment?: NodeJS.ProcessEnv } = {},
  ) {
    const { db } = database;
    const tenant = await insertTenant(db);
    const { organizationId, agentId } = tenant;
    const { apiKey = API_KEY, environment = {} } = options;
    const calendarConnectionId = await insertCalendarConnection(db, {
      organizationId,
      provider: 'calcom',
      name: 'Cal.com',
      timeZone: 'America/New_York',
      settings,
      ...(apiKey === null ? {} : { credential: { plain: apiKey, masterKey } }),
    });
    const eventType = 'appointment';
    await insertBookingEvent(db, {
      organizationId,
      agentId,
      calendarConnectionId,
      name: 'Visit',
      eventType,
    });
    const events = await listAgentEvents(db, tenant);
    const event = events.find((each) => each.calendarConnectionId === calendarConnectionId);
    if (!event) throw new Error('The tenant has no such event.');
    const { now } = CLOCK;
    const calendar = await openEventCalendar(db, event, {
      masterKey,
      now,
      providers: readProviders(environment),
    });
    const from = now();
    return {
      calendarConnectionId,
      calendar,
      week: { from, to: new Date(from.getTime() + 7 * DAY) },
    };
  }

  it('opens a Cal.com calendar by its sealed key, and counts its requests for all processes', async () => {
    const { calendar, calendarConnectionId, week } = await open({ baseUrl: simulator.url });
    expect((await calendar.listSlots(week)).length).toBeGreaterThan(50);
    const [limit] = await database.db
      .selectFrom('credentialLimits')
      .selectAll()
      .where('calendarConnectionId', '=', calendarConnectionId)
      .execute();
    // The event type and its slots.
    expect(limit?.remaining).toBe(118);
  });

  it('asks another Cal.com where the process says so and the connection does not', async () => {
    const { calendar, week } = await open({}, { environment: { CALCOM_BASE_URL: simulator.url } });
    expect((await calendar.listSlots(week)).length).toBeGreaterThan(50);
  });

  it('says that the key is missing', async () => {
    const opening = open({ baseUrl: simulator.url }, { apiKey: null });
    await expect(opening).rejects.toThrow(CalendarSetupError);
    await expect(opening).rejects.toMatchObject({ problem: 'key-missing' });
  });

  it('refuses settings that name no instance', async () => {
    await expect(open({ baseUrl: 'file:///etc' })).rejects.toThrow(CalendarConfigurationError);
  });
});
