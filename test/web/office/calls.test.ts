import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertCall } from '../../../db/calls/calls.ts';
import { isBlocked } from '../../../db/phone/blocked-callers.ts';
import { axe, describeOffice, useOfficePages } from '../../support/office-page.ts';
import { openPlaces } from '../../support/recordings.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { CALLER, insertToldCall } from '../../support/told-call.ts';
import type { ToldCall } from '../../support/told-call.ts';

const database = useTestDatabase();
const folder = join(tmpdir(), `slotline-test-${randomUUID()}`);
const recordings = openPlaces({ RECORDINGS_FOLDER: folder }).store;
const office = useOfficePages(database, { config: { recordings } });
let tenant: Tenant;
let told: ToldCall;
beforeAll(async () => {
  tenant = await insertTenant(database.db);
  const startedAt = new Date('2026-11-23T14:00:00Z');
  told = await insertToldCall(database.db, tenant, { startedAt, store: recordings });
  const { organizationId, agentId } = tenant;
  const later = new Date('2026-11-24T14:00:00Z');
  const call = { organizationId, agentId, roomName: randomUUID(), startedAt: later };
  await insertCall(database.db, { ...call, line: 'web' });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describeOffice('calls', () => {
  test('are listed, narrowed by what stands in the address, and open by a link', async () => {
    const page = await office.openAs('/office/calls', tenant);
    await page.getByRole('link', { name: CALLER.name }).waitFor();
    await page.getByRole('link', { name: 'Visitor of the page' }).waitFor();
    await page.getByLabel('Words said').fill('half past');
    await page.waitForURL(/text=half/);
    await page.getByRole('link', { name: 'Visitor of the page' }).waitFor({ state: 'detached' });
    expect(await axe(page)).toEqual([]);
    await page.reload();
    expect(await page.getByLabel('Words said').inputValue()).toBe('half past');
    await page.getByRole('link', { name: CALLER.name }).click();
    await page.getByRole('heading', { level: 1, name: CALLER.name }).waitFor();
    const phone = await office.openAs('/office/calls?outcome=failed', { ...tenant, width: 390 });
    await phone.getByText('No call is like that').waitFor();
    await phone.getByRole('button', { name: 'Clear filters' }).click();
    await phone.getByRole('link', { name: CALLER.name }).waitFor();
    expect(await axe(phone)).toEqual([]);
  });

  test('show beside each claim whether it was true, and play what was said', async () => {
    const page = await office.openAs(`/office/calls/${told.callId}`, tenant);
    await page.getByText('2 of 3 claims true, 1 taken back').waitFor();
    const callBack = page.getByRole('link', { name: `Call back ${CALLER.phone}` });
    expect(await callBack.getAttribute('href')).toBe(`tel:${CALLER.phone}`);
    await page.getByText('Taken back: nothing was booked then').waitFor();
    await page.getByText(`Offered at 0:06: ${told.label}`).waitFor();
    await page.getByText('Stopped before it was heard').waitFor();
    await page.getByText(/The booking was confirmed by the calendar at 0:23/).waitFor();
    await page.getByText('schedule appointment').click();
    await page.getByText('Pays with ••••').waitFor();
    await page.getByRole('button', { name: 'Play from 0:12' }).click();
    await expect
      .poll(() => page.evaluate(`document.querySelector('audio').currentTime`))
      .toBeGreaterThan(12);
    await page.locator('li[data-playing]', { hasText: 'Half past two' }).waitFor();
    await page.evaluate(`document.querySelector('audio').pause()`);
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Make a scenario of it' }).click();
    const scenario = page.getByLabel('The scenario');
    expect(await scenario.inputValue()).toMatch(/say: .*half past two/i);
    expect(await axe(page)).toEqual([]);
  });

  test('block and forget their caller on a phone', async () => {
    const { callId } = await insertToldCall(database.db, tenant, {
      startedAt: new Date('2026-11-20T14:00:00Z'),
      phone: '+12025550166',
    });
    const page = await office.openAs(`/office/calls/${callId}`, { ...tenant, width: 390 });
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Block the caller' }).click();
    await page.getByLabel('Why').fill('Sells insurance');
    await page.getByRole('button', { name: 'Block', exact: true }).click();
    await page.getByText('+12025550166 (blocked)').waitFor();
    expect(await isBlocked(database.db, tenant.organizationId, '+12025550166')).toBe(true);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Forget the caller' }).click();
    await page.getByText(/1 call, 9 sentences/).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Forget for good' }).click();
    await page.getByText('What was said in this call is not kept any more.').waitFor();
    await page.getByText('12025550166').waitFor({ state: 'detached' });
  });
});
