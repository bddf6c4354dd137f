import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertOrganization } from '../../../db/organizations.ts';
import { findChromium } from '../../support/requirements.ts';
import { openBrowser } from '../../support/browser.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { insertPerson, OFFICE, PASSWORD, startOffice } from './start-office.ts';
import type { RunningOffice } from './start-office.ts';

const database = useTestDatabase();
let office: RunningOffice;
beforeAll(async () => {
  office = await startOffice(database.db);
  const organizationId = await insertOrganization(database.db, 'Harbor Street Clinic');
  await insertPerson(database.db, 'mary@example.com', { organizationId, role: 'staff' });
});
afterAll(() => office[Symbol.asyncDispose]());

const executablePath = findChromium();

test.skipIf(executablePath === null)(
  'a passkey is made once signed in, and signs in ever after without a password',
  async () => {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      // The office at its own address, where this server answers.
      await page.route(`${OFFICE}/**`, async (route) => {
        const url = route.request().url().replace(OFFICE, office.url);
        await route.fulfill({ response: await route.fetch({ url, maxRedirects: 0 }) });
      });
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('WebAuthn.enable');
      const options = {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      } as const;
      const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
        options,
      });
      await page.goto(`${OFFICE}/api/v1`);
      const ask = (method: string, path: string, body?: object) =>
        page.evaluate(
          async (asked) => {
            const response = await fetch(`/api/auth${asked.path}`, {
              method: asked.method,
              ...(asked.body
                ? {
                    headers: { 'Content-Type': 'application/json' },
                    body: JSON.stringify(asked.body),
                  }
                : {}),
            });
            return { status: response.status, body: await response.json() };
          },
          { method, path, body },
        );
      const signedIn = await ask('POST', '/sign-in/email', {
        email: 'mary@example.com',
        password: PASSWORD,
      });
      expect(signedIn.status).toBe(200);

      // One that asks its owner for nothing lets nobody in.
      await devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
      const weak = await devtools.send('WebAuthn.addVirtualAuthenticator', {
        options: { protocol: 'ctap2', transport: 'usb', automaticPresenceSimulation: true },
      });
      const unasked = await ask('GET', '/passkey/generate-register-options');
      const held = await askAuthenticator(page, 'create', 'parseCreationOptionsFromJSON', {
        ...(unasked.body as object),
        authenticatorSelection: { userVerification: 'discouraged' },
      });
      const heldAlone = await ask('POST', '/passkey/verify-registration', { response: held });
      expect(heldAlone.body).toMatchObject({ status: 403, code: 'user_not_verified' });
      await devtools.send('WebAuthn.removeVirtualAuthenticator', weak);
      await devtools.send('WebAuthn.addVirtualAuthenticator', { options });

      const creation = await ask('GET', '/passkey/generate-register-options');
      const made = await askAuthenticator(
        page,
        'create',
        'parseCreationOptionsFromJSON',
        creation.body,
      );
      const verified = await ask('POST', '/passkey/verify-registration', {
        response: made,
        name: 'This machine',
      });
      expect(verified.status).toBe(200);

      await ask('POST', '/sign-out', {});
      expect((await ask('GET', '/get-session')).body).toBeNull();
      const request = await ask('GET', '/passkey/generate-authenticate-options');
      const shown = await askAuthenticator(
        page,
        'get',
        'parseRequestOptionsFromJSON',
        request.body,
      );
      const entered = await ask('POST', '/passkey/verify-authentication', { response: shown });
      expect(entered.status).toBe(200);
      expect((await ask('GET', '/get-session')).body).toMatchObject({
        user: { email: 'mary@example.com' },
      });
      // What was shown once is no key to come in with again.
      expect(
        (await ask('POST', '/passkey/verify-authentication', { response: shown })).status,
      ).toBe(400);
    } finally {
      await browser.close();
    }
  },
);

/** In the page, whose types this side does not have. */
function askAuthenticator(
  page: Page,
  method: 'create' | 'get',
  parser: 'parseCreationOptionsFromJSON' | 'parseRequestOptionsFromJSON',
  options: unknown,
): Promise<object> {
  return page.evaluate(`(async () => {
    const publicKey = PublicKeyCredential.${parser}(${JSON.stringify(options)});
    const credential = await navigator.credentials.${method}({ publicKey });
    return credential.toJSON();
  })()`);
}
