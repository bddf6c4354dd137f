import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { pickFreePorts } from '../../start/ports.ts';
import { findDavServer } from './requirements.ts';

export const DAV_USER = 'alice';
export const DAV_PASSWORD = 'secret';

/** A real CalDAV server on loopback, with an account of its own. */
export interface DavServer {
  url: string;
  /** Where it keeps everything. */
  folder: string;
  close: () => Promise<void>;
}

/** How each kind of server is started in a folder. */
const KINDS = {
  /** With passwords, and an account that has no calendar yet. */
  radicale: {
    async prepare(folder: string, port: number) {
      const config = join(folder, 'config');
      await writeFile(join(folder, 'users'), `${DAV_USER}:${DAV_PASSWORD}\n`);
      await writeFile(
        config,
        [
          '[server]',
          `hosts = 127.0.0.1:${port}`,
          '[auth]',
          'type = htpasswd',
          `htpasswd_filename = ${join(folder, 'users')}`,
          'htpasswd_encryption = plain',
          'delay = 0',
          '[storage]',
          `filesystem_folder = ${join(folder, 'collections')}`,
          '[logging]',
          'level = error',
          '',
        ].join('\n'),
      );
      return ['--config', config];
    },
  },
  /** Without passwords, and with one calendar. */
  xandikos: {
    prepare: (folder: string, port: number) =>
      Promise.resolve([
        'serve',
        '--directory',
        join(folder, 'data'),
        '--defaults',
        '--current-user-principal',
        `/${DAV_USER}/`,
        '--listen-address',
        '127.0.0.1',
        '--port',
        String(port),
      ]),
  },
};

export type DavServerKind = keyof typeof KINDS;

/** Whether a server of that kind can be started on this machine; if not, a line says what to install. */
export function canServeDav(kind: DavServerKind): boolean {
  return findDavServer(kind) !== null;
}

export async function startDavServer(kind: DavServerKind): Promise<DavServer> {
  const binary = findDavServer(kind);
  if (binary === null) throw new Error(`There is no ${kind}: skip the test.`);
  const folder = await mkdtemp(join(tmpdir(), `slotline-${kind}-`));
  const [port = 0] = await pickFreePorts(1);
  const args = await KINDS[kind].prepare(folder, port);
  const child = spawn(binary, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Xandikos keeps its calendars in git: the settings of whoever runs the tests are none of its.
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', HOME: folder },
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2_000);
  });
  const exited = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  await vi.waitUntil(
    async () => {
      if (child.exitCode !== null) throw new Error(`${kind} ended: ${said}`);
      return isUp(url);
    },
    { timeout: 60_000, interval: 100 },
  );
  return {
    url,
    folder,
    async close() {
      child.kill('SIGKILL');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function isUp(url: string): Promise<boolean> {
  try {
    await (await fetch(url, { redirect: 'manual' })).text();
    return true;
  } catch {
    return false;
  }
}
