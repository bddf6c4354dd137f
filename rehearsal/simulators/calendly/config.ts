import { z } from 'zod';
import {
  listenAddress,
  logLevel,
  readEnvironment,
  text,
  wholeNumber,
} from '../../../runtime/environment.ts';

const ConfigSchema = z.object({
  CALENDLY_SIMULATOR_HOST: listenAddress,
  /** 0 takes any free port. */
  CALENDLY_SIMULATOR_PORT: wholeNumber({ min: 0, max: 65_535 }).default(8793),
  CALENDLY_SIMULATOR_TOKEN: text,
  LOG_LEVEL: logLevel,
});

export interface SimulatorConfig {
  host: string;
  port: number;
  token: string;
  logLevel: string;
}

/** @throws {EnvironmentError} naming each variable that is missing or wrong */
export function readConfig(variables: NodeJS.ProcessEnv): SimulatorConfig {
  const environment = readEnvironment(ConfigSchema, variables);
  return {
    host: environment.CALENDLY_SIMULATOR_HOST,
    port: environment.CALENDLY_SIMULATOR_PORT,
    token: environment.CALENDLY_SIMULATOR_TOKEN,
    logLevel: environment.LOG_LEVEL,
  };
}
