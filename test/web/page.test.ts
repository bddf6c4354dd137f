import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { dispose } from '@livekit/rtc-node';
import { AccessToken } from 'livekit-server-sdk';
import type { Browser, BrowserContextOptions, Page, WebSocketRoute } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';

import type { CallView } from '../../calls/call-view.ts';
import { findChromium } from '../support/requirements.ts';
import { openBrowser } from '../support/browser.ts';
import { exampleAgent } from '../token-server/example-agent.ts';
import { startLiveKit } from '../support/livekit-server.ts';
import {
  startTokenServer,
  testConfig,
  type RunningTokenServer,
} from '../token-server/start-token-server.ts';
import { exampleAppointment, exampleSlots, exampleView, noDetails } from './example-view.ts';
import { ScriptedAgent } from './scripted-agent.ts';

const executable = findChromium();
const { apiKey, apiSecret } = testConfig.livekit;
const MICROPHONE = fileURLToPath(new URL('../support/page-microphone.js', import.meta.url));

/** Runs in the page. */
const REFUSAL = `navigator.mediaDevices.getUserMedia = () =>
  Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));`;

/** Runs in the page: notes every microphone that the browser gives out. */
const NOTE_MICROPHONES = `{
  const given = [];
  const give = navigator.mediaDevices.getUserMedia;
  navigator.mediaDevices.getUserMedia = async (wish) => {
    const stream = await give(wish);
    given.push(...stream.getTracks());
    return stream;
  };
  globalThis.microphones = () => given.map(({ readyState }) => readyState);
}`;

const [first, second] = exampleSlots;
const view = exampleView;
const offered: CallView = {
  ...view,
  offer: { message: null, slots: [first, second] },
  details: noDetails,
};
const chosen: CallView = {
  ...offered,
  offer: { message: null, slots: [first, { ...second, isChosen: true }] },
};
const booked: CallView = { ...view, appointment: exampleAppointment };

describe.skipIf(!executable || !inject('livekitServer'))('the page', () => {
  let livekit: Awaited<ReturnType<typeof startLiveKit>>;
  let server: RunningTokenServer;
  let browser: Browser;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    livekit = await startLiveKit({ apiKey, apiSecret });
    const { webSocketUrl } = livekit;
    server = await startTokenServer({
      findAgent: async (slug) => {
        if (slug === 'front-desk') return exampleAgent;
        return slug === 'closed' ? { ...exampleAgent, slug, enabled: false } : undefined;
      },
      config: {
        rehearsal: true,
        webDir: process.env['WEB_DIR'] ?? fileURLToPath(new URL('../../dist/web', import.meta.url)),
        livekit: { url: webSocketUrl, publicUrl: webSocketUrl, apiKey, apiSecret },
      },
    });
    browser = await openBrowser();
  }, 300_000);

  afterEach(() => page.context().close());

  afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
    await livekit?.[Symbol.asyncDispose]();
    await dispose();
  });

  async function open(
    path = '/',
    { refused = false, ...options }: BrowserContextOptions & { refused?: boolean } = {},
  ): Promise<void> {
    const context = await browser.newContext({ timezoneId: 'America/New_York', ...options });
    page = await context.newPage();
    problems = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(String(error)));
    if (refused) {
      await page.addInitScript({ content: REFUSAL });
    } else {
      await page.addInitScript({ path: MICROPHONE });
      await page.addInitScript({ content: NOTE_MICROPHONES });
    }
    await page.goto(`${server.url}${path}`);
  }

  const state = (name: string) => page.locator(`main[data-state="${name}"]`).waitFor();
  const slot = (time: string) =>
    page.getByRole('button', { name: `${time}, Tuesday, November 24`, exact: true });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const lines = async () =>
    Promise.all(
      (await page.getByTestId('transcript-line').all()).map(async (line) => [
        await line.getAttribute('data-role'),
        await line.getByTestId('transcript-text').textContent(),
      ]),
    );

  /** Starts a call and answers it. */
  async function call(start = () => button('Start the call').click()) {
    const ticket = page.waitForResponse((response) => response.url().endsWith('/api/token'));
    await start();
    const { room_name: roomName } = (await (await ticket).json()) as { room_name: string };
    const agent = await ScriptedAgent.answer({ ...livekit, apiKey, apiSecret }, roomName);
    await agent.turn('listening');
    await state('listening');
    return agent;
  }

  it('opens the front desk, says why it wants the microphone, and that this is a rehearsal', async () => {
    await open();
    await button('Start the call').waitFor();
    await state('idle');
    await expect
      .poll(() => page.getByRole('heading', { level: 1 }).textContent())
      .toBe('Harbor Street Clinic');
    await expect.poll(() => page.title()).toContain('Harbor Street Clinic');
    await expect
      .poll(() => page.getByText(/browser will ask for the microphone/).isVisible())
      .toBe(true);
    await expect
      .poll(() => page.getByTestId('rehearsal').textContent())
      .toContain('This is a rehearsal.');
    expect(problems).toEqual([]);
  });

  it('holds a whole call: states, transcript, offer, details, appointment, end', async () => {
    await open('/a/front-desk');
    const agent = await call();
    await expect.poll(() => agent.hears).toBe(true);
    await page.evaluate(
      'void speakIntoMicrophone(Array.from({length: 48000}, (_, i) => 9000 * Math.sin(i / 8)), 24000, 1)',
    );
    await expect
      .poll(() =>
        page.getByLabel('Microphone level').evaluate((meter) => 'value' in meter && meter.value),
      )
      .toBeGreaterThan(0.2);
    await agent.speak();
    for (const name of ['speaking', 'thinking', 'listening'] as const) {
      await agent.turn(name);
      await state(name);
    }
    await expect.poll(() => page.getByTestId('announcer').textContent()).toMatch(/^Listening/);

    await agent.say(['Which ', 'day?'], 'SG_1');
    await agent.hear('next twos', 'SG_2', false);
    await agent.hear('next Tuesday', 'SG_2', true);
    await expect.poll(lines).toEqual([
      ['agent', 'Which day?'],
      ['caller', 'next Tuesday'],
    ]);

    await agent.show(offered);
    await expect
      .poll(() => page.getByTestId('offer-slot').allTextContents())
      .toEqual(['1:00 PM', '2:30 PM']);
    await slot('2:30 PM').click();
    await expect.poll(() => agent.actions).toEqual([{ do: 'choose', slotId: 'slot_2' }]);
    await agent.show(chosen);
    await expect.poll(() => slot('2:30 PM').getAttribute('aria-pressed')).toBe('true');

    await button('Send my details').click();
    await expect.poll(() => page.evaluate('document.activeElement.name')).toBe('name');
    await page.getByLabel('Name').fill('Mary Smith');
    await page.getByLabel('E-mail').fill('mary.smith@example.com');
    await page.getByLabel('E-mail').press('Enter');
    await expect
      .poll(() => agent.actions.at(-1))
      .toEqual({ do: 'give', name: 'Mary Smith', email: 'mary.smith@example.com' });
    await expect
      .poll(async () => (await lines()).slice(2))
      .toEqual([
        ['caller', 'Tuesday, November 24, 2:30 PM'],
        ['caller', 'Mary Smith, mary.smith@example.com'],
      ]);

    await agent.show(booked);
    const card = page.getByTestId('appointment-card');
    await card.waitFor();
    await expect
      .poll(() => page.getByTestId('appointment-when').innerText())
      .toMatch(/^Tuesday, November 24\s+2:30 PM Eastern time$/);
    await expect.poll(() => page.getByTestId('offer-card').count()).toBe(0);
    await expect.poll(() => page.getByTestId('details-form').count()).toBe(0);

    await agent.show({ ...booked, state: 'ending' });
    await agent.closeRoom();
    await state('ended');
    await expect.poll(() => card.textContent()).toContain('Mary Smith');
    const download = page.waitForEvent('download');
    await button('Add to calendar').click();
    const file = await text(await (await download).createReadStream());
    expect(file).toContain('DTSTART:20261124T193000Z');
    await expect.poll(() => button('Call again').isVisible()).toBe(true);
    expect(problems).toEqual([]);
  });

  it('writes a date once, marks what was chosen by voice, and where it lies in the day', async () => {
    await open();
    const agent = await call();
    const wednesday = { ...first, id: 'slot_3', day: 'Wednesday, November 25', minute: 1_230 };
    await agent.show({ ...offered, offer: { message: null, slots: [first, second, wednesday] } });
    const card = page.getByTestId('offer-card');
    await card.waitFor();
    await expect
      .poll(() => card.getByRole('heading', { level: 3 }).allTextContents())
      .toEqual(['Tuesday, November 24', 'Wednesday, November 25']);
    expect((await card.innerText()).match(/November 24|Eastern time/g)).toHaveLength(2);
    await expect
      .poll(() => card.getByRole('list', { name: 'Tuesday, November 24' }).count())
      .toBe(1);
    const marks = () =>
      page.evaluate(
        "[...document.querySelectorAll('.slot-line-tick')].map((tick) => tick.dataset.mark).filter(Boolean)",
      );
    await expect.poll(marks).toEqual(['offered', 'offered', 'offered']);
    await expect.poll(() => page.locator('.slot-line-hours').textContent()).toBe('9 AM123 PM69 PM');
    await agent.show(chosen);
    await expect.poll(() => slot('2:30 PM').getAttribute('aria-pressed')).toBe('true');
    await expect.poll(() => slot('1:00 PM').getAttribute('aria-pressed')).toBe('false');
    await expect.poll(() => marks()).toEqual(['offered', 'chosen']);
    expect(agent.actions).toEqual([]);
    await agent.closeRoom();
  });

  it('is held by screen and keyboard alone', async () => {
    await open();
    const agent = await call(() => button('Type instead').click());
    await agent.show(offered);
    await slot('1:00 PM').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await expect.poll(() => agent.actions).toEqual([{ do: 'choose', slotId: 'slot_2' }]);
    await agent.show(chosen);
    await page.keyboard.press('Tab');
    await page.keyboard.type('Mary Smith');
    await page.keyboard.press('Tab');
    await page.keyboard.type('mary@gmail.con');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => agent.actions.at(-1))
      .toEqual({ do: 'give', name: 'Mary Smith', email: 'mary@gmail.con' });
    await agent.show({
      ...chosen,
      details: [
        { field: 'name', value: 'Mary Smith', state: 'typed', likely: null },
        { field: 'email', value: 'mary@gmail.con', state: 'typed', likely: 'mary@gmail.com' },
      ],
    });
    await button('Yes, use that').click();
    await expect.poll(() => agent.actions.at(-1)).toEqual({ do: 'give', email: 'mary@gmail.com' });
    await agent.show({
      ...chosen,
      details: [
        { field: 'name', value: 'Mary Smith', state: 'typed', likely: null },
        { field: 'email', value: 'mary@gmail.com', state: 'typed', likely: null },
      ],
    });
    await button('Book it').waitFor();
    // Enter in a field sends what is new of it, and books nothing.
    await page.getByLabel('E-mail').press('Enter');
    await expect
      .poll(async () => {
        await button('Book it').press('Enter');
        return agent.actions.at(-1);
      })
      .toEqual({ do: 'book', slotId: 'slot_2', name: 'Mary Smith', email: 'mary@gmail.com' });
    expect(agent.actions.filter((action) => action.do === 'book')).toHaveLength(1);
    await agent.closeRoom();
    expect(problems).toEqual([]);
  });

  it('fills fields with what was heard, and leaves what the visitor is typing', async () => {
    await open();
    const agent = await call();
    await agent.show(offered);
    const name = page.getByLabel('Name');
    const email = page.getByLabel('E-mail');
    await email.fill('mary@work');
    await agent.show({
      ...offered,
      details: [
        { field: 'name', value: 'Marie Smith', state: 'heard', likely: null },
        { field: 'email', value: 'mary@example.com', state: 'heard', likely: null },
      ],
    });
    await expect.poll(() => name.inputValue()).toBe('Marie Smith');
    await expect.poll(() => email.inputValue()).toBe('mary@work');
    const noteOf = `document.getElementById(document.querySelector('[name=name]').getAttribute('aria-describedby')).textContent`;
    await expect.poll(() => page.evaluate(noteOf)).toBe('As heard. Please check it.');
    await name.fill('Mary Smith');
    agent.onAction = () => ({
      status: 'refused',
      problems: { email: 'must be an e-mail address, such as mary@example.com' },
    });
    await button('Send my details').click();
    await expect
      .poll(() => agent.actions)
      .toEqual([{ do: 'give', name: 'Mary Smith', email: 'mary@work' }]);
    await page.getByRole('alert').waitFor();
    await expect.poll(() => email.getAttribute('aria-invalid')).toBe('true');
    agent.onAction = () => ({ status: 'done' });
    await email.fill('mary@work.example');
    await email.press('Enter');
    await expect.poll(() => agent.actions.length).toBe(2);
    await expect.poll(() => email.inputValue()).toBe('mary@work.example');
    await agent.show({
      ...offered,
      details: [
        { field: 'name', value: 'Mary Smith', state: 'confirmed', likely: null },
        { field: 'email', value: 'other@work.example', state: 'heard', likely: null },
      ],
    });
    await expect.poll(() => email.inputValue()).toBe('other@work.example');
    await button('That is right').click();
    await expect
      .poll(() => agent.actions.at(-1))
      .toEqual({ do: 'give', email: 'other@work.example' });
    await agent.closeRoom();
  });

  it('says that a time is gone which was tapped too late', async () => {
    await open();
    const agent = await call();
    await agent.show(offered);
    agent.onAction = () => ({ status: 'not-offered' });
    await slot('1:00 PM').click();
    await page.getByText('That time is no longer on offer.').waitFor();
    await expect.poll(() => slot('1:00 PM').getAttribute('aria-pressed')).toBe('false');
    await expect.poll(() => lines()).toEqual([]);
    await agent.closeRoom();
  });

  it('shows an appointment that is not certain as not confirmed', async () => {
    await open();
    const agent = await call();
    const { appointment } = booked;
    await agent.show({
      ...view,
      appointment: appointment && { ...appointment, status: 'unconfirmed' },
    });
    const card = page.getByTestId('appointment-card');
    await card.waitFor();
    await expect.poll(() => card.textContent()).toContain('Not confirmed yet');
    await expect.poll(() => button('Add to calendar').count()).toBe(0);
    await agent.closeRoom();
  });

  it('helps a visitor whose microphone is refused, who then calls by typing', async () => {
    await open('/', { refused: true });
    await button('Start the call').click();
    await page.getByTestId('microphone-help').waitFor();
    await state('idle');
    const agent = await call(() => button('Continue by typing').click());
    await page.getByLabel('Message').fill('I would like to book an appointment');
    await page.getByLabel('Message').press('Enter');
    await expect.poll(() => agent.messages).toEqual(['I would like to book an appointment']);
    await expect.poll(() => lines()).toEqual([['caller', 'I would like to book an appointment']]);
    expect(agent.hears).toBe(false);
    await button('Hang up').click();
    await state('ended');
    await agent.closeRoom();
    expect(problems).toEqual([]);
  });

  it('lets a microphone go that LiveKit does not take', async () => {
    await open();
    await page.route('**/api/token', async (route) => {
      const response = await route.fetch();
      const answer = (await response.json()) as { participant_token: string; room_name: string };
      const token = new AccessToken(apiKey, apiSecret, { identity: 'visitor', ttl: 60 });
      token.addGrant({ roomJoin: true, room: answer.room_name, canPublish: false });
      await route.fulfill({
        response,
        json: { ...answer, participant_token: await token.toJwt() },
      });
    });
    const agent = await call(() => button('Type instead').click());
    await button('Use mic').click();
    await button('Retry mic').waitFor();
    await expect.poll(() => page.evaluate('microphones()')).toEqual(['ended']);
    await state('listening');
    await agent.closeRoom();
  });

  it('can be used with the keyboard alone', async () => {
    await open('/', { reducedMotion: 'reduce' });
    await button('Start the call').waitFor();
    await page.keyboard.press('Tab');
    const agent = await call(() => page.keyboard.press('Enter'));
    const focused = () =>
      page.evaluate<string>(
        'document.activeElement.textContent || document.activeElement.placeholder',
      );
    await button('Mute').waitFor();
    const order: string[] = [];
    for (let step = 0; step < 4; step += 1) {
      await page.keyboard.press('Tab');
      order.push(await focused());
    }
    expect(order).toEqual(['Or type a message', 'Mute', 'Devices', 'Hang up']);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByLabel('Microphone', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByLabel('Microphone', { exact: true }).waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('Devices');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await button('Unmute').waitFor();
    await expect.poll(focused).toBe('Unmute');
    await agent.closeRoom();
    await state('ended');
    expect(problems).toEqual([]);
  });

  it('says that nobody picked up when no agent comes within ten seconds', async () => {
    await open();
    await button('Start the call').click();
    await state('connecting');
    const from = performance.now();
    await state('failed');
    expect(performance.now() - from).toBeLessThan(12_000);
    await expect
      .poll(() => page.getByRole('heading', { level: 2 }).textContent())
      .toBe('Nobody picked up');
    await expect.poll(() => button('Call again').isVisible()).toBe(true);
  });

  it('mends a cut line, and asks what it missed', async () => {
    await open();
    const cuts: (() => Promise<void>)[] = [];
    await page.routeWebSocket(/\/rtc/, (socket) => {
      const upstream = socket.connectToServer();
      cuts.push(async () => {
        await upstream.close();
        await socket.close({ code: 1012 });
      });
    });
    const agent = await call();
    await expect.poll(() => agent.hears).toBe(true);
    agent.changeUnseen(booked);
    await cuts[0]?.();
    const card = page.getByTestId('appointment-card');
    await card.waitFor();
    await expect.poll(() => card.textContent()).toContain('Mary Smith');
    await page.getByTestId('reconnecting').waitFor({ state: 'detached' });
    await state('listening');
    await agent.closeRoom();
  });

  it('says that the line is cut, and offers another call when it cannot be mended', async () => {
    await open();
    let first: WebSocketRoute | undefined;
    await page.routeWebSocket(/\/rtc/, (socket) => {
      if (first) return;
      first = socket;
      socket.connectToServer();
    });
    const agent = await call();
    await agent.show(booked);
    await page.getByTestId('appointment-card').waitFor();
    await first?.close({ code: 1012 });
    await page.getByTestId('reconnecting').waitFor();
    await page.locator('main[data-state="failed"]').waitFor({ timeout: 50_000 });
    await expect
      .poll(() => page.getByRole('heading', { level: 2 }).first().textContent())
      .toBe('The connection was lost');
    await expect.poll(() => page.getByTestId('appointment-card').count()).toBe(1);
    await expect.poll(() => button('Call again').isVisible()).toBe(true);
    await agent.closeRoom();
  }, 120_000);

  it.each([
    ['/a/nobody', 'Nobody answers at this address'],
    ['/a/closed', 'Not taking calls right now'],
  ])('explains what is wrong with %s', async (path, title) => {
    await open(path);
    await state('failed');
    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe(title);
  });

  it.each([
    [320, 640],
    [390, 844],
    [1280, 800],
  ])('fits a window of %i by %i while times are on offer', async (width, height) => {
    await open('/', { viewport: { width, height } });
    const agent = await call();
    await agent.show(offered);
    await page.getByTestId('offer-card').waitFor();
    const beyond = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(beyond).toBeLessThanOrEqual(0);
    await expect.poll(() => button('Hang up').isVisible()).toBe(true);
    await agent.closeRoom();
  });
});
