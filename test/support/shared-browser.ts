import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import type { BrowserServer } from 'playwright-core';

/** As root in a container Chromium has no sandbox of its own; nothing here reaches the internet. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

export interface SharedBrowser {
  /** Answers where the browser listens, and starts it for who asks first. */
  url: string;
  close(): Promise<void>;
}

/** One Chromium for all test files of a run; each has contexts of its own in it. */
export async function shareBrowser(executablePath: string): Promise<SharedBrowser> {
  let started: Promise<BrowserServer> | undefined;
  const start = async (): Promise<BrowserServer> => {
    const browser = await chromium.launchServer({ executablePath, args: FLAGS, host: '127.0.0.1' });
    // The next one who asks gets another.
    browser.on('close', () => (started = undefined));
    return browser;
  };
  const server = createServer((_request, response) => {
    started ??= start();
    started.then(
      (browser) => response.end(browser.wsEndpoint()),
      (error: unknown) => {
        started = undefined;
        response.writeHead(500).end(String(error));
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      await (await started)?.close();
    },
  };
}
