import { randomBytes } from 'node:crypto';
import { access, chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { masterKeyText } from '../runtime/environment.ts';
import { SIMULATOR_KEY_PREFIX } from './demo-calendars.ts';
import { writePrivateFile } from '../runtime/running/private-file.ts';
import { StartError } from './start-error.ts';

const secretsSchema = z.object({
  livekitApiKey: z.string().min(1),
  livekitApiSecret: z.string().min(32),
  masterKey: masterKeyText,
  rehearsalApiKey: z.string().min(1),
  calendarSimulatorKey: z.string().min(1),
  postgresPassword: z.string().min(1),
});

/** The secrets of a local installation. LiveKit wants API secrets of 32 characters or more. */
export type Secrets = z.infer<typeof secretsSchema>;

function generateSecrets(): Secrets {
  return {
    livekitApiKey: `API${randomBytes(9).toString('hex')}`,
    livekitApiSecret: randomBytes(32).toString('base64url'),
    masterKey: randomBytes(32).toString('base64'),
    rehearsalApiKey: `rehearsal-${randomBytes(24).toString('base64url')}`,
    calendarSimulatorKey: `${SIMULATOR_KEY_PREFIX}${randomBytes(16).toString('hex')}`,
    postgresPassword: randomBytes(24).toString('base64url'),
  };
}

/**
 * Reads `secrets.json` of the data directory, or makes it on the first start. A secret that an
 * older version did not know is added; one that is there never changes, because the database and
 * the sealed credentials depend on it. The file is kept readable by its owner alone.
 *
 * @throws StartError when the file is there and cannot be used, or lacks its keys while the database
 *   that was made with them is there
 */
export async function loadSecrets(dataDirectory: string): Promise<Secrets> {
  const path = join(dataDirectory, 'secrets.json');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    // Of a folder Node does not say which.
    throw Object.assign(error, { path });
  });
  const found = text === undefined ? {} : parseObject(path, text);
  if (!('masterKey' in found && 'postgresPassword' in found)) {
    await requireNoDatabase(path, join(dataDirectory, 'data'));
  }
  const parsed = secretsSchema.safeParse({ ...generateSecrets(), ...found });
  if (!parsed.success) {
    const names = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw unusable(path, `wrong: ${names}`);
  }
  if (Object.keys(parsed.data).some((name) => !(name in found))) {
    await writePrivateFile(path, `${JSON.stringify(parsed.data, null, 2)}\n`);
  } else {
    await chmod(path, 0o600);
  }
  return parsed.data;
}

/** New secrets would neither open the database nor what is sealed in it. */
async function requireNoDatabase(path: string, database: string): Promise<void> {
  const isThere = await access(join(database, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
  if (!isThere) return;
  throw new StartError(
    `${path} is missing or not whole, and the database in ${database} was made with it: its password and the key of the ` +
      'calendar credentials are in that file. Restore it from a copy, or move the whole data directory away to begin anew.',
  );
}

function parseObject(path: string, text: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw unusable(path, 'it is not a JSON object');
  }
}

function unusable(path: string, reason: string): StartError {
  return new StartError(
    `${path} cannot be used (${reason}). It holds the key that sealed the calendar credentials: restore it ` +
      'from a copy, or remove the whole data directory to begin anew.',
  );
}
