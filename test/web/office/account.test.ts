import { expect, test } from 'vitest';
import { insertOrganization } from '../../../db/organizations.ts';
import { axe, describeOffice, useOfficePages } from '../../support/office-page.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { totp } from '../../support/totp.ts';
import { PASSWORD } from '../../token-server/office/start-office.ts';

const database = useTestDatabase();
const office = useOfficePages(database);

describeOffice('the account page', () => {
  test('switches the second step on, which is asked for from then on', async () => {
    const organizationId = await insertOrganization(database.db, 'Harbor Street Clinic');
    const email = 'mary@example.com';
    const page = await office.openAs('/office/account', { organizationId, email });
    await page.getByLabel(/^Name( \*)?$/).fill('Mary Jones');
    await page.getByRole('button', { name: 'Save the name' }).click();
    await page.getByRole('button', { name: 'Account of Mary Jones' }).waitFor();
    expect(await axe(page)).toEqual([]);

    await page.getByRole('button', { name: 'Switch it on' }).click();
    await page.getByLabel('Your password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('img', { name: 'QR code for an authenticator app' }).waitFor();
    expect(await axe(page)).toEqual([]);
    const secret = await page.locator('code').first().textContent();
    await page.getByLabel(/^Code/).fill(totp(secret ?? ''));
    await page.getByRole('button', { name: 'Switch it on' }).last().click();
    const codes = await page.getByLabel('Backup codes').inputValue();
    expect(codes.split('\n').length).toBeGreaterThanOrEqual(5);
    await page.getByRole('button', { name: 'I have kept them' }).click();

    const other = await office.open('/office/account', { width: 390 });
    await other.getByLabel('E-mail address').fill(email);
    await other.getByLabel(/^Password/).fill(PASSWORD);
    await other.getByRole('button', { name: 'Sign in', exact: true }).click();
    await other.getByRole('heading', { name: 'The second step' }).waitFor();
    expect(await axe(other)).toEqual([]);
    await other.getByRole('button', { name: 'Use a backup code' }).click();
    await other.getByLabel('Backup code').fill(codes.split('\n')[0] ?? '');
    await other.getByRole('button', { name: 'Go on' }).click();
    await other.getByRole('heading', { name: 'Sessions' }).waitFor();
    expect(await axe(other)).toEqual([]);

    // The session on the phone is seen here, and ended.
    await page.reload();
    await page
      .getByRole('button', { name: /^End it: the session of/ })
      .first()
      .click();
    await page.getByText('The session has ended').waitFor();
    await other.reload();
    await other.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  test('makes a passkey that signs in without a password, and a new password', async () => {
    const organizationId = await insertOrganization(database.db, 'Harbor Street Clinic');
    const page = await office.openAs('/office/account', { organizationId });
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.getByLabel('Password now').fill(PASSWORD);
    await page.getByLabel(/^New password/).fill('short');
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('must have 10 characters at least').waitFor();
    await page.getByLabel(/^New password/).fill('rowing past two lighthouses');
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('The password is changed').waitFor();

    await page.getByLabel('Name of this device').fill('Desk');
    await page.getByRole('button', { name: 'Make a passkey' }).click();
    await page.getByRole('button', { name: 'Remove Desk' }).waitFor();
    await page.getByRole('button', { name: 'Account of Mary Smith' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    const account = page.getByRole('button', { name: 'Account of Mary Smith' });
    await expect.poll(() => account.isVisible()).toBe(true);
  });
});
