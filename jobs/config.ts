import { z } from 'zod';

const ConfigSchema = z
  .object({
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' }),
    SLOTLINE_MASTER_KEY: z.string().min(1),
    /** Of Cal.com connections that name no instance of their own; Cal.com itself by default. */
    CALCOM_BASE_URL: z.url().optional(),
    /** smtp:// or smtps://; without it and SMTP_FROM messages to attendees wait. */
    SMTP_URL: z
      .url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// address' })
      .optional(),
    /** Who writes: "Front desk <desk@example.com>", or an address alone. */
    SMTP_FROM: z
      .string()
      .regex(/^[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/, {
        error: 'must be an address, such as Front desk <desk@example.com>',
      })
      .optional(),
    /** Between two syncs of one calendar with its provider. */
    SYNC_INTERVAL_SECONDS: z.coerce.number().int().min(60).max(86_400).default(300),
    /** Jobs at once in this process. */
    JOBS_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(5),
    JOBS_HOST: z.string().min(1).default('127.0.0.1'),
    /** Where health is asked for; without it nothing listens. */
    JOBS_HEALTH_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
    LOG_LEVEL: z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
      .default('info'),
  })
  .refine(({ SMTP_URL, SMTP_FROM }) => (SMTP_URL === undefined) === (SMTP_FROM === undefined), {
    error: 'SMTP_URL and SMTP_FROM are set together or not at all',
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
