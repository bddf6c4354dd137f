import { z } from 'zod';

const ConfigSchema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' }),
  SLOTLINE_MASTER_KEY: z.string().min(1),
  /** Of Cal.com connections that name no instance of their own; Cal.com itself by default. */
  CALCOM_BASE_URL: z.url().optional(),
  /** Jobs at once in this process. */
  JOBS_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(5),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

export type JobsConfig = z.infer<typeof ConfigSchema>;

/**
 * Reads the configuration of the jobs process once. An empty variable counts as not set.
 * @throws naming each variable that is missing or wrong
 */
export function readJobsConfig(environment: NodeJS.ProcessEnv): JobsConfig {
  const set = Object.entries(environment).filter(([, value]) => value !== '');
  const parsed = ConfigSchema.safeParse(Object.fromEntries(set));
  if (parsed.success) return parsed.data;
  throw new Error(`The jobs' environment is not complete:\n${z.prettifyError(parsed.error)}`);
}
