import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { insertAgent } from '../../../db/agents.ts';
import { insertBookingEvent } from '../../../db/booking-events.ts';
import { insertCalendarConnection } from '../../../db/calendars/calendar-connections.ts';
import { insertOrganization } from '../../../db/organizations.ts';
import {
  CANARIES,
  VapiSimulator,
} from '../../../rehearsal/simulators/assistants/vapi-simulator.ts';
import { FRONT_DESK } from '../../calendar/calcom/simulated.ts';
import { API_KEY, startCalcom } from '../../rehearsal/simulators/calcom/start-calcom.ts';
import { connectAssistant } from '../../support/assistant-parts.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';
import { MACHINE_CLOCK } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { runTokenServer } from '../../support/token-server-process.ts';
import { placesOf } from '../../support/whole-database.ts';

const database = useTestDatabase();
const masterKey = randomBytes(32);
const NUMBER = '+12125550123';
const MARY = { attendeeName: 'Mary Smith', attendeeEmail: 'mary.smith@example.com' };

function startsOf(result: string | null): string[] {
  return [...(result ?? '').matchAll(/\(start ([^)]+)\)/g)].map(([, start = '']) => start);
}

function vapiAt(url: string, { slug }: Pick<Tenant, 'slug'>, secret: string): VapiSimulator {
  return new VapiSimulator({
    url: `${url}/api/tools/vapi/${slug}`,
    credential: { kind: 'bearer', secret },
  });
}

/** An agent on a Cal.com of its own. */
async function onCalcom() {
  const { db } = database;
  const simulator = await startCalcom({ accounts: [FRONT_DESK], clock: MACHINE_CLOCK });
  onTestFinished(() => simulator.close());
  const organizationId = await insertOrganization(db, 'Harbor Street Clinic');
  const calendarConnectionId = await insertCalendarConnection(db, {
    organizationId,
    provider: 'calcom',
    name: 'Work',
    timeZone: 'America/New_York',
    settings: { baseUrl: simulator.url },
    credential: { plain: API_KEY, masterKey },
  });
  const slug = `test-${randomUUID()}`;
  const agentId = await insertAgent(db, {
    organizationId,
    slug,
    name: 'Front desk',
    businessName: 'Harbor Street Clinic',
  });
  const bookingEventId = await insertBookingEvent(db, {
    organizationId,
    agentId,
    calendarConnectionId,
    name: 'Appointment',
    eventType: 'appointment',
  });
  const tenant = { organizationId, calendarConnectionId, agentId, bookingEventId, slug };
  const secret = randomBytes(24).toString('hex');
  await connectAssistant(db, tenant, { masterKey, secret });
  return { simulator, tenant, secret };
}

describe('two servers of one call', () => {
  test('at once answer as one server would, one request after the other', async () => {
    const { db } = database;
    const tenant = await insertTenant(db);
    const secret = randomBytes(24).toString('hex');
    await connectAssistant(db, tenant, { masterKey, secret });
    const servers = await Promise.all([
      runTokenServer(database.url, masterKey),
      runTokenServer(database.url, masterKey),
    ]);
    const id = randomUUID();
    const [one, other] = servers.map(({ url }) => vapiAt(url, tenant, secret).call(NUMBER, id));
    if (!one || !other) throw new Error('no servers');
    // What one server offered can be booked at the other.
    const free = await one.tool('availability_read', {});
    const [first = '', second = ''] = startsOf(free.result);
    const outcomes = await Promise.all([
      ...Array.from({ length: 6 }, (_, index) =>
        (index % 2 ? one : other).tool('appointment_create', { start: first, ...MARY }),
      ),
      one.tool('appointment_create', { start: second, ...MARY }),
      other.tool('appointment_create', { start: second, ...MARY }),
    ]);
    const spoken = outcomes.map((outcome) => outcome.spoken ?? '');
    // Of each time one request books, and the others hear that it is booked.
    expect(spoken.filter((text) => text.startsWith('Booked: '))).toHaveLength(2);
    expect(spoken.filter((text) => text.startsWith('Already booked: '))).toHaveLength(6);
    const booked = await db
      .selectFrom('fakeCalendarBookings')
      .select('startAt')
      .where('calendarConnectionId', '=', tenant.calendarConnectionId)
      .execute();
    expect(new Set(booked.map(({ startAt }) => startAt.getTime()))).toEqual(
      new Set([first, second].map((start) => Date.parse(start))),
    );
    expect(booked).toHaveLength(2);
    // Ids count up over both: each appointment has one.
    const ids = outcomes.map(({ result }) => /Appointment id (\w+)/.exec(result ?? '')?.[1]);
    expect(new Set(ids)).toEqual(new Set(['appointment_1', 'appointment_2']));
    // Each is cancelled once, whichever server is asked.
    const cancelled = await Promise.all(
      [one, other, one, other].map((call, index) =>
        call.tool('appointment_cancel', {
          appointmentId: `appointment_${Math.floor(index / 2) + 1}`,
        }),
      ),
    );
    expect(cancelled.filter(({ spoken }) => spoken?.startsWith('Cancelled: '))).toHaveLength(2);
  }, 180_000);
});

describe('a server that is killed between the booking and its answer', () => {
  test.for(['the same id', 'a new id'])(
    'has booked once, and a retry with %s is told so',
    { timeout: 180_000 },
    async (kind) => {
      const { simulator, tenant, secret } = await onCalcom();
      const server = await runTokenServer(database.url, masterKey);
      const id = randomUUID();
      const call = vapiAt(server.url, tenant, secret).call(NUMBER, id);
      const [start = ''] = startsOf((await call.tool('availability_read', {})).result);
      simulator.faults.set({ operation: 'bookings.create', kind: 'commit-then-timeout' });
      const request = `call_${randomUUID()}`;
      const cut = call.tool('appointment_create', { start, ...MARY }, request);
      await expect.poll(() => simulator.state.bookings.all().length, { timeout: 60_000 }).toBe(1);
      await server.kill();
      expect((await cut).result).toBeNull();
      const next = await runTokenServer(database.url, masterKey);
      const again = vapiAt(next.url, tenant, secret).call(NUMBER, id);
      const told = await again.tool(
        'appointment_create',
        { start, ...MARY },
        ...(kind === 'the same id' ? [request] : []),
      );
      expect(told.spoken).toMatch(/^(Booked|Already booked): .+, for Mary Smith\.$/);
      expect(simulator.state.bookings.all().length).toBe(1);
      const appointment = /Appointment id (\w+)/.exec(told.result ?? '')?.[1] ?? '';
      const cancelled = await again.tool('appointment_cancel', { appointmentId: appointment });
      expect(cancelled.spoken).toMatch(/^Cancelled: /);
      await again.end();
      const canaries = [...Object.values(CANARIES), secret, API_KEY];
      const logs = server.logs() + next.logs();
      expect(canaries.filter((canary) => logs.includes(canary))).toEqual([]);
      expect(await placesOf(database.db, canaries)).toEqual([]);
    },
  );
});

test('what takes longer than the platform waits is not confirmed yet, and then told truly', async () => {
  const { simulator, tenant, secret } = await onCalcom();
  const server = await runTokenServer(database.url, masterKey);
  const call = vapiAt(server.url, tenant, secret).call(NUMBER);
  const [start = ''] = startsOf((await call.tool('availability_read', {})).result);
  await connectAssistant(database.db, tenant, {
    masterKey,
    secret,
    settings: { answerWithinSeconds: 3 },
  });
  simulator.faults.set({ operation: 'bookings.create', kind: 'delay', milliseconds: 12_000 });
  const request = `call_${randomUUID()}`;
  const late = await call.tool('appointment_create', { start, ...MARY }, request);
  expect(late.milliseconds).toBeLessThan(10_000);
  expect(late.spoken).toBe(
    'I could not confirm the booking yet. You will get a message as soon as it is settled.',
  );
  expect(late.result).toContain('Not confirmed yet');
  // While it runs, a retry joins it, and hears no more than is known.
  const joined = await call.tool('appointment_create', { start, ...MARY }, request);
  expect(joined.spoken).toMatch(/^(I could not confirm the booking yet|Booked: )/);
  await expect.poll(() => simulator.state.bookings.all().length, { timeout: 60_000 }).toBe(1);
  const told = async () =>
    (await call.tool('appointment_create', { start, ...MARY }, request)).spoken ?? '';
  await expect.poll(told, { timeout: 60_000, interval: 2_000 }).toMatch(/^Booked: /);
  expect(simulator.state.bookings.all().length).toBe(1);
}, 180_000);
