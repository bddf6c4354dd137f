import { z } from 'zod';
import {
  httpUrl,
  listenAddress,
  logLevel,
  readEnvironment,
  text,
  wholeNumber,
} from '../../../runtime/environment.ts';
import type { OAuthClientEntry } from './oauth-server.ts';

const ConfigSchema = z.object({
  SIGN_IN_SIMULATOR_HOST: listenAddress,
  /** 0 takes any free port. */
  SIGN_IN_SIMULATOR_PORT: wholeNumber({ min: 0, max: 65_535 }).default(8794),
  SIGN_IN_SIMULATOR_CLIENT_ID: text,
  SIGN_IN_SIMULATOR_CLIENT_SECRET: text,
  /** Where whoever agreed is sent back to. */
  SIGN_IN_SIMULATOR_CALLBACK: httpUrl,
  LOG_LEVEL: logLevel,
});

/** What a simulator is told at which people sign in. */
export interface SignInConfig {
  host: string;
  port: number;
  client: OAuthClientEntry;
  logLevel: string;
}

/** @throws {EnvironmentError} that names every variable that is wrong */
export function readSignInConfig(environment: NodeJS.ProcessEnv): SignInConfig {
  const values = readEnvironment(ConfigSchema, environment);
  return {
    host: values.SIGN_IN_SIMULATOR_HOST,
    port: values.SIGN_IN_SIMULATOR_PORT,
    client: {
      id: values.SIGN_IN_SIMULATOR_CLIENT_ID,
      secret: values.SIGN_IN_SIMULATOR_CLIENT_SECRET,
      redirectUris: [values.SIGN_IN_SIMULATOR_CALLBACK],
    },
    logLevel: values.LOG_LEVEL,
  };
}
