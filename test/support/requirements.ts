import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A Chromium of the machine, or null: its suite is then skipped and the line says what to install. */
export function findChromium(): string | null {
  return find(
    'CHROMIUM_BIN',
    ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    'Chromium is missing: install it (Debian: apt-get install chromium), or set CHROMIUM_BIN.',
    ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
  );
}

/** A Redis of the machine, or null: LiveKit's phone line needs one. */
export function findRedisServer(): string | null {
  return find(
    'REDIS_SERVER_BIN',
    ['redis-server'],
    'Redis is missing: install it (Debian: apt-get install redis-server), or set REDIS_SERVER_BIN.',
  );
}

/** A LiveKit SIP of the machine, or null. */
export function findLivekitSip(): string | null {
  return find(
    'LIVEKIT_SIP_BIN',
    ['livekit-sip'],
    'LiveKit SIP is missing: build it from github.com/livekit/sip (Go, libopus, libopusfile and libsoxr) or take it out of the image livekit/sip, and put it on the PATH or set LIVEKIT_SIP_BIN.',
  );
}

/** The SIP program sipp of the machine, or null. */
export function findSipp(): string | null {
  return find(
    'SIPP_BIN',
    ['sipp'],
    'sipp is missing: install it (Debian: apt-get install sip-tester), or set SIPP_BIN.',
  );
}

function find(
  variable: string,
  names: readonly string[],
  howToGet: string,
  elsewhere: readonly string[] = [],
): string | null {
  const given = process.env[variable];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = [
    ...(given ? [given] : []),
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    ...elsewhere,
  ];
  const found = candidates.find(isExecutable) ?? null;
  if (!found) report(howToGet);
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function report(line: string): void {
  process.stderr.write(`${line} Its tests are skipped.\n`);
}
