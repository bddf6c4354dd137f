import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import {
  databaseUrl,
  EnvironmentError,
  flag,
  httpUrl,
  listenAddress,
  livekitUrl,
  logLevel,
  masterKeyText,
  port,
  readEnvironment,
  text,
  workerName,
} from '../runtime/environment.ts';
import { isLoopback } from '../runtime/loopback.ts';
import { CALENDAR_SIMULATORS, SIGN_IN_SIMULATOR_PORT } from './demo-calendars.ts';
import { StartError } from './start-error.ts';

const ConfigSchema = z
  .object({
    HOST: listenAddress,
    PORT: port.default(3000),
    SLOTLINE_WEB_PORT: port.default(5173),
    POSTGRES_PORT: port.default(54_320),
    AGENT_HEALTH_PORT: port.default(8081),
    REHEARSAL_PORT: port.default(8790),
    REHEARSAL_WORKER_PORT: port.default(8792),
    [SIGN_IN_SIMULATOR_PORT.variable]: port.default(SIGN_IN_SIMULATOR_PORT.usual),
    REDIS_PORT: port.default(6390),
    SIP_PORT: port.default(5060),
    RTP_PORT: port.default(10_000),
    DATABASE_URL: databaseUrl.optional(),
    LIVEKIT_URL: livekitUrl.optional(),
    LIVEKIT_API_KEY: text.optional(),
    LIVEKIT_API_SECRET: text.optional(),
    LIVEKIT_SERVER_BIN: text.optional(),
    LIVEKIT_SIP_BIN: text.optional(),
    REDIS_SERVER_BIN: text.optional(),
    XDG_CACHE_HOME: text.optional(),
    OPENAI_API_KEY: text.optional(),
    OPENAI_BASE_URL: httpUrl.optional(),
    SMTP_URL: text.optional(),
    OFFICE: flag.optional(),
    OFFICE_REHEARSER: flag.optional(),
    TRUST_PROXY: text.optional(),
    OFFICE_URL: httpUrl.optional(),
    OIDC_CLIENT_SECRET: text.optional(),
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

/** The port of each simulator of a calendar, by its variable. */
const SimulatorPortsSchema = z.object(
  Object.fromEntries(
    CALENDAR_SIMULATORS.map(({ variables, usualPort }) => [
      variables.port,
      port.default(usualPort),
    ]),
  ),
);

/** The variables that name a program to run instead of one that is looked for. */
export type ChosenProgram = 'LIVEKIT_SERVER_BIN' | 'LIVEKIT_SIP_BIN' | 'REDIS_SERVER_BIN';

/** What `npm start` itself reads from the environment; the parts read the rest in their own config.ts. */
export interface StartConfig {
  host: string;
  ports: {
    tokenServer: number;
    webDev: number;
    postgres: number;
    agentHealth: number;
    rehearsal: number;
    rehearsalWorker: number;
    signInSimulator: number;
    redis: number;
    sip: number;
    /** The first of two hundred. */
    rtp: number;
  };
  /** By the variable of each. */
  simulatorPorts: Readonly<Record<string, number>>;
  /** The user's own database; undefined starts one. */
  databaseUrl: string | undefined;
  /** The user's own LiveKit server; undefined starts one. */
  livekit: { url: string; apiKey: string; apiSecret: string } | undefined;
  /** Programs that the user names; undefined looks for them. */
  programs: Record<ChosenProgram, string | undefined>;
  /** Where what outlives this checkout is kept. */
  cacheDirectory: string;
  openaiApiKey: string | undefined;
  openaiBaseUrl: string | undefined;
  smtpUrl: string | undefined;
  /** Undefined: where this machine alone reaches it. */
  office: boolean | undefined;
  /** Whether the office plays scenarios; undefined: where the rehearsal model speaks anyway. */
  rehearser: boolean | undefined;
  /** Whether nobody but this machine reaches the page. */
  isLocal: boolean;
  /** Where people reach the office; undefined: on this machine. */
  officeUrl: string | undefined;
  oidcClientSecret: string | undefined;
  workerName: string;
  masterKey: string | undefined;
}

/** @throws {StartError} that names every variable that is wrong */
export function readStartConfig(environment: NodeJS.ProcessEnv): StartConfig {
  const values = read(ConfigSchema, environment);
  return {
    host: values.HOST,
    ports: {
      tokenServer: values.PORT,
      webDev: values.SLOTLINE_WEB_PORT,
      postgres: values.POSTGRES_PORT,
      agentHealth: values.AGENT_HEALTH_PORT,
      rehearsal: values.REHEARSAL_PORT,
      rehearsalWorker: values.REHEARSAL_WORKER_PORT,
      signInSimulator: values[SIGN_IN_SIMULATOR_PORT.variable],
      redis: values.REDIS_PORT,
      sip: values.SIP_PORT,
      rtp: values.RTP_PORT,
    },
    simulatorPorts: read(SimulatorPortsSchema, environment),
    databaseUrl: values.DATABASE_URL,
    livekit: values.LIVEKIT_URL
      ? {
          url: values.LIVEKIT_URL,
          apiKey: values.LIVEKIT_API_KEY ?? '',
          apiSecret: values.LIVEKIT_API_SECRET ?? '',
        }
      : undefined,
    programs: {
      LIVEKIT_SERVER_BIN: values.LIVEKIT_SERVER_BIN,
      LIVEKIT_SIP_BIN: values.LIVEKIT_SIP_BIN,
      REDIS_SERVER_BIN: values.REDIS_SERVER_BIN,
    },
    cacheDirectory: join(values.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'slotline'),
    openaiApiKey: values.OPENAI_API_KEY,
    openaiBaseUrl: values.OPENAI_BASE_URL,
    smtpUrl: values.SMTP_URL,
    office: values.OFFICE,
    rehearser: values.OFFICE_REHEARSER,
    isLocal: isLoopback(values.HOST) && values.TRUST_PROXY === undefined,
    officeUrl: values.OFFICE_URL?.replace(/\/$/, ''),
    oidcClientSecret: values.OIDC_CLIENT_SECRET,
    workerName: values.SLOTLINE_WORKER_NAME,
    masterKey: values.SLOTLINE_MASTER_KEY,
  };
}

/** Whether npm runs this process: it hands not every signal on. */
export function isRunByNpm(environment: NodeJS.ProcessEnv): boolean {
  return environment['npm_lifecycle_event'] !== undefined;
}

function read<T>(schema: z.ZodType<T>, environment: NodeJS.ProcessEnv): T {
  try {
    return readEnvironment(schema, environment);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    throw new StartError(`The environment cannot be used: ${error.message}`, { cause: error });
  }
}
