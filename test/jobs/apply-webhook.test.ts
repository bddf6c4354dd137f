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
