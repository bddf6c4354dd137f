import { z } from 'zod';
import {
  listenAddress,
  logLevel,
  readEnvironment,
  text,
  wholeNumber,
} from '../../../runtime/environment.ts';

const ConfigSchema = z.object({
  CALCOM_SIMULATOR_HOST: listenAddress,
  /** 0 takes any free port. */
  CALCOM_SIMULATOR_PORT: wholeNumber({ min: 0, max: 65_535 }).default(8791),
  CALCOM_SIMULATOR_API_KEY: text,
  CALCOM_SIMULATOR_RATE_LIMIT: wholeNumber({ min: 0 }).default(120),
  LOG_LEVEL: logLevel,
});

export interface SimulatorConfig {
  host: string;
  port: number;
  apiKey: string;
  /** Requests a minute and key; null for no limit. */
  rateLimit: number | null;
  logLevel: string;
}

/** @throws {EnvironmentError} naming each variable that is missing or wrong */
export function readConfig(variables: NodeJS.ProcessEnv): SimulatorConfig {
  const environment = readEnvironment(ConfigSchema, variables);
  return {
    host: environment.CALCOM_SIMULATOR_HOST,
    port: environment.CALCOM_SIMULATOR_PORT,
    rateLimit: environment.CALCOM_SIMULATOR_RATE_LIMIT || null,
    apiKey: environment.CALCOM_SIMULATOR_API_KEY,
    logLevel: environment.LOG_LEVEL,
  };
}
