import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import type { Database } from '../../db/database.ts';
import { startSlotline } from '../../start/running.ts';
import type { StartedSlotline } from '../../start/running.ts';
import { findChromium } from '../support/requirements.ts';
import { openBrowser } from '../support/browser.ts';
import { SpokenPage } from '../support/spoken-page.ts';

const executable = findChromium();
const START_TIMEOUT = 240_000;
const CALL_TIMEOUT = 180_000;

describe.skipIf(!executable || !inject('livekitServer'))('a visitor in the browser', () => {
  let slotline: StartedSlotline;
  let browser: Browser;
  let db: Database;
  beforeAll(async () => {
    slotline = await startSlotline({ ephemeral: true, rehearsal: true });
    browser = await openBrowser();
    db = openDatabase({ connectionString: slotline.databaseUrl });
  }, START_TIMEOUT);
  afterAll(async () => {
    await db?.destroy();
    await browser?.close();
    await slotline?.stop();
  }, 120_000);

  // One speaks; the others wait for what comes by itself, or does not.
  it.concurrent(
    'books by voice, with the details typed, and sees what the calendar has',
    async () => {
      const visitor = await SpokenPage.open(browser, { sound: true });
      const { page } = visitor;
      const answered = page.waitForResponse((response) => response.url().endsWith('/api/token'));
      const label = await bookByVoice(visitor, slotline.url);

      const [appointment, ...others] = await db.selectFrom('appointments').selectAll().execute();
      expect(others).toEqual([]);
      expect(appointment).toMatchObject({
        attendeeName: 'Mary Smith',
        attendeeEmail: 'mary.smith@example.com',
        status: 'confirmed',
      });
      const bookings = await db.selectFrom('fakeCalendarBookings').selectAll().execute();
      expect(bookings.map((row) => [row.uid, row.startAt])).toEqual([
        [appointment?.reference, appointment?.startAt],
      ]);
      const card = await page.getByTestId('appointment-card').textContent();
      expect(card).toContain(label);
      expect(card).toContain('Mary Smith');

      const { participant_token: token } = (await (await answered).json()) as {
        participant_token: string;
      };
      const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
      expect(claims).toContain('agentId');
      const secrets = [slotline.livekitApiSecret, slotline.masterKey, slotline.databaseUrl];
      for (const secret of secrets) {
        expect(claims).not.toContain(secret);
      }

      await page.getByRole('button', { name: 'Hang up' }).click();
      await page.locator('main[data-state="ended"]').waitFor();
      const call = await closedCall(db, appointment?.callId ?? '');
      expect(call).toMatchObject({ outcome: 'booked', line: 'web' });
      expect(call.appointmentDetails?.attendee.email).toBe('mary.smith@example.com');
      const turns = await db
        .selectFrom('callTurns')
        .select(['role', 'text'])
        .where('callId', '=', call.id)
        .orderBy('id')
        .execute();
      const spoken = turns.filter((turn) => turn.role === 'caller').map((turn) => turn.text);
      expect(spoken.join(' / ')).toMatch(
        /appointment.*tuesday.*first.*mary\.smith@example\.com.*yes/is,
      );
      expect(visitor.problems).toEqual([]);
      await visitor.close();
    },
    CALL_TIMEOUT,
  );

  it.concurrent(
    'is not taken for silent while typing, and asked when that ends',
    async () => {
      const visitor = await SpokenPage.open(browser, { sound: false });
      const { page } = visitor;
      await page.goto(slotline.url);
      await page.getByRole('button', { name: 'Type instead' }).click();
      await visitor.heard(/how can I help you/i);
      await type(page, 'tuesday afternoon');
      await page.getByTestId('offer-card').waitFor();
      await visitor.listening();
      const agent = page.locator('[data-role="agent"]');
      const lines = await agent.count();
      await page.getByLabel('Name').pressSequentially('Mary Anne Elizabeth', { delay: 1_400 });
      expect(await agent.count()).toBe(lines);
      await visitor.heard(/are you still there/i);
      await visitor.close();
    },
    CALL_TIMEOUT,
  );

  it.concurrent(
    'books nothing when the microphone’s sound is cut: the test above really is heard',
    async () => {
      const visitor = await SpokenPage.open(browser, { sound: false });
      await expect(bookByVoice(visitor, slotline.url)).rejects.toThrow(/Timeout/);
      expect(await visitor.page.getByTestId('appointment-card').count()).toBe(0);
      expect(await visitor.page.locator('[data-role="caller"]').count()).toBe(0);
      await visitor.close();
    },
    CALL_TIMEOUT,
  );

  it(
    'books by screen alone',
    async () => {
      const visitor = await SpokenPage.open(browser, { sound: false });
      const { page } = visitor;
      await page.goto(slotline.url);
      await page.getByRole('button', { name: 'Type instead' }).click();
      await visitor.heard(/how can I help you/i);
      await type(page, 'next thursday');
      const slot = page.getByTestId('offer-slot').first();
      await slot.click();
      await visitor.heard(/you chose thursday/i);
      expect(await slot.getAttribute('aria-pressed')).toBe('true');
      await page.getByLabel('Name').fill('Bee Dee');
      await page.getByLabel('E-mail').fill('bee.dee@example.com');
      await page.getByRole('button', { name: 'Send my details' }).click();
      await visitor.heard(/Bee Dee, bee\.dee@example\.com\. Shall I book/i);
      await page.getByText('As you typed it.').first().waitFor();
      await page.getByRole('button', { name: 'Book it' }).click();
      const card = page.getByTestId('appointment-card');
      await card.waitFor({ timeout: 30_000 });
      expect(await card.textContent()).toContain('Bee Dee');
      const [appointment] = await db
        .selectFrom('appointments')
        .select(['attendeeName', 'attendeeEmail'])
        .where('attendeeEmail', '=', 'bee.dee@example.com')
        .execute();
      expect(appointment?.attendeeName).toBe('Bee Dee');
      expect(visitor.problems).toEqual([]);
      await visitor.close();
    },
    CALL_TIMEOUT,
  );
});

/** The whole conversation; answers the time that the page's card names. */
async function bookByVoice(visitor: SpokenPage, url: string): Promise<string> {
  const { page } = visitor;
  await page.goto(url);
  await page.getByTestId('rehearsal').waitFor();
  await page.getByRole('button', { name: 'Start the call' }).click();
  await visitor.heard(/how can I help you/i);
  await visitor.say('I would like to book an appointment');
  await visitor.heard(/which day|what day/i);
  await visitor.say('next tuesday afternoon');
  await page.getByTestId('offer-card').waitFor();
  // There may be one alone: what is free differs from day to day.
  const label = await page.getByTestId('offer-slot').first().textContent();
  await visitor.say('the first one please');
  await visitor.heard(/name/i);
  await visitor.listening();
  // What was said is marked.
  await page.locator('[data-testid="offer-slot"][aria-pressed="true"]').waitFor();
  await page.getByLabel('Name').fill('Mary Smith');
  await page.getByLabel('E-mail').fill('mary.smith@example.com');
  await page.getByRole('button', { name: 'Send my details' }).click();
  await visitor.heard(/shall I book/i);
  await visitor.say('yes please');
  await page.getByTestId('appointment-card').waitFor({ timeout: 30_000 });
  return /\d{1,2}:\d\d [AP]M/.exec(label ?? '')?.[0] ?? 'a time';
}

async function type(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message').fill(text);
  await page.getByLabel('Message').press('Enter');
}

/** The row of a call, once it is closed. */
async function closedCall(db: Database, id: string) {
  const find = () =>
    db
      .selectFrom('calls')
      .selectAll()
      .where('id', '=', id)
      .where('endedAt', 'is not', null)
      .executeTakeFirst();
  return vi.waitUntil(find, { timeout: 30_000, interval: 100 });
}
