import { z } from 'zod';
import {
  listenAddress,
  logLevel,
  readEnvironment,
  text,
  wholeNumber,
} from '../../../runtime/environment.ts';

const ConfigSchema = z.object({
  REHEARSAL_HOST: listenAddress,
  /** 0 takes any free port. */
  REHEARSAL_PORT: wholeNumber({ min: 0, max: 65_535 }).default(8790),
  REHEARSAL_API_KEY: text,
  LOG_LEVEL: logLevel,
});

export interface RehearsalConfig {
  host: string;
  port: number;
  apiKey: string;
  logLevel: string;
}

/** @throws {EnvironmentError} naming each variable that is missing or wrong */
export function readConfig(variables: NodeJS.ProcessEnv): RehearsalConfig {
  const environment = readEnvironment(ConfigSchema, variables);
  return {
    host: environment.REHEARSAL_HOST,
    port: environment.REHEARSAL_PORT,
    apiKey: environment.REHEARSAL_API_KEY,
    logLevel: environment.LOG_LEVEL,
  };
}
