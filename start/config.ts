import { z } from 'zod';
import {
  databaseUrl,
  EnvironmentError,
  listenAddress,
  livekitUrl,
  logLevel,
  masterKeyText,
  port,
  readEnvironment,
  text,
  workerName,
} from '../runtime/environment.ts';
import { CALENDAR_SIMULATOR } from './demo-calendars.ts';
import { StartError } from './start-error.ts';

const ConfigSchema = z
  .object({
    HOST: listenAddress,
    PORT: port.default(3000),
    SLOTLINE_WEB_PORT: port.default(5173),
    POSTGRES_PORT: port.default(54_320),
    AGENT_HEALTH_PORT: port.default(8081),
    REHEARSAL_PORT: port.default(8790),
    [CALENDAR_SIMULATOR.variables.port]: port.default(CALENDAR_SIMULATOR.usualPort),
    REDIS_PORT: port.default(6390),
    SIP_PORT: port.default(5060),
    RTP_PORT: port.default(10_000),
    DATABASE_URL: databaseUrl.optional(),
    LIVEKIT_URL: livekitUrl.optional(),
    LIVEKIT_API_KEY: text.optional(),
    LIVEKIT_API_SECRET: text.optional(),
    LIVEKIT_SERVER_BIN: text.optional(),
    OPENAI_API_KEY: text.optional(),
    SLOTLINE_WORKER_NAME: workerName,
    SLOTLINE_MASTER_KEY: masterKeyText.optional(),
    // Not used here: a wrong one would keep every part from starting.
    LOG_LEVEL: logLevel,
  })
  .superRefine((environment, context) => {
    if (!environment.LIVEKIT_URL) return;
    for (const name of ['LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET'] as const) {
      if (environment[name]) continue;
      context.addIssue({
        code: 'custom',
        path: [name],
        message: 'is missing: LIVEKIT_URL names a server of yours, which needs its key and secret',
      });
    }
  });

/** What `npm start` itself reads from the environment; the parts read the rest in their own config.ts. */
export interface StartConfig {
  host: string;
  ports: {
    tokenServer: number;
    webDev: number;
    postgres: number;
    agentHealth: number;
    rehearsal: number;
    calendarSimulator: number;
    redis: number;
    sip: number;
    /** The first of two hundred. */
    rtp: number;
  };
  /** The user's own database; undefined starts one. */
  databaseUrl: string | undefined;
  /** The user's own LiveKit server; undefined starts one. */
  livekit: { url: string; apiKey: string; apiSecret: string } | undefined;
  livekitServerBinary: string | undefined;
  openaiApiKey: string | undefined;
  workerName: string;
  masterKey: string | undefined;
}

/** @throws {StartError} that names every variable that is wrong */
export function readStartConfig(environment: NodeJS.ProcessEnv): StartConfig {
  const values = read(environment);
  return {
    host: values.HOST,
    ports: {
      tokenServer: values.PORT,
      webDev: values.SLOTLINE_WEB_PORT,
      postgres: values.POSTGRES_PORT,
      agentHealth: values.AGENT_HEALTH_PORT,
      rehearsal: values.REHEARSAL_PORT,
      calendarSimulator: values[CALENDAR_SIMULATOR.variables.port],
      redis: values.REDIS_PORT,
      sip: values.SIP_PORT,
      rtp: values.RTP_PORT,
    },
    databaseUrl: values.DATABASE_URL,
    livekit: values.LIVEKIT_URL
      ? {
          url: values.LIVEKIT_URL,
          apiKey: values.LIVEKIT_API_KEY ?? '',
          apiSecret: values.LIVEKIT_API_SECRET ?? '',
        }
      : undefined,
    livekitServerBinary: values.LIVEKIT_SERVER_BIN,
    openaiApiKey: values.OPENAI_API_KEY,
    workerName: values.SLOTLINE_WORKER_NAME,
    masterKey: values.SLOTLINE_MASTER_KEY,
  };
}

function read(environment: NodeJS.ProcessEnv): z.infer<typeof ConfigSchema> {
  try {
    return readEnvironment(ConfigSchema, environment);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    throw new StartError(`The environment cannot be used: ${error.message}`, { cause: error });
  }
}
