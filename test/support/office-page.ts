import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import type { Role } from '../../db/values.ts';
import { insertPerson, PASSWORD, startOffice } from '../token-server/office/start-office.ts';
import type { RunningOffice } from '../token-server/office/start-office.ts';
import type { Outside } from '../../token-server/api/outside.ts';
import type { OfficeConfig, TokenServerConfig } from '../../token-server/config.ts';
import { findChromium } from './requirements.ts';
import { openBrowser } from './browser.ts';
import type { TestDatabase } from './test-database.ts';

const executable = findChromium();
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** `describe` for pages of the office: skipped where the machine has no Chromium. */
export const describeOffice = executable ? describe : describe.skip;

export interface OpenOptions {
  /** Pixels; 1280 unless given. A phone has 390. */
  width?: number;
  /** The viewer's zone; New York's unless given. */
  timeZone?: string;
}

export interface OfficePages {
  /** Valid inside tests, from `beforeAll` on: the office's origin, and its server. */
  readonly url: string;
  readonly server: RunningOffice;
  /** A page in which nobody has signed in. */
  open(path: string, options?: OpenOptions): Promise<Page>;
  /** A page in which a new member of the organization has signed in, as an owner unless told otherwise. */
  openAs(
    path: string,
    member: { organizationId: string; role?: Role; email?: string } & OpenOptions,
  ): Promise<Page>;
}

/**
 * The office in Chromium, on the token server with the built pages and the file's own database.
 * Whatever a page has to complain of fails its test: errors and warnings of the console, what the
 * Content-Security-Policy refused, files that were not found, answers of 500 and more.
 */
export function useOfficePages(
  database: TestDatabase,
  options: {
    config?: Partial<TokenServerConfig>;
    /** Asked for as the office starts. */
    outside?: () => Partial<Outside>;
    /** The same, with the origin at which it will be. */
    office?: (url: string) => Promise<Partial<OfficeConfig>>;
  } = {},
): OfficePages {
  let server: RunningOffice;
  let browser: Browser;
  let url = '';
  const contexts: BrowserContext[] = [];
  const problems: string[] = [];

  beforeAll(async () => {
    if (!executable) return;
    const port = await findFreePort();
    url = `http://localhost:${port}`;
    server = await startOffice(database.db, {
      office: { url, origins: [url], ...(await options.office?.(url)) },
      outside: options.outside?.() ?? {},
      config: {
        port,
        webDir: process.env['WEB_DIR'] ?? fileURLToPath(new URL('../../dist/web', import.meta.url)),
        ...options.config,
      },
    });
    browser = await openBrowser();
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    expect(problems.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    if (!executable) return;
    await browser.close();
    await server[Symbol.asyncDispose]();
  });

  const newPage = async ({ width = 1280, timeZone = 'America/New_York' }: OpenOptions) => {
    const context = await browser.newContext({
      viewport: { width, height: width < 600 ? 844 : 800 },
      timezoneId: timeZone,
      locale: 'en-US',
      reducedMotion: 'reduce',
    });
    contexts.push(context);
    const page = await context.newPage();
    watch(page, problems);
    return { context, page };
  };
  return {
    get url() {
      return url;
    },
    get server() {
      return server;
    },
    async open(path, open = {}) {
      const { page } = await newPage(open);
      await page.goto(url + path);
      return page;
    },
    async openAs(path, { organizationId, role = 'owner', email, ...open }) {
      const { context, page } = await newPage(open);
      const address = email ?? `${role}-${randomUUID().slice(0, 8)}@example.com`;
      await insertPerson(database.db, address, { organizationId, role });
      const { ok, status } = await signIn(context, url, address);
      if (!ok) throw new Error(`${address} could not sign in: ${status}`);
      await page.goto(url + path);
      return page;
    },
  };
}

async function signIn(context: BrowserContext, url: string, email: string) {
  const response = await context.request.post(`${url}/api/auth/sign-in/email`, {
    headers: { Origin: url },
    data: { email, password: PASSWORD },
  });
  return { ok: response.ok(), status: response.status() };
}

function watch(page: Page, problems: string[]): void {
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    // Of an answer that was no success: seen below, where it is known which one.
    if (message.text().startsWith('Failed to load resource')) return;
    problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${String(error)}`));
  page.on('response', (response) => {
    const status = response.status();
    const { pathname } = new URL(response.url());
    const isRefusal = pathname.startsWith('/api/') && status < 500;
    if (status >= 400 && !isRefusal) problems.push(`${status} ${pathname}`);
  });
}

/** What axe-core finds serious on the page, by day and by night: `expect(await axe(page)).toEqual([])`. */
export async function axe(page: Page): Promise<string[]> {
  const found: string[] = [];
  const source = await readFile(AXE, 'utf8');
  await page.evaluate(source);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForSelector(`html[data-mantine-color-scheme=${colorScheme}]`);
    const { violations } = await page.evaluate<AxeResults>(
      // It would copy style elements out of shadow roots, which the page's policy refuses.
      'axe.run({ preload: false })',
    );
    const serious = violations.filter(({ impact }) => /serious|critical/.test(impact ?? ''));
    found.push(
      ...serious.map(({ id, nodes }) => {
        const places = nodes.map(({ html, any }) => `${html} ${any[0]?.message ?? ''}`);
        return `${colorScheme}: ${id}: ${places.join(' | ')}`;
      }),
    );
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

/** What of axe-core's answer is used here. */
interface AxeResults {
  violations: {
    id: string;
    impact: string | null;
    nodes: { html: string; any: { message: string }[] }[];
  }[];
}

/** The office's address is in its configuration before the server listens. */
async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
