import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertOrganization } from '../../../db/organizations.ts';
import { pickFreePorts } from '../../../start/ports.ts';
import { startIdentityProvider } from '../../support/identity-provider.ts';
import type { IdentityProvider } from '../../support/identity-provider.ts';
import { axe, describeOffice, useOfficePages } from '../../support/office-page.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { insertPerson } from '../../token-server/office/start-office.ts';

const CLIENT = { clientId: 'slotline', clientSecret: 'a-client-secret' };
const MARY = 'mary@example.com';
const UNPROVED = 'unproved@example.com';

const database = useTestDatabase();
let provider: IdentityProvider;
let port = 0;
const office = useOfficePages(database, {
  office: async (url) => {
    [port = 0] = await pickFreePorts(1);
    provider = await startIdentityProvider({
      port,
      client: {
        id: CLIENT.clientId,
        secret: CLIENT.clientSecret,
        redirectUri: `${url}/api/auth/callback/oidc`,
      },
      proved: [MARY, 'stranger@example.com'],
    });
    return { oidc: { issuer: provider.issuer, ...CLIENT } };
  },
});
beforeAll(async () => {
  const organizationId = await insertOrganization(database.db, 'Harbor Street Clinic');
  for (const email of [MARY, UNPROVED]) {
    await insertPerson(database.db, email, { organizationId, role: 'staff' });
  }
});
afterAll(() => provider?.close());

/** Signs in at the provider's own page and agrees there. */
async function signInAs(login: string, width = 1280) {
  const page = await office.open('/office/calls', { width });
  await page.getByRole('button', { name: 'Sign in with your organization’s account' }).click();
  await page.waitForURL((url) => url.port === String(port));
  await page.getByPlaceholder('Enter any login').fill(login);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  return page;
}

describeOffice('the sign-in at the organization’s own provider', () => {
  test('leads through its pages back to where somebody wanted to go', async () => {
    const page = await signInAs(MARY, 390);
    await page.getByRole('heading', { level: 1, name: 'Calls' }).waitFor();
    expect(new URL(page.url()).origin).toBe(office.url);
    const told = await database.db
      .selectFrom('auditEntries')
      .select('action')
      .where('action', '=', 'member.oidc_linked')
      .execute();
    expect(told).toHaveLength(1);
    // Known there by now, and nothing is asked any more.
    await page.getByRole('button', { name: 'Account of Mary Smith' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in with your organization’s account' }).click();
    await page.getByRole('button', { name: 'Account of Mary Smith' }).waitFor();
  });

  test.each([
    ['whom nobody invited', 'stranger@example.com'],
    ['whose address is not proved', UNPROVED],
  ])('lets nobody in %s, and says so', async (_, login) => {
    const page = await signInAs(login);
    await page.getByText('It lets in who was invited here').waitFor();
    await page.getByLabel('E-mail address').waitFor();
    expect(await axe(page)).toEqual([]);
  });
});
