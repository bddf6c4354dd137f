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

export interface PhonePrograms {
  redisServer: string;
  livekitSip: string;
  sipp: string;
}

/** What a phone line is proved with, or null where one of them is missing. */
export function findPhonePrograms(): PhonePrograms | null {
  const redisServer = look('REDIS_SERVER_BIN', ['redis-server']);
  const livekitSip = look('LIVEKIT_SIP_BIN', ['livekit-sip']);
  const sipp = look('SIPP_BIN', ['sipp']);
  if (redisServer && livekitSip && sipp) return { redisServer, livekitSip, sipp };
  const missing = [
    ...(redisServer ? [] : ['redis-server (REDIS_SERVER_BIN)']),
    ...(sipp ? [] : ['sipp (Debian: sip-tester; SIPP_BIN)']),
    ...(livekitSip ? [] : ['livekit-sip (from github.com/livekit/sip; LIVEKIT_SIP_BIN)']),
  ];
  report(`The phone line needs ${missing.join(', ')}.`);
  return null;
}

/** What starts a CalDAV server of a kind, or null: `.ci/run` installs both from PyPI. */
export function findDavServer(kind: 'radicale' | 'xandikos'): string | null {
  const variable = `${kind.toUpperCase()}_BIN`;
  return find(
    variable,
    [kind],
    `${kind} is missing: run \`python3 -m venv .slotline/dav && .slotline/dav/bin/pip install ${kind}\`, or set ${variable}.`,
    [join('.slotline', 'dav', 'bin', kind)],
  );
}

function find(
  variable: string,
  names: readonly string[],
  howToGet: string,
  elsewhere: readonly string[] = [],
): string | null {
  const found = look(variable, names, elsewhere);
  if (!found) report(howToGet);
  return found;
}

function look(
  variable: string,
  names: readonly string[],
  elsewhere: readonly string[] = [],
): string | null {
  const given = process.env[variable];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = [
    ...(given ? [given] : []),
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    ...elsewhere,
  ];
  return candidates.find(isExecutable) ?? null;
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
