import { availableParallelism } from 'node:os';
import { z } from 'zod';

/**
 * On a processor that has more to do callers would be heard in pieces; another worker, or a caller's
 * second try, serves them better. A call takes an eighth of a slow core, and less of a fast one.
 */
const CALLS_A_CORE = 6;

const ConfigSchema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  LIVEKIT_URL: z.url({ protocol: /^(ws|http)s?$/ }),
  LIVEKIT_API_KEY: z.string().min(1),
  LIVEKIT_API_SECRET: z.string().min(1),
  SLOTLINE_MASTER_KEY: z.string().min(1),
  OPENAI_API_KEY: z.string().min(1),
  OPENAI_BASE_URL: z.url().default('https://api.openai.com/v1'),
  OPENAI_REALTIME_MODEL: z.string().min(1).default('gpt-realtime'),
  /** Of Cal.com connections that name no instance of their own. */
  CALCOM_BASE_URL: z.url().optional(),
  /** The name under which the worker is dispatched. */
  SLOTLINE_WORKER_NAME: z.string().min(1).default('slotline'),
  /** Honours `rehearsal` in dispatch metadata; never set it where real callers are served. */
  SLOTLINE_REHEARSAL: z.stringbool().default(false),
  AGENT_HOST: z.string().min(1).default('127.0.0.1'),
  AGENT_HEALTH_PORT: z.coerce.number().int().min(1).max(65_535).default(8081),
  /** Calls at once; a further one is left to another worker. About 150 MB each. */
  AGENT_MAX_CALLS: z.coerce
    .number()
    .int()
    .min(1)
    .default(() => CALLS_A_CORE * availableParallelism()),
  /** Job processes kept warm: a call that finds none waits about a second. */
  AGENT_IDLE_PROCESSES: z.coerce.number().int().min(1).default(3),
  /** Milliseconds that calls may go on after SIGTERM. */
  AGENT_DRAIN_TIMEOUT: z.coerce.number().int().min(0).default(3_600_000),
  /** At `trace` the framework logs too, and its log has what callers say in it. */
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
});

export type AgentConfig = z.infer<typeof ConfigSchema>;

const ConsoleConfigSchema = ConfigSchema.omit({
  LIVEKIT_URL: true,
  LIVEKIT_API_KEY: true,
  LIVEKIT_API_SECRET: true,
});

/** What a call needs, with or without LiveKit. */
export type CallConfig = z.infer<typeof ConsoleConfigSchema>;

/**
 * Reads the worker's configuration.
 * @throws naming each variable that is missing or wrong
 */
export function readAgentConfig(environment: NodeJS.ProcessEnv): AgentConfig {
  return read(ConfigSchema, environment);
}

/** Reads the configuration of a call without LiveKit. */
export function readCallConfig(environment: NodeJS.ProcessEnv): CallConfig {
  return read(ConsoleConfigSchema, environment);
}

function read<T>(schema: z.ZodType<T>, environment: NodeJS.ProcessEnv): T {
  // An empty variable, as a .env file leaves it, counts as not set.
  const set = Object.entries(environment).filter(([, value]) => value !== '');
  const parsed = schema.safeParse(Object.fromEntries(set));
  if (parsed.success) return parsed.data;
  throw new Error(`The agent's environment is not complete:\n${z.prettifyError(parsed.error)}`);
}
