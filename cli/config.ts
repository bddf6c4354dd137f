import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseMasterKey } from '../db/sealed-credential.ts';

/** The environment is not complete; the message says what to set or start. */
export class CommandLineConfigError extends Error {
  override readonly name = 'CommandLineConfigError';
}

export interface CommandLineConfig {
  databaseUrl: string;
  /** Null where none is known: needed by what asks a calendar. */
  masterKey: string | null;
  /** A calendar's key, for `calendars connect`. */
  calendarKey: string | null;
  /** Of Cal.com connections that name no instance of their own. */
  calcomBaseUrl: string | undefined;
}

const EnvironmentSchema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  SLOTLINE_MASTER_KEY: z.string().refine(isMasterKey, 'must be 32 bytes in base64').optional(),
  CAL_KEY: z.string().trim().optional(),
  CALCOM_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
});

/** What `npm start` leaves where it runs; see start/running-file.ts. */
const RunningSchema = z.object({ pid: z.int(), databaseUrl: z.string(), masterKey: z.string() });

/**
 * Reads the environment; what is not set there is taken from the start that runs on the data
 * directory. Its master key is only used with its own database: another one's credentials are sealed
 * with another key.
 *
 * @throws {CommandLineConfigError}
 */
export async function readCommandLineConfig(
  environment: NodeJS.ProcessEnv,
  dataDirectory: string,
): Promise<CommandLineConfig> {
  // An empty variable, as a .env file leaves it, counts as not set.
  const set = Object.entries(environment).filter(([, value]) => value !== '');
  const parsed = EnvironmentSchema.safeParse(Object.fromEntries(set));
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new CommandLineConfigError(`The environment cannot be used: ${faults.join('; ')}`);
  }
  const { DATABASE_URL, SLOTLINE_MASTER_KEY, CAL_KEY, CALCOM_BASE_URL } = parsed.data;
  const running = await readRunning(dataDirectory);
  const databaseUrl = DATABASE_URL ?? running?.databaseUrl;
  if (databaseUrl === undefined) {
    throw new CommandLineConfigError(
      'There is no database: nothing runs here, and DATABASE_URL is not set. Run `npm start` first, ' +
        'in another terminal, or set DATABASE_URL and SLOTLINE_MASTER_KEY, also in .env.',
    );
  }
  return {
    databaseUrl,
    masterKey:
      SLOTLINE_MASTER_KEY ??
      (running?.databaseUrl === databaseUrl ? running.masterKey : undefined) ??
      null,
    calendarKey: CAL_KEY ?? null,
    calcomBaseUrl: CALCOM_BASE_URL,
  };
}

async function readRunning(dataDirectory: string): Promise<z.infer<typeof RunningSchema> | null> {
  try {
    const text = await readFile(join(dataDirectory, 'running.json'), 'utf8');
    const running = RunningSchema.parse(JSON.parse(text));
    // A start that was killed could not remove its file.
    process.kill(running.pid, 0);
    return running;
  } catch {
    return null;
  }
}

function isMasterKey(text: string): boolean {
  try {
    return parseMasterKey(text).length > 0;
  } catch {
    return false;
  }
}
