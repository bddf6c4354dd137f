import { z } from 'zod';
import { readProviders } from '../calendar/providers.ts';
import type { Providers } from '../calendar/providers.ts';
import { openRecordings } from '../calls/recordings/open-store.ts';
import type { RecordingPlaces } from '../calls/recordings/open-store.ts';
import {
  databaseUrl,
  listenAddress,
  logLevel,
  masterKey,
  port,
  readEnvironment,
  wholeNumber,
} from '../runtime/environment.ts';
import { allowedAddresses } from '../runtime/public-address.ts';

const ConfigSchema = z
  .object({
    DATABASE_URL: databaseUrl,
    SLOTLINE_MASTER_KEY: masterKey,
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
    SYNC_INTERVAL_SECONDS: wholeNumber({ min: 60, max: 86_400 }).default(300),
    /** Private networks that webhooks may go to, beside the internet. */
    WEBHOOK_PRIVATE_NETWORKS: allowedAddresses,
    /** Jobs at once in this process. */
    JOBS_CONCURRENCY: wholeNumber({ min: 1, max: 100 }).default(5),
    JOBS_HOST: listenAddress,
    /** Where health is asked for; without it nothing listens. */
    JOBS_HEALTH_PORT: port.optional(),
    LOG_LEVEL: logLevel,
  })
  .refine(({ SMTP_URL, SMTP_FROM }) => (SMTP_URL === undefined) === (SMTP_FROM === undefined), {
    error: 'SMTP_URL and SMTP_FROM are set together or not at all',
  });

export type JobsConfig = z.infer<typeof ConfigSchema> & {
  providers: Providers;
  /** Null where no place for recordings is named. */
  recordings: RecordingPlaces | null;
};

/**
 * Reads the configuration of the jobs process once.
 * @throws {EnvironmentError} naming each variable that is missing or wrong
 */
export function readJobsConfig(environment: NodeJS.ProcessEnv): JobsConfig {
  const providers = readProviders(environment);
  const recordings = openRecordings(environment);
  return { ...readEnvironment(ConfigSchema, environment), providers, recordings };
}
