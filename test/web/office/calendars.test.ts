import { expect, test } from 'vitest';
import { PROVIDERS, readProviders } from '../../../calendar/providers.ts';
import { KEY, useCalcom } from '../../cli/calcom.ts';
import { axe, describeOffice, useOfficePages } from '../../support/office-page.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase();
const calcom = useCalcom();
const office = useOfficePages(database, {
  outside: () => ({
    providers: readProviders({ CALCOM_BASE_URL: calcom.simulator.url }, PROVIDERS),
  }),
});

describeOffice('the calendars', () => {
  test('connect by a form of the provider’s, are checked and disconnected, on a phone', async () => {
    const { organizationId } = await insertTenant(database.db);
    const page = await office.openAs('/office/calendars', { organizationId, width: 390 });
    await page.getByRole('link', { name: 'Test calendar' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Connect a calendar' }).click();
    const dialog = page.getByRole('dialog', { name: 'Connect a calendar' });
    await dialog.getByLabel('What you call it').fill('Work');
    await dialog.locator('input[type=password]').fill('cal_live_nobodyholdsthis');
    await dialog.getByRole('button', { name: 'More settings' }).click();
    await dialog.getByLabel('Address of your own instance').fill('http://cal.example');
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await dialog.getByText(/must begin with https/).waitFor();
    await dialog.getByLabel('Address of your own instance').fill('');
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await dialog
      .getByRole('alert')
      .getByText(/Make a new one/)
      .waitFor();
    expect(await axe(page)).toEqual([]);
    await dialog.locator('input[type=password]').fill(KEY);
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Work' }).waitFor();
    await page.getByText('front-desk').first().waitFor();
    await page.getByRole('button', { name: 'Check it' }).click();
    await page.getByText('Bookings work.').waitFor();
    await page.getByText('The key is front-desk').waitFor();
    expect(await page.content()).not.toContain(KEY);
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
    await page.getByText('“Work” is disconnected').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('button', { name: 'Connect again' }).waitFor();
  });

  test('are read by who may not change them', async () => {
    const { organizationId, calendarConnectionId } = await insertTenant(database.db);
    const path = `/office/calendars/${calendarConnectionId}`;
    const page = await office.openAs(path, { organizationId, role: 'viewer' });
    await page.getByText('Last sync').waitFor();
    expect(await page.getByRole('button', { name: 'Disconnect' }).count()).toBe(0);
    expect(await axe(page)).toEqual([]);
  });
});
