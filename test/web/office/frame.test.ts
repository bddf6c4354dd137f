import { expect, test } from 'vitest';
import { axe, describeOffice, useOfficePages } from '../../support/office-page.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase();
const office = useOfficePages(database);

describeOffice('the frame', () => {
  test('leads to the pages on a phone, by keyboard alone', async () => {
    const { organizationId } = await insertTenant(database.db);
    const page = await office.openAs('/office', { organizationId, width: 390 });
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the page');
    const burger = page.getByRole('button', { name: 'Open the navigation' });
    await burger.press('Enter');
    await page.getByRole('link', { name: 'Today' }).press('Enter');
    expect(await axe(page)).toEqual([]);
  });

  test('asks who has not signed in to do so, and goes on where they wanted to', async () => {
    const { organizationId } = await insertTenant(database.db);
    const page = await office.open('/office');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await axe(page)).toEqual([]);
    const signedIn = await office.openAs('/office/nowhere', { organizationId });
    await signedIn.getByText('There is nothing at this address').waitFor();
    expect(await axe(signedIn)).toEqual([]);
  });
});
