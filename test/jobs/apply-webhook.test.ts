import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { readProviders } from '../../calendar/providers.ts';
import { insertDelivery } from '../../db/calendars/webhook-deliveries.ts';
import { applyWebhook } from '../../jobs/tasks/apply-webhook.ts';
import { recordedWebhooks } from '../support/recorded-webhooks.ts';
import { insertTenant } from '../support/tenants.ts';
import type { Tenant } from '../support/tenants.ts';
import { useTestDatabase } from '../support/test-database.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('a webhook that cannot be applied', () => {
  const database = useTestDatabase({ maxConnections: 5 });
  const logger = pino({ level: 'silent' });

  const run = () =>
    applyWebhook({ db: database.db, logger, providers: readProviders({}) })({}, undefined as never);

  async function calcomTenant(): Promise<Tenant> {
    const tenant = await insertTenant(database.db);
    await database.db
      .updateTable('calendarConnections')
      .set({ provider: 'calcom' })
      .where('id', '=', tenant.calendarConnectionId)
      .execute();
    return tenant;
  }

  async function receive({ organizationId, calendarConnectionId }: Tenant, payload: unknown) {
    const deliveryKey = `key-${Math.random()}`;
    const trigger = 'BOOKING_CREATED';
    const news = { organizationId, calendarConnectionId, trigger, deliveryKey, payload };
    return (await insertDelivery(database.db, news)) ?? '';
  }

  /** Says of a booking what nobody can read. */
  const HOPELESS = { triggerEvent: 'BOOKING_CREATED', payload: { uid: 7 } };

  const deliveriesOf = ({ organizationId }: Tenant) =>
    database.db
      .selectFrom('webhookDeliveries')
      .select(['id', 'state', 'attempts', 'dueAt', 'settledAt'])
      .where('organizationId', '=', organizationId)
      .execute();

  /** As if the time had come at which they are tried again. */
  const makeDue = ({ organizationId }: Tenant, attempts?: number) =>
    database.db
      .updateTable('webhookDeliveries')
      .set({
        dueAt: new Date(Date.now() - HOUR),
        ...(attempts === undefined ? {} : { attempts }),
      })
      .where('organizationId', '=', organizationId)
      .where('dueAt', 'is not', null)
      .execute();

  const BOOKED = {
    uid: 'u1',
    startTime: '2026-12-10T15:00:00Z',
    endTime: '2026-12-10T15:30:00Z',
    attendees: [{ name: 'Ada', email: 'ada@example.com', timeZone: 'America/New_York' }],
  };
  const news = (triggerEvent: string, createdAt: string, booking: object = {}) => ({
    triggerEvent,
    createdAt,
    payload: { ...BOOKED, ...booking },
  });
  const appointmentsOf = ({ organizationId }: Tenant) =>
    database.db
      .selectFrom('appointments')
      .select(['reference', 'status', 'startAt', 'endAt', 'timeZone', 'attendees'])
      .where('organizationId', '=', organizationId)
      .execute();

  it.each([
    { startTime: '2026-12-12T15:00:00Z', endTime: undefined },
    { endTime: '2026-12-10T14:00:00Z' },
    { startTime: '9999-12-31T23:50:00-14:00', endTime: '9999-12-31T23:59:00-14:00' },
  ])('is none for a time that is none, and what else it says is taken: %j', async (odd) => {
    const tenant = await calcomTenant();
    await receive(tenant, news('BOOKING_CREATED', '2026-11-28T20:00:00Z'));
    await run();
    const at = '2026-11-28T21:00:00Z';
    await receive(tenant, news('BOOKING_CREATED', at, { ...odd, uid: 'u2' }));
    await receive(tenant, news('BOOKING_RESCHEDULED', at, odd));
    await run();
    const reasons = await database.db
      .selectFrom('webhookDeliveries')
      .select(['state', 'reason'])
      .where('organizationId', '=', tenant.organizationId)
      .orderBy('state')
      .execute();
    const reason = expect.stringContaining('the next synchronisation looks the booking up');
    expect(reasons).toEqual(
      expect.arrayContaining([
        { state: 'applied', reason },
        { state: 'ignored', reason },
      ]),
    );
    await receive(tenant, news('BOOKING_CANCELLED', '2026-11-28T22:00:00Z'));
    await run();
    expect(await appointmentsOf(tenant)).toMatchObject([
      { reference: 'u1', status: 'cancelled', startAt: new Date(BOOKED.startTime) },
    ]);
  });

  it('is none for an instant of its own that no calendar has', async () => {
    const tenant = await calcomTenant();
    await receive(tenant, news('BOOKING_CREATED', '+275760-01-01T00:00:00Z'));
    await run();
    await receive(tenant, news('BOOKING_CANCELLED', '2026-11-28T22:00:00Z'));
    await run();
    expect(await appointmentsOf(tenant)).toMatchObject([{ status: 'cancelled' }]);
  });

  it.each(['Etc/Unknown', "x'; drop", ''])(
    'is none for a zone that nobody knows: the calendar’s is taken for %j',
    async (timeZone) => {
      const tenant = await calcomTenant();
      const attendees = [{ name: 'Ada', email: 'ada@example.com', timeZone }];
      await receive(tenant, news('BOOKING_CREATED', '2026-11-28T20:00:00Z', { attendees }));
      await run();
      const { timeZone: ofCalendar } = await database.db
        .selectFrom('calendarConnections')
        .select('timeZone')
        .where('id', '=', tenant.calendarConnectionId)
        .executeTakeFirstOrThrow();
      expect(await appointmentsOf(tenant)).toMatchObject([
        { timeZone: ofCalendar, attendees: [{ timeZone: ofCalendar }] },
      ]);
    },
  );

  it('is tried again later, and then later still', async () => {
    const tenant = await calcomTenant();
    await receive(tenant, HOPELESS);
    await run();
    await run();
    const [first] = await deliveriesOf(tenant);
    expect(first).toMatchObject({ state: 'failed', attempts: 1 });
    const pause = (first?.dueAt?.getTime() ?? 0) - (first?.settledAt?.getTime() ?? 0);
    expect(pause).toBe(MINUTE);
    await makeDue(tenant, 5);
    await run();
    const [again] = await deliveriesOf(tenant);
    expect(again?.attempts).toBe(6);
    expect((again?.dueAt?.getTime() ?? 0) - (again?.settledAt?.getTime() ?? 0)).toBe(32 * MINUTE);
  });

  it('is given up in the end', async () => {
    const tenant = await calcomTenant();
    await receive(tenant, HOPELESS);
    await run();
    await makeDue(tenant, 11);
    await run();
    await makeDue(tenant);
    await run();
    expect(await deliveriesOf(tenant)).toMatchObject([
      { state: 'failed', attempts: 12, dueAt: null },
    ]);
  });

  it('is tried again however many others there are', async () => {
    const tenant = await calcomTenant();
    for (let count = 0; count < 101; count += 1) await receive(tenant, HOPELESS);
    await run();
    await makeDue(tenant);
    await run();
    const deliveries = await deliveriesOf(tenant);
    expect(deliveries).toHaveLength(101);
    expect(deliveries.filter(({ attempts }) => attempts !== 2)).toEqual([]);
  });

  it('keeps no other waiting, and no calendar another', async () => {
    const busy = await calcomTenant();
    for (let count = 0; count < 120; count += 1) await receive(busy, HOPELESS);
    const quiet = await calcomTenant();
    const news = JSON.parse(recordedWebhooks[3]?.rawBody ?? '') as unknown;
    const id = await receive(quiet, news);
    await run();
    const settled = await database.db
      .selectFrom('webhookDeliveries')
      .select(['id', 'settledAt'])
      .where('organizationId', 'in', [busy.organizationId, quiet.organizationId])
      .orderBy('settledAt')
      .execute();
    expect(settled.findIndex((delivery) => delivery.id === id)).toBeLessThan(10);
    expect((await deliveriesOf(quiet))[0]?.state).toBe('applied');
  });
});
