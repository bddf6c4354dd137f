import { expect, test } from 'vitest';
import { PROVIDERS, readProviders } from '../../../calendar/providers.ts';
import { KEY, useCalcom } from '../../cli/calcom.ts';
import { ADA, DIARY_ENVIRONMENT, useDiary } from '../../support/signed-in-provider.ts';
import { axe, describeOffice, useOfficePages } from '../../support/office-page.ts';
import { insertCalendarConnection } from '../../../db/calendars/calendar-connections.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase();
const calcom = useCalcom();
const diary = useDiary({ callback: () => `${office.url}/api/calendar/diary/callback` });
const office = useOfficePages(database, {
  outside: () => ({
    providers: readProviders({ CALCOM_BASE_URL: calcom.simulator.url, ...DIARY_ENVIRONMENT }, [
      ...PROVIDERS,
      diary.provider,
    ]),
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

  test('connect by signing in at the provider, and again when the access was taken back', async () => {
    const { organizationId } = await insertTenant(database.db);
    const page = await office.openAs('/office/calendars', { organizationId, width: 390 });
    await page.getByRole('button', { name: 'Connect a calendar' }).click();
    const dialog = page.getByRole('dialog', { name: 'Connect a calendar' });
    await dialog.getByRole('radio', { name: 'Diary' }).click();
    await dialog.getByLabel('What you call it').fill('Practice');
    expect(await dialog.locator('input[type=password]').count()).toBe(0);
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Connect with Diary' }).click();
    await page.getByRole('heading', { name: 'Sign in to the simulator' }).waitFor();
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByRole('heading', { level: 1, name: 'Practice' }).waitFor();
    await page.getByText(ADA).first().waitFor();
    await diary.server.takeBack(ADA);
    diary.server.endAccessTokens();
    await page.getByRole('button', { name: 'Check it' }).click();
    await page.getByText('Something keeps it from being booked.').waitFor();
    await page.reload();
    await page.getByText('Somebody must sign in again').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Connect again' }).click();
    await page.getByRole('button', { name: 'Connect with Diary' }).click();
    await page.getByRole('button', { name: 'Deny' }).click();
    await page.getByText('did not agree').waitFor();
    await page.getByRole('link', { name: 'To the calendars' }).click();
    await page.getByText('Sign in again').waitFor();
  });

  test('get another name, which no other one has, without a word to the provider', async () => {
    const { organizationId, calendarConnectionId } = await insertTenant(database.db);
    const other = { organizationId, provider: 'fake', timeZone: 'America/New_York', settings: {} };
    await insertCalendarConnection(database.db, { ...other, name: 'Second' });
    const path = `/office/calendars/${calendarConnectionId}`;
    const page = await office.openAs(path, { organizationId });
    await page.getByRole('button', { name: 'Rename' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Second');
    await dialog.getByRole('button', { name: 'Rename' }).click();
    await dialog.getByText('Another calendar has this name').waitFor();
    expect(await axe(page)).toEqual([]);
    await dialog.getByLabel('Name').fill('Front room');
    await dialog.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('heading', { level: 1, name: 'Front room' }).waitFor();
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
