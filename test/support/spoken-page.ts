import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { sampleRate } from '../../rehearsal/caller/sound.ts';
import { openVoice } from '../../rehearsal/caller/voice.ts';

/** Runs in the page before its own scripts: Chromium's language, not Node's. */
const MICROPHONE = fileURLToPath(new URL('page-microphone.js', import.meta.url));

declare global {
  /** Set by page-microphone.js in the page. */
  // oxlint-disable-next-line no-var -- only `var` declares a property of globalThis
  var speakIntoMicrophone: (
    samples: readonly number[],
    rate: number,
    gain: number,
  ) => Promise<void>;
}

/** A page whose microphone is a stream on which the test speaks; everything behind it is real. */
export class SpokenPage {
  readonly page: Page;
  /** Errors and warnings of the page's console, and uncaught errors. */
  readonly problems: string[] = [];
  readonly #voice = openVoice();
  /** 0 cuts the sound: everything else stays as it is. */
  readonly #gain: number;

  private constructor(page: Page, gain: number) {
    this.page = page;
    this.#gain = gain;
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        this.problems.push(message.text());
      }
    });
    page.on('pageerror', (error) => this.problems.push(String(error)));
  }

  static async open(browser: Browser, options: { sound: boolean }): Promise<SpokenPage> {
    const context = await browser.newContext({ timezoneId: 'America/New_York' });
    const page = await context.newPage();
    await page.addInitScript({ path: MICROPHONE });
    return new SpokenPage(page, options.sound ? 1 : 0);
  }

  /** Speaks a sentence once the agent has finished; resolves when it was spoken. */
  async say(sentence: string): Promise<void> {
    await this.listening();
    const samples = await this.#voice.speak('rms', sentence);
    await this.page.evaluate(
      ([values, rate, gain]) => globalThis.speakIntoMicrophone(values, rate, gain),
      [[...samples], sampleRate, this.#gain] as const,
    );
  }

  /** Waits until the agent has nothing more to say for half a second. */
  async listening(): Promise<void> {
    const state = this.page.locator('main[data-state="listening"]');
    for (let quiet = 0; quiet < 5;) {
      await state.waitFor({ timeout: 20_000 });
      await pause(100);
      quiet = (await state.count()) > 0 ? quiet + 1 : 0;
    }
  }

  /** Waits for a line of the agent that matches; answers its text. */
  async heard(pattern: RegExp, timeout = 20_000): Promise<string> {
    const line = this.page
      .locator('[data-testid="transcript-line"][data-role="agent"]')
      .filter({ hasText: pattern })
      .last();
    await line.waitFor({ timeout });
    return (await line.textContent()) ?? '';
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
