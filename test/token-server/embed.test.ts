import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exampleAgent } from './example-agent.ts';
import { startTokenServer } from './start-token-server.ts';
import type { RunningTokenServer } from './start-token-server.ts';

const SITES = ['https://www.example.com', 'http://localhost:8080'];

let webDir = '';
let server: RunningTokenServer;
beforeAll(async () => {
  webDir = await mkdtemp(join(tmpdir(), 'slotline-embed-'));
  await writeFile(join(webDir, 'index.html'), '<!doctype html><title>Slotline</title>');
  await writeFile(join(webDir, 'embed.js'), '(() => {})();');
  server = await startTokenServer({
    config: { webDir },
    findAgent: async (slug) => {
      if (slug === 'embedded') return { ...exampleAgent, slug, allowedOrigins: SITES };
      return slug === 'front-desk' ? exampleAgent : undefined;
    },
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(webDir, { recursive: true, force: true });
});

const ancestorsOf = ({ headers }: Response) =>
  /frame-ancestors ([^;]*)/.exec(headers.get('content-security-policy') ?? '')?.[1];

test('an agent stands in frames of the sites that it names', async () => {
  const page = await fetch(`${server.url}/embed/embedded`);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('<title>Slotline</title>');
  expect(ancestorsOf(page)).toBe(SITES.join(' '));
  expect(page.headers.get('x-frame-options')).toBeNull();
  // All else of the policy is the visitor's page's.
  const own = await fetch(`${server.url}/a/embedded`);
  const policyOf = ({ headers }: Response) =>
    headers.get('content-security-policy')?.replace(/frame-ancestors [^;]*/, '');
  expect(policyOf(page)).toBe(policyOf(own));
});

test.for(['/embed/front-desk', '/embed/nobody', '/embed/Not%20a%20slug'])(
  '%s stands in no frame at all',
  async (path) => {
    const page = await fetch(server.url + path);
    expect(ancestorsOf(page)).toBe("'none'");
    expect(page.headers.get('x-frame-options')).toBe('DENY');
  },
);

test.for(['/', '/a/embedded', '/a/front-desk'])(
  'the visitor’s own page, %s, neither',
  async (path) => {
    const page = await fetch(server.url + path);
    expect(ancestorsOf(page)).toBe("'none'");
    expect(page.headers.get('x-frame-options')).toBe('DENY');
  },
);

test('the button’s script may be loaded by any site', async () => {
  const script = await fetch(`${server.url}/embed.js`);
  expect(script.status).toBe(200);
  expect(script.headers.get('content-type')).toContain('javascript');
  expect(script.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  expect(script.headers.get('access-control-allow-origin')).toBe('*');
  expect(script.headers.get('cache-control')).toBe('public, max-age=300');
});
