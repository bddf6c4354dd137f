import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '../../support/test-database.ts';
import { startTokenServer } from '../start-token-server.ts';
import { startOffice } from './start-office.ts';

const DOCUMENT =
  '<meta name="sign-in" content="%SIGN_IN%"><meta property="csp-nonce" nonce="%STYLE_NONCE%">';

const database = useTestDatabase();
let webDir = '';
beforeAll(async () => {
  webDir = await mkdtemp(join(tmpdir(), 'slotline-office-'));
  await writeFile(join(webDir, 'office.html'), DOCUMENT);
});
afterAll(() => rm(webDir, { recursive: true, force: true }));

async function readPolicy(url: string): Promise<{ directives: string[]; nonce: string }> {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  const directives = (response.headers.get('content-security-policy') ?? '').split(';');
  const nonce = /nonce="(.+)"/.exec(await response.text())?.[1] ?? '';
  return { directives, nonce };
}

test('every path of the office is one document, whose styles carry a nonce that is new each time', async () => {
  await using office = await startOffice(database.db, { config: { webDir } });
  const first = await readPolicy(`${office.url}/office`);
  const second = await readPolicy(`${office.url}/office/calls/0192?x=1`);
  expect(first.nonce).toMatch(/^[\w+/]{22}==$/);
  expect(first.nonce).not.toBe(second.nonce);
  expect(first.directives).toContain(`style-src 'self' 'nonce-${first.nonce}'`);
  // Scripts are files of this server's alone.
  expect(first.directives).toContain("default-src 'self'");
  expect(first.directives.join(';')).not.toMatch(/script-src|unsafe/);
});

test('the document says who signs in at an identity provider', async () => {
  const oidc = { issuer: 'https://id.example.com', clientId: 'slotline', clientSecret: 'secret' };
  await using office = await startOffice(database.db, { config: { webDir }, office: { oidc } });
  expect(await (await fetch(`${office.url}/office`)).text()).toContain('content="oidc"');
});

test.for(['/office', '/office/team', '/office.html'])(
  '%s is nothing where the office is switched off',
  async (path) => {
    await using server = await startTokenServer({ config: { webDir } });
    expect((await fetch(server.url + path)).status).toBe(404);
  },
);

test('office pages that were not built say how to build them', async () => {
  await using office = await startOffice(database.db);
  const response = await fetch(`${office.url}/office`);
  expect(response.status).toBe(503);
  expect(await response.text()).toContain('npm run build');
});
