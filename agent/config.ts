import { z } from 'zod';
import { openRecordings } from '../calls/recordings/open-store.ts';
import type { RecordingPlaces } from '../calls/recordings/open-store.ts';
import { readProviders } from '../calendar/providers.ts';
import type { Providers } from '../calendar/providers.ts';
import {
  databaseUrl,
  flag,
  listenAddress,
  livekitUrl,
  logLevel,
  masterKey,
  port,
  readEnvironment,
  text,
  wholeNumber,
  workerName,
} from '../runtime/environment.ts';
import { modelVariables } from '../runtime/model-environment.ts';
import { capacityOf, readMachine } from '../runtime/worker-capacity.ts';
import type { WorkerCapacity } from '../runtime/worker-capacity.ts';
import { readProxyEnvironment } from '../runtime/https-proxy.ts';
import type { ProxyEnvironment } from '../runtime/https-proxy.ts';

const ConfigSchema = z.object({
  DATABASE_URL: databaseUrl,
  LIVEKIT_URL: livekitUrl,
  LIVEKIT_API_KEY: text,
  LIVEKIT_API_SECRET: text,
  SLOTLINE_MASTER_KEY: masterKey,
  OPENAI_API_KEY: text,
  ...modelVariables,
  SLOTLINE_WORKER_NAME: workerName,
  /** Honours `rehearsal` in dispatch metadata; never set it where real callers are served. */
  SLOTLINE_REHEARSAL: flag.default(false),
  AGENT_HOST: listenAddress,
  AGENT_HEALTH_PORT: port.default(8081),
  /** Calls at once; a further one is left to another worker. */
  AGENT_MAX_CALLS: wholeNumber({ min: 1 }).optional(),
  /** Processes that calls are spread over, each loaded once. */
  AGENT_PROCESSES: wholeNumber({ min: 1 }).optional(),
  /** Megabytes of one of them, above which it takes no more calls and another takes its place. */
  AGENT_PROCESS_MEMORY: wholeNumber({ min: 200 }).optional(),
  /** Milliseconds in which migrations that run beside the start may bring the database up to date. */
  AGENT_SCHEMA_TIMEOUT: wholeNumber({ min: 0 }).default(15_000),
  /** Milliseconds that calls may go on after SIGTERM. */
  AGENT_DRAIN_TIMEOUT: wholeNumber({ min: 0 }).default(3_600_000),
  /** At `trace` the framework logs too, and its log has what callers say in it. */
  LOG_LEVEL: logLevel,
});

/** What calls need beside plain variables. */
interface Surroundings {
  providers: Providers;
  /** The way to the model. */
  proxy: ProxyEnvironment;
  /** Null where no place for recordings is named. */
  recordings: RecordingPlaces | null;
}

export type AgentConfig = z.infer<typeof ConfigSchema> &
  Surroundings & {
    /** As it was chosen, or as machine and container allow. */
    capacity: WorkerCapacity;
  };

/** How the model is reached. */
export type ModelConfig = Pick<
  AgentConfig,
  'OPENAI_API_KEY' | keyof typeof modelVariables | 'proxy'
>;

const ConsoleConfigSchema = ConfigSchema.omit({
  LIVEKIT_URL: true,
  LIVEKIT_API_KEY: true,
  LIVEKIT_API_SECRET: true,
});

/** What a call needs, with or without LiveKit. */
export type CallConfig = z.infer<typeof ConsoleConfigSchema> & Surroundings;

/**
 * Reads the worker's configuration.
 * @throws {EnvironmentError} naming each variable that is missing or wrong
 */
export function readAgentConfig(environment: NodeJS.ProcessEnv): AgentConfig {
  const config = readEnvironment(ConfigSchema, environment);
  const { AGENT_PROCESSES, AGENT_MAX_CALLS, AGENT_PROCESS_MEMORY } = config;
  const capacity = capacityOf(readMachine(), {
    processes: AGENT_PROCESSES,
    calls: AGENT_MAX_CALLS,
    megabytes: AGENT_PROCESS_MEMORY,
  });
  return { ...config, ...readSurroundings(environment), capacity };
}

/** Reads the configuration of a call without LiveKit. */
export function readCallConfig(environment: NodeJS.ProcessEnv): CallConfig {
  return { ...readEnvironment(ConsoleConfigSchema, environment), ...readSurroundings(environment) };
}

function readSurroundings(environment: NodeJS.ProcessEnv): Surroundings {
  return {
    providers: readProviders(environment),
    proxy: readProxyEnvironment(environment),
    recordings: openRecordings(environment),
  };
}
