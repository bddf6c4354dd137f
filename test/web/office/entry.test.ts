import { expect, test } from 'vitest';
import { insertOrganization } from '../../../db/organizations.ts';
import { listWaitingLinks } from '../../../manage/accounts/account-links.ts';
import type { WaitingLink } from '../../../manage/accounts/account-links.ts';
import { makeSetupLink } from '../../../manage/accounts/set-up.ts';
import { axe, describeOffice, useOfficePages } from '../../support/office-page.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase();
const office = useOfficePages(database);
const newOrganization = () => insertOrganization(database.db, 'Harbor Street Clinic');

/** The path of a link as the server wrote it into a mail. */
async function mailedLink(
  organizationId: string,
  wanted: Pick<WaitingLink, 'purpose' | 'recipient'>,
): Promise<string> {
  const find = async () =>
    (await listWaitingLinks(database.db, organizationId)).find(
      ({ purpose, recipient }) => purpose === wanted.purpose && recipient === wanted.recipient,
    )?.url;
  await expect.poll(find).toBeDefined();
  return ((await find()) ?? '').replace(office.url, '');
}

const PASSWORD = 'a lantern in the harbor';

describeOffice('coming in', () => {
  test('leads from the set-up link to the first steps, and sets a lost password anew', async () => {
    const organizationId = await newOrganization();
    const link = await makeSetupLink(database.db, { organizationId, officeUrl: office.url });
    const page = await office.open(link.replace(office.url, ''), { width: 390 });
    await page.getByLabel('Your name').fill('Ann Baker');
    await page.getByLabel('E-mail address').fill('ann@example.com');
    const password = page.getByLabel(/^Password/);
    await password.fill('password1234');
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Make the owner’s account' }).click();
    await page.getByText('is among the commonest').waitFor();
    await password.fill(PASSWORD);
    await page.getByRole('button', { name: 'Make the owner’s account' }).click();
    await page.getByRole('heading', { level: 1, name: 'First steps' }).waitFor();
    expect(await axe(page)).toEqual([]);

    await page.getByRole('button', { name: 'Account of Ann Baker' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'The password is forgotten' }).click();
    await page.getByLabel('E-mail address').fill('ann@example.com');
    await page.getByRole('button', { name: 'Send a link' }).click();
    await page.getByText('a link is on its way').waitFor();
    const reset = await mailedLink(organizationId, {
      purpose: 'reset-password',
      recipient: 'ann@example.com',
    });
    await page.goto(`${office.url}${reset}`);
    await page.getByLabel(/^New password/).fill('another lantern altogether');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByRole('link', { name: 'To the sign-in' }).click();
    await page.getByLabel('E-mail address').fill('ann@example.com');
    await page.getByLabel(/^Password/).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel(/^Password/).fill('another lantern altogether');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('navigation', { name: 'Pages' }).waitFor({ state: 'attached' });
  });

  test('invites somebody who makes an account, and verifies an address', async () => {
    const organizationId = await newOrganization();
    const owner = await office.openAs('/office/team', { organizationId });
    await owner.getByRole('button', { name: 'Invite somebody' }).click();
    await owner.getByLabel('E-mail address').fill('joe@example.com');
    expect(await axe(owner)).toEqual([]);
    await owner.getByRole('button', { name: 'Invite', exact: true }).click();
    await owner.getByRole('listitem').filter({ hasText: 'joe@example.com' }).waitFor();

    const invitation = await mailedLink(organizationId, {
      purpose: 'invitation',
      recipient: 'joe@example.com',
    });
    const page = await office.open(invitation);
    await page.getByLabel('Your name').fill('Joe Carter');
    await page.getByLabel(/^Password/).fill(PASSWORD);
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByText('Harbor Street Clinic').first().waitFor();
    // Staff sees no keys.
    expect(await page.getByRole('link', { name: 'API keys' }).count()).toBe(0);
    await page.goto(`${office.url}/office/api-keys`);
    await page.getByText('This is not for your role').waitFor();
    // A link that has done its work does nothing more.
    await page.goto(`${office.url}${invitation}`);
    await page.reload();
    await page.getByRole('button', { name: 'Accept the invitation' }).click();
    await page.getByText('has been used or withdrawn').waitFor();

    await database.db.updateTable('users').set({ emailVerified: false }).execute();
    await page.goto(`${office.url}/office/account`);
    await page.getByRole('button', { name: 'Send a link that verifies it' }).click();
    const proof = await mailedLink(organizationId, {
      purpose: 'verify-email',
      recipient: 'joe@example.com',
    });
    await page.goto(`${office.url}${proof}`);
    await page.reload();
    await page.getByRole('button', { name: 'Verify it' }).click();
    await page.getByRole('heading', { name: 'The address is verified' }).waitFor();
    expect(await axe(page)).toEqual([]);
  });
});
