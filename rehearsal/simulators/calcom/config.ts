import { z } from 'zod';

const environment = z.object({
  CALCOM_SIMULATOR_HOST: z.string().default('127.0.0.1'),
  CALCOM_SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(8791),
  CALCOM_SIMULATOR_API_KEY: z.string().min(1),
  CALCOM_SIMULATOR_RATE_LIMIT: z.coerce.number().int().min(0).default(120),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

export interface SimulatorConfig {
  host: string;
  port: number;
  apiKey: string;
  /** Requests a minute and key; null for no limit. */
  rateLimit: number | null;
  logLevel: string;
}

export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** @throws ConfigurationError naming each variable that is missing or wrong */
export function readConfig(variables: NodeJS.ProcessEnv): SimulatorConfig {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigurationError(
      `Set the environment of the Cal.com simulator: ${faults.join('; ')}`,
    );
  }
  return {
    host: parsed.data.CALCOM_SIMULATOR_HOST,
    port: parsed.data.CALCOM_SIMULATOR_PORT,
    rateLimit: parsed.data.CALCOM_SIMULATOR_RATE_LIMIT || null,
    apiKey: parsed.data.CALCOM_SIMULATOR_API_KEY,
    logLevel: parsed.data.LOG_LEVEL,
  };
}
