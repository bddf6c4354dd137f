import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rawRequest } from './raw-request.ts';
import { startTokenServer } from './start-token-server.ts';

// A folder whose name starts with a dot, as .slotline/ does: it must not hide what is in it.
let webDir = '';

beforeAll(async () => {
  webDir = join(await mkdtemp(join(tmpdir(), '.slotline-pages-')), 'web');
  await mkdir(join(webDir, 'assets'), { recursive: true });
  await writeFile(join(webDir, 'index.html'), '<!doctype html><title>Slotline</title>');
  await writeFile(join(webDir, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(webDir, 'assets', 'index-4f1c2b3a.js'), 'export {};');
});

afterAll(() => rm(join(webDir, '..'), { recursive: true, force: true }));

test.for(['/', '/a/front-desk', '/a/front-desk/', '/a/nobody', '/a/%00', '/?x=1'])(
  '%s is the page, asked for anew each time',
  async (path) => {
    await using server = await startTokenServer({ config: { webDir } });
    const response = await fetch(server.url + path);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<title>Slotline</title>');
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(response.headers.get('cache-control')).toBe('no-cache');
  },
);

test('an unchanged page is answered 304', async () => {
  await using server = await startTokenServer({ config: { webDir } });
  const etag = (await fetch(server.url)).headers.get('etag') ?? '';
  const again = await rawRequest(server.url, 'GET', '/', { 'If-None-Match': etag });
  expect(again.status).toBe(304);
});

test('hashed files are kept for a year, others are asked for anew', async () => {
  await using server = await startTokenServer({ config: { webDir } });
  const script = await fetch(`${server.url}/assets/index-4f1c2b3a.js`);
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(script.headers.get('content-type')).toContain('javascript');
  const icon = await fetch(`${server.url}/icon.svg`);
  expect(icon.headers.get('cache-control')).toBe('public, max-age=0');
});

test.for(['/assets/old-1234.js', '/assets/', '/assets', '/a', '/a/front-desk/more'])(
  '%s is 404 and not the page',
  async (path) => {
    await using server = await startTokenServer({ config: { webDir } });
    const response = await fetch(server.url + path);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'not_found' } });
    expect(response.headers.get('cache-control')).toBe('no-store');
  },
);

test('a page that was not built says how to build it', async () => {
  await using server = await startTokenServer({ config: { webDir: join(webDir, 'nowhere') } });
  for (const path of ['/', '/a/front-desk']) {
    const response = await fetch(server.url + path);
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('npm run build');
    expect(response.headers.get('cache-control')).toBe('no-store');
  }
});

test('a person at an address that nothing serves reads a sentence, a program JSON', async () => {
  await using server = await startTokenServer({ config: { webDir } });
  const ask = (path: string): Promise<Response> =>
    fetch(server.url + path, { headers: { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
  const page = await ask('/nothing');
  expect(page.status).toBe(404);
  expect(page.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(await page.text()).toBe('There is nothing at this address.');
  expect(await (await ask('/api/nothing')).json()).toMatchObject({ error: { code: 'not_found' } });
});
