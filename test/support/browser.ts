import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { inject } from 'vitest';

/** The run's browser; closing it closes what was opened here alone. */
export async function openBrowser(): Promise<Browser> {
  const shared = inject('browserUrl');
  if (shared === null) throw new Error('There is no Chromium: the test is to be skipped.');
  const response = await fetch(shared);
  const answer = await response.text();
  if (!response.ok) throw new Error(`Chromium does not start: ${answer}`);
  return chromium.connect(answer);
}
