import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertMessageTaken } from '../../../db/messages/messages-taken.ts';
import { editDraft } from '../../../manage/agent-drafts.ts';
import { requireScenarios } from '../../../manage/scenarios.ts';
import { setFact } from '../../../manage/facts.ts';
import { addEndpoint } from '../../../manage/webhooks/endpoints.ts';
import { testEndpoint } from '../../../manage/webhooks/deliveries.ts';
import { addressRule } from '../../../runtime/public-address.ts';
import { insertOnlyAlert } from '../../support/insert-alert.ts';
import { axe, describeOffice, useOfficePages } from '../../support/office-page.ts';
import { openPlaces } from '../../support/recordings.ts';
import { tellOfRehearser } from '../../support/rehearser.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { insertToldCall } from '../../support/told-call.ts';
import { MASTER_KEY } from '../../token-server/office/start-office.ts';

const database = useTestDatabase({ maxConnections: 20 });
const folder = join(tmpdir(), `slotline-test-${randomUUID()}`);
const recordings = openPlaces({ RECORDINGS_FOLDER: folder }).store;
const office = useOfficePages(database, { config: { recordings } });
/** Where pictures of the pages are put, for who wants to look at them or to show them. */
const PICTURES = process.env['OFFICE_PICTURES'];

/** Every address that the office's table of pages has; the code of pages is no module of Node's. */
const TABLE = await readFile(new URL('../../../web/office/pages.tsx', import.meta.url), 'utf8');
const PATHS = [...TABLE.matchAll(/^ {4}path: '(.*)',$/gm)].map(([, path = '']) => path);

const SIZES = [
  { name: 'desktop', width: 1280, height: 800 },
  { name: 'phone', width: 390, height: 844 },
];

describeOffice('every page', () => {
  let organizationId: string;
  let params: Record<string, string>;
  beforeAll(async () => {
    const { db } = database;
    const tenant = await insertTenant(db, { agent: { language: 'en' } });
    organizationId = tenant.organizationId;
    const { agentId, slug } = tenant;
    const startedAt = new Date(Date.now() - 3_600_000);
    const told = await insertToldCall(db, tenant, { startedAt, store: recordings });
    const inTransaction = <T>(act: (transaction: typeof db) => Promise<T>): Promise<T> =>
      db.transaction().execute(act);
    await setFact(db, organizationId, {
      agent: slug,
      topic: 'Opening hours',
      text: 'Monday to Friday, nine to six.',
    });
    await inTransaction((transaction) =>
      editDraft(
        transaction,
        { organizationId, slug, by: 'Mary Smith' },
        { greeting: 'Harbor Street Clinic, good morning.' },
      ),
    );
    await tellOfRehearser(db);
    await inTransaction((transaction) =>
      requireScenarios(transaction, { organizationId, slug }, ['cancel', 'reschedule']),
    );
    await insertMessageTaken(db, {
      organizationId,
      agentId,
      callId: told.callId,
      callerName: 'Ada Caller',
      callbackNumber: '+12025550123',
      email: 'ada@example.com',
      text: 'Please call me back about my knee.',
      urgent: true,
    });
    await insertOnlyAlert(db, organizationId);
    const { endpoint } = await addEndpoint(
      db,
      { masterKey: MASTER_KEY, webhookAddresses: addressRule() },
      {
        organizationId,
        url: 'https://example.com/hooks',
        description: 'Our own system',
        events: ['call.ended', 'alert.raised'],
        enabled: true,
      },
    );
    const { id: deliveryId } = await testEndpoint(db, endpoint);
    params = {
      callId: told.callId,
      slug,
      eventId: tenant.bookingEventId,
      calendarId: tenant.calendarConnectionId,
      endpointId: endpoint.id,
      deliveryId,
    };
    if (PICTURES !== undefined) await mkdir(PICTURES, { recursive: true });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is known here', () => {
    expect(PATHS.length).toBeGreaterThan(20);
    expect(PATHS.length).toBe(TABLE.match(/^ {4}load: /gm)?.length);
  });

  test.each(PATHS)(
    '/office/%s can be used by everybody, on any screen, by day and night',
    async (path) => {
      const address = path.replaceAll(/:(\w+)/g, (_, name: string) => {
        const value = params[name];
        if (value === undefined) throw new Error(`The test has no ${name}.`);
        return value;
      });
      const page = await office.openAs(`/office/${address}`, { organizationId });
      for (const { name, width, height } of SIZES) {
        await page.setViewportSize({ width, height });
        await page.reload();
        await page.getByRole('heading', { level: 1 }).waitFor();
        await expect.poll(() => page.getByLabel('Loading', { exact: true }).count()).toBe(0);
        expect(await axe(page), `${name}: serious faults`).toEqual([]);
        // Nothing sticks out to the side.
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        await takePictures(page, `${path.replaceAll(/[/:]+/g, '-') || 'today'}-${name}`);
      }
    },
    120_000,
  );
});

async function takePictures(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForSelector(`html[data-mantine-color-scheme=${colorScheme}]`);
    await page.screenshot({ path: join(PICTURES, `${name}-${colorScheme}.png`), fullPage: true });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
