import { join } from 'node:path';
import { z } from 'zod';
import { openRecordings } from '../calls/recordings/open-store.ts';
import type { RecordingPlaces } from '../calls/recordings/open-store.ts';
import { readProviders } from '../calendar/providers.ts';
import type { CalendarProvider } from '../calendar/provider.ts';
import type { Providers } from '../calendar/providers.ts';
import type { ModelAccess } from '../manage/doctor/read-models.ts';
import type { LivekitAccess } from '../manage/sync-numbers.ts';
import {
  databaseUrl,
  httpUrl,
  livekitUrl,
  masterKeyText,
  readEnvironment,
  text,
} from '../runtime/environment.ts';
import { readProxyEnvironment } from '../runtime/https-proxy.ts';
import { modelVariables } from '../runtime/model-environment.ts';
import { OperatorError } from '../runtime/operator-error.ts';
import { THIS_MACHINE } from '../runtime/public-address.ts';
import { readRunning } from '../runtime/running/running-file.ts';
import type { Running } from '../runtime/running/running-file.ts';

/** The environment is not complete; the message says what to set or start. */
export class CommandLineConfigError extends OperatorError {
  override readonly name = 'CommandLineConfigError';
}

export interface CommandLineConfig {
  databaseUrl: string;
  /** Null where none is known: needed by what asks a calendar. */
  masterKey: string | null;
  /** Calendars' keys by the names of their variables, for `calendars connect`. */
  calendarKeys: Readonly<Record<string, string | undefined>>;
  providers: Providers;
  /** A trunk's password, for `trunks add` and `trunks edit`. */
  sipPassword: string | null;
  /** Null where none is known: needed by `numbers sync`. */
  livekit: LivekitAccess | null;
  /** Absent where no key is known, and where a rehearsal runs: asked by `doctor`. */
  model: ModelAccess | undefined;
  /** Undefined where no place for recordings is named. */
  recordings: RecordingPlaces | undefined;
  /** The office's origin; null where none is known. */
  officeUrl: string | null;
}

const EnvironmentSchema = z.object({
  DATABASE_URL: databaseUrl.optional(),
  SLOTLINE_MASTER_KEY: masterKeyText.optional(),
  SIP_PASSWORD: text.optional(),
  OFFICE_URL: httpUrl.optional(),
  LIVEKIT_URL: livekitUrl.optional(),
  LIVEKIT_API_KEY: text.optional(),
  LIVEKIT_API_SECRET: text.optional(),
  OPENAI_API_KEY: text.optional(),
  ...modelVariables,
  // Without a default: the start that runs here may have another one.
  SLOTLINE_WORKER_NAME: text.optional(),
});

/**
 * Reads the environment; what is not set there is taken from the start that runs on the data
 * directory. Its master key and its LiveKit are only used with its own database: another one's
 * credentials are sealed with another key, and its numbers are not to be answered here.
 *
 * @throws {CommandLineConfigError} {EnvironmentError}
 */
export async function readCommandLineConfig(
  environment: NodeJS.ProcessEnv,
  dataDirectory: string,
  list: readonly CalendarProvider[],
): Promise<CommandLineConfig> {
  const given = readEnvironment(EnvironmentSchema, environment);
  const { DATABASE_URL, SLOTLINE_MASTER_KEY } = given;
  const running = await readRunning(dataDirectory);
  const databaseUrl = DATABASE_URL ?? running?.databaseUrl;
  if (databaseUrl === undefined) {
    throw new CommandLineConfigError(
      'There is no database: nothing runs here, and DATABASE_URL is not set. Run `npm start` first, ' +
        'in another terminal, or set DATABASE_URL and SLOTLINE_MASTER_KEY, also in .env.',
    );
  }
  const own = running?.databaseUrl === databaseUrl ? running : null;
  return {
    databaseUrl,
    masterKey: SLOTLINE_MASTER_KEY ?? own?.masterKey ?? null,
    calendarKeys: readKeys(environment, list),
    // As `npm start` gives it to the parts that run here.
    providers: readProviders(
      { ...(own ? { CALENDAR_PRIVATE_NETWORKS: THIS_MACHINE } : {}), ...environment },
      list,
    ),
    sipPassword: given.SIP_PASSWORD ?? null,
    officeUrl:
      (given.OFFICE_URL ?? own?.url.replace('127.0.0.1', 'localhost'))?.replace(/\/$/, '') ?? null,
    livekit: livekitAccess(given, own),
    // What runs here keeps them in the data directory, unless another place is named.
    recordings:
      openRecordings(environment) ??
      (own ? openRecordings({ RECORDINGS_FOLDER: join(dataDirectory, 'recordings') }) : null) ??
      undefined,
    model: own?.rehearsal === true ? undefined : modelAccess(given, environment),
  };
}

function readKeys(
  environment: NodeJS.ProcessEnv,
  list: readonly CalendarProvider[],
): CommandLineConfig['calendarKeys'] {
  const variables = list.flatMap(({ credential }) => credential?.variable ?? []);
  const schema = z.object(Object.fromEntries(variables.map((name) => [name, text.optional()])));
  return readEnvironment(schema, environment);
}

function modelAccess(
  given: z.infer<typeof EnvironmentSchema>,
  environment: NodeJS.ProcessEnv,
): ModelAccess | undefined {
  if (given.OPENAI_API_KEY === undefined) return undefined;
  return {
    baseUrl: given.OPENAI_BASE_URL,
    apiKey: given.OPENAI_API_KEY,
    realtimeModel: given.OPENAI_REALTIME_MODEL,
    transcriptionModel: given.OPENAI_TRANSCRIPTION_MODEL,
    proxy: readProxyEnvironment(environment),
  };
}

/** @throws {CommandLineConfigError} when a server is named without its key */
function livekitAccess(
  environment: z.infer<typeof EnvironmentSchema>,
  running: Running | null,
): LivekitAccess | null {
  const { LIVEKIT_URL: url, LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = environment;
  const workerName = environment.SLOTLINE_WORKER_NAME ?? running?.workerName ?? 'slotline';
  if (url !== undefined) {
    if (LIVEKIT_API_KEY !== undefined && LIVEKIT_API_SECRET !== undefined) {
      return { url, apiKey: LIVEKIT_API_KEY, apiSecret: LIVEKIT_API_SECRET, workerName };
    }
    throw new CommandLineConfigError(
      'LIVEKIT_URL names a server, which needs LIVEKIT_API_KEY and LIVEKIT_API_SECRET.',
    );
  }
  if (!running) return null;
  const { livekitUrl, livekitApiKey, livekitApiSecret } = running;
  return { url: livekitUrl, apiKey: livekitApiKey, apiSecret: livekitApiSecret, workerName };
}
