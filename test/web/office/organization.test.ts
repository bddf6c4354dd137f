import { expect, test } from 'vitest';
import { putMember } from '../../../db/accounts/members.ts';
import { insertOrganization } from '../../../db/organizations.ts';
import { axe, describeOffice, useOfficePages } from '../../support/office-page.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { insertPerson } from '../../token-server/office/start-office.ts';

const database = useTestDatabase();
const office = useOfficePages(database);

describeOffice('the pages of the organization', () => {
  test('give roles, and lead to another organization', async () => {
    const { organizationId } = await insertTenant(database.db);
    const userId = await insertPerson(database.db, 'pat@example.com');
    await putMember(database.db, { organizationId, userId, role: 'viewer' });
    const other = await insertOrganization(database.db, 'Pine Street Dental');
    const page = await office.openAs('/office/team', {
      organizationId,
      email: 'owner@example.com',
      width: 390,
    });
    const pat = page.getByRole('listitem').filter({ hasText: 'pat@example.com' });
    await pat.getByRole('combobox', { name: /^Role of/ }).click();
    await page.getByRole('option', { name: 'admin' }).click();
    await page.getByText('has the role admin now').waitFor();
    expect(await axe(page)).toEqual([]);
    // Nobody takes the last owner away.
    const owner = page.getByRole('listitem').filter({ hasText: 'owner@example.com' });
    await owner.getByRole('button', { name: /^Remove/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('This is the last owner').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cancel' }).click();

    const me = await database.db
      .selectFrom('users')
      .select('id')
      .where('email', '=', 'owner@example.com')
      .executeTakeFirstOrThrow();
    await putMember(database.db, { organizationId: other, userId: me.id, role: 'viewer' });
    await page.reload();
    await page.getByRole('button', { name: /^Organization:/ }).click();
    await page.getByRole('menuitemradio', { name: 'Pine Street Dental' }).click();
    await page.getByRole('button', { name: 'Organization: Pine Street Dental' }).waitFor();
    expect(await page.getByRole('button', { name: 'Invite somebody' }).count()).toBe(0);
  });

  test('show a key once, and the audit log who made it', async () => {
    const { organizationId } = await insertTenant(database.db);
    const page = await office.openAs('/office/api-keys', { organizationId });
    await page.getByText('There is no key').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Make a key' }).first().click();
    await page.getByLabel(/^Name( \*)?$/).fill('Website');
    await page.getByLabel('agents: see', { exact: true }).check();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Make the key' }).click();
    const key = await page.getByLabel('The key', { exact: true }).inputValue();
    const answer = await fetch(`${office.url}/api/v1/organizations/${organizationId}/agents`, {
      headers: { Authorization: `Bearer ${key}` },
    });
    expect(answer.status).toBe(200);
    await page.getByRole('button', { name: 'I have kept it' }).click();
    expect(await page.content()).not.toContain(key);
    await page.getByRole('button', { name: 'Revoke Website' }).click();
    await page.getByRole('button', { name: 'Revoke it' }).click();
    await page.getByText('There is no key').waitFor();

    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByText('API key revoked').waitFor();
    await page.getByText('API key made').waitFor();
    expect(await page.getByText('by Mary Smith').count()).toBe(2);
    expect(await axe(page)).toEqual([]);
  });

  test('save settings, and overwrite nothing that somebody else saved since', async () => {
    const { organizationId } = await insertTenant(database.db);
    const page = await office.openAs('/office/settings', { organizationId });
    const second = await office.openAs('/office/settings', { organizationId, width: 390 });
    await second.getByLabel('Transcripts and recordings').fill('21');
    await page.getByRole('combobox', { name: 'Time zone' }).fill('Vienna');
    await page.getByRole('option', { name: 'Europe/Vienna' }).click();
    await page.getByLabel('Transcripts and recordings').fill('14');
    await page.getByRole('button', { name: 'Save the settings' }).click();
    await page.getByText('The settings are saved').waitFor();
    expect(await axe(page)).toEqual([]);
    await second.getByRole('button', { name: 'Save the settings' }).click();
    await second.getByText('It was changed since you read it').waitFor();
    await second.getByRole('button', { name: 'Try again' }).click();
    await expect
      .poll(() => second.getByLabel('Transcripts and recordings').inputValue())
      .toBe('14 days');
    expect(await axe(second)).toEqual([]);

    await page.goto(`${office.url}/office/guide`);
    const step = page.locator('ol > li').first();
    await step.getByText('done', { exact: true }).waitFor();
    expect(await axe(page)).toEqual([]);
    // What was read in New York is written in Vienna's time.
    await page.goto(`${office.url}/office/audit-log`);
    await page.getByText('Organization edited').waitFor();
    await page.locator('time').first().hover();
    await page.getByText('where you are').waitFor();
  });
});
