import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dispose } from '@livekit/rtc-node';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import type { CallView } from '../../../calls/call-view.ts';
import { startLiveKit } from '../../support/livekit-server.ts';
import { findChromium } from '../../support/requirements.ts';
import { openBrowser } from '../../support/browser.ts';
import { exampleAgent } from '../../token-server/example-agent.ts';
import { startTokenServer, testConfig } from '../../token-server/start-token-server.ts';
import type { RunningTokenServer } from '../../token-server/start-token-server.ts';
import { exampleAppointment, exampleView } from '../example-view.ts';
import { ScriptedAgent } from '../scripted-agent.ts';

const executable = findChromium();
const { apiKey, apiSecret } = testConfig.livekit;
const WEB = process.env['WEB_DIR'] ?? fileURLToPath(new URL('../../../dist/web', import.meta.url));
const MICROPHONE = fileURLToPath(new URL('../../support/page-microphone.js', import.meta.url));
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const KILOBYTE = 1_024;

/** Runs in every frame: counts who asks for a microphone. */
const COUNT_QUESTIONS = `{
  globalThis.questions = 0;
  const ask = navigator.mediaDevices?.getUserMedia;
  if (ask) navigator.mediaDevices.getUserMedia = (...wish) => {
    globalThis.questions += 1;
    return ask.apply(navigator.mediaDevices, wish);
  };
}`;
/** Runs in the host's page: keeps what it is told. */
const KEEP_MESSAGES = `{
  globalThis.heard = [];
  addEventListener('message', ({ origin, data }) => heard.push({ origin, data }));
}`;

interface Heard {
  origin: string;
  data: Record<string, unknown>;
}

/** Somebody's site, with as strict a policy as a page with the button can have. */
async function startSite(slotline: () => string, tag: () => string) {
  const server = createServer((_, response) => {
    const policy = [
      "default-src 'none'",
      `script-src ${slotline()}`,
      `frame-src ${slotline()}`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
    ];
    response.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy.join('; '),
    });
    response.end(
      `<!doctype html><html lang="en"><title>Dental practice</title><h1>Dental practice</h1>
      <a href="#top">First link</a>${tag()}</html>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, port };
}

describe.skipIf(!executable || !inject('livekitServer'))('the button on somebody’s site', () => {
  let livekit: Awaited<ReturnType<typeof startLiveKit>>;
  let slotline: RunningTokenServer;
  let site: Awaited<ReturnType<typeof startSite>>;
  let browser: Browser;
  let page: Page;
  let problems: string[];
  let requests: string[];
  let attributes = 'data-agent="front-desk"';

  /** Another site than Slotline's 127.0.0.1, and one that the agent names. */
  const allowed = () => `http://localhost:${site.port}`;

  beforeAll(async () => {
    livekit = await startLiveKit({ apiKey, apiSecret });
    site = await startSite(
      () => slotline.url,
      () => `<script src="${slotline.url}/embed.js" ${attributes} async></script>`,
    );
    const { webSocketUrl } = livekit;
    slotline = await startTokenServer({
      findAgent: async (slug) =>
        slug === 'front-desk' ? { ...exampleAgent, allowedOrigins: [allowed()] } : undefined,
      config: {
        webDir: WEB,
        livekit: { url: webSocketUrl, publicUrl: webSocketUrl, apiKey, apiSecret },
      },
    });
    browser = await openBrowser();
  }, 300_000);

  afterEach(() => page.context().close());

  afterAll(async () => {
    await browser?.close();
    await slotline?.[Symbol.asyncDispose]();
    site.server.closeAllConnections();
    site.server.close();
    await livekit?.[Symbol.asyncDispose]();
    await dispose();
  });

  async function open(
    origin = allowed(),
    { width = 1_280, clock = false }: { width?: number; clock?: boolean } = {},
  ): Promise<void> {
    const context = await browser.newContext({
      timezoneId: 'America/New_York',
      viewport: { width, height: 800 },
    });
    page = await context.newPage();
    if (clock) await page.clock.install();
    problems = [];
    requests = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('request', (request) => requests.push(request.url()));
    await page.addInitScript({ path: MICROPHONE });
    await page.addInitScript({ content: COUNT_QUESTIONS });
    await page.addInitScript({ content: KEEP_MESSAGES });
    await page.goto(origin);
  }

  const button = () => page.getByRole('button', { name: 'Talk to us' });
  const frame = () => page.frameLocator('iframe[title="Receptionist"]');
  const heard = () => page.evaluate<Heard[]>('heard');
  const types = async () => (await heard()).map(({ data }) => data['type']);
  /** What has the focus, in the button's own tree too. */
  const focused = () =>
    page.evaluate<string>(
      `(document.activeElement.shadowRoot ?? document).activeElement.outerHTML.slice(0, 40)`,
    );

  test('is one script of 15 KB at most, and loads nothing else before it is pressed', async () => {
    const { size } = await stat(join(WEB, 'embed.js'));
    expect(size).toBeLessThanOrEqual(15 * KILOBYTE);
    await open();
    await button().waitFor();
    const own = requests.filter((url) => url.startsWith(slotline.url));
    expect(own).toEqual([`${slotline.url}/embed.js`]);
    expect(problems).toEqual([]);
  });

  test('opens the receptionist by keyboard, books, tells the site, and gives the focus back', async () => {
    await open();
    await button().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await focused()).toContain('class="open"');
    await page.keyboard.press('Enter');
    await frame().getByRole('heading', { level: 1, name: 'Harbor Street Clinic' }).waitFor();
    await expect.poll(types).toEqual(['opened']);
    await expect.poll(focused).toContain('<iframe');
    await page.getByRole('status').filter({ hasText: 'The receptionist is open.' }).waitFor();
    const inFrame = page.frames().find((each) => each.url().includes('/embed/front-desk'));
    const questions = () => inFrame?.evaluate<number>('questions');
    expect(await questions()).toBe(0);

    const ticket = page.waitForResponse((response) => response.url().endsWith('/api/token'));
    await frame().getByRole('button', { name: 'Start the call' }).click();
    const { room_name: roomName } = (await (await ticket).json()) as { room_name: string };
    const agent = await ScriptedAgent.answer({ ...livekit, apiKey, apiSecret }, roomName);
    await agent.turn('listening');
    await frame().locator('main[data-state="listening"]').waitFor();
    expect(await questions()).toBe(1);
    const booked: CallView = { ...exampleView, appointment: exampleAppointment };
    await agent.show(booked);
    await agent.show({ ...booked, state: 'ending' });
    await expect.poll(types).toEqual(['opened', 'booked']);

    await page.keyboard.press('Escape');
    await expect.poll(types).toEqual(['opened', 'booked', 'closed']);
    await expect.poll(focused).toContain('class="open"');
    expect(await page.locator('iframe').count()).toBe(0);
    const told = await heard();
    expect(new Set(told.map(({ origin }) => origin))).toEqual(new Set([slotline.url]));
    const { status, start, end } = exampleAppointment;
    expect(told.map(({ data }) => data)).toEqual([
      { source: 'slotline', agent: 'front-desk', type: 'opened' },
      {
        source: 'slotline',
        agent: 'front-desk',
        type: 'booked',
        // A time, and nobody's name.
        appointment: { status, start, end },
      },
      { source: 'slotline', agent: 'front-desk', type: 'closed' },
    ]);
    expect(problems).toEqual([]);
  });

  test('closes by its own button, on a phone over the whole window, and opens again', async () => {
    attributes =
      'data-agent="front-desk" data-color="#ffd600" data-position="bottom-left" data-language="de" data-label="Termin?"';
    await open(allowed(), { width: 390 });
    attributes = 'data-agent="front-desk"';
    const named = page.getByRole('button', { name: 'Termin?' });
    await named.click();
    const panel = page.getByRole('dialog', { name: 'Empfang' });
    await expect.poll(() => panel.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 800 });
    await expect.poll(types).toEqual(['opened']);
    const { violations } = await axe(page);
    expect(violations).toEqual([]);
    await page.getByRole('button', { name: 'Schließen' }).click();
    await panel.waitFor({ state: 'hidden' });
    const colors = await page.evaluate<string[]>(`{
      const { shadowRoot } = document.querySelector('[data-slotline]');
      const { backgroundColor, color } = getComputedStyle(shadowRoot.querySelector('.open'));
      [backgroundColor, color];
    }`);
    expect(colors).toEqual(['rgb(255, 214, 0)', 'rgb(0, 0, 0)']);
    const box = await named.boundingBox();
    expect(box?.x).toBeLessThan(40);
    await named.click();
    await expect.poll(types).toEqual(['opened', 'closed', 'opened']);
    expect(problems).toEqual([]);
  });

  test('opens on no site that the agent does not name, and says so', async () => {
    await open(`http://127.0.0.1:${site.port}`, { clock: true });
    await button().click();
    await page.clock.fastForward(16_000);
    const link = page.getByRole('link', { name: 'Open it on its own page' });
    expect(await link.getAttribute('href')).toBe(`${slotline.url}/a/front-desk`);
    expect(await heard()).toEqual([]);
    expect(problems.join('\n')).toContain('frame-ancestors');
    expect(problems.join('\n')).toContain('allowed origins of the agent "front-desk"');
    await page.keyboard.press('Escape');
    await page.clock.fastForward(2_000);
    await button().waitFor();
  });

  test('a page that names another host than the one it stands in tells that one nothing', async () => {
    await open();
    await button().waitFor();
    await page.evaluate<void>(`{
      const frame = document.createElement('iframe');
      frame.src = '${slotline.url}/embed/front-desk?host=' + encodeURIComponent('https://other.example');
      document.body.append(frame);
    }`);
    const inside = page.frameLocator('iframe');
    await inside.getByRole('button', { name: 'Start the call' }).waitFor();
    expect(await heard()).toEqual([]);
  });
});

async function axe(page: Page): Promise<{ violations: string[] }> {
  await page.evaluate(await readFile(AXE, 'utf8'));
  const { violations } = await page.evaluate<{ violations: { id: string; impact: string }[] }>(
    'axe.run(document, { iframes: false })',
  );
  const serious = violations.filter(({ impact }) => /serious|critical/.test(impact));
  return { violations: serious.map(({ id }) => id) };
}
