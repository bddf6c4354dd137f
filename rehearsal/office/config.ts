import { z } from 'zod';
import { readProviders } from '../../calendar/providers.ts';
import type { Providers } from '../../calendar/providers.ts';
import {
  databaseUrl,
  livekitUrl,
  logLevel,
  masterKeyText,
  readEnvironment,
  text,
  workerName,
} from '../../runtime/environment.ts';

const ConfigSchema = z.object({
  DATABASE_URL: databaseUrl,
  LIVEKIT_URL: livekitUrl,
  LIVEKIT_API_KEY: text,
  LIVEKIT_API_SECRET: text,
  SLOTLINE_MASTER_KEY: masterKeyText,
  /** Of a worker that was started with SLOTLINE_REHEARSAL=1; never the one that callers meet. */
  SLOTLINE_WORKER_NAME: workerName,
  LOG_LEVEL: logLevel,
});

export type RehearserConfig = z.infer<typeof ConfigSchema> & { providers: Providers };

/**
 * Reads the configuration of the rehearser once.
 * @throws {EnvironmentError} naming each variable that is missing or wrong
 */
export function readRehearserConfig(environment: NodeJS.ProcessEnv): RehearserConfig {
  return { ...readEnvironment(ConfigSchema, environment), providers: readProviders(environment) };
}
