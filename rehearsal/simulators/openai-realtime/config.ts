import { z } from 'zod';

const environment = z.object({
  REHEARSAL_HOST: z.string().default('127.0.0.1'),
  REHEARSAL_PORT: z.coerce.number().int().min(0).max(65_535).default(8790),
  REHEARSAL_API_KEY: z.string().min(1),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

export interface RehearsalConfig {
  host: string;
  port: number;
  apiKey: string;
  logLevel: string;
}

export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** @throws ConfigurationError naming each variable that is missing or wrong */
export function readConfig(variables: NodeJS.ProcessEnv): RehearsalConfig {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigurationError(
      `Set the environment of the rehearsal model: ${faults.join('; ')}`,
    );
  }
  return {
    host: parsed.data.REHEARSAL_HOST,
    port: parsed.data.REHEARSAL_PORT,
    apiKey: parsed.data.REHEARSAL_API_KEY,
    logLevel: parsed.data.LOG_LEVEL,
  };
}
