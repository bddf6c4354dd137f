import { pino } from 'pino';
import { z } from 'zod';
import {
  httpUrl,
  listenAddress,
  logLevel,
  readEnvironment,
  text,
  wholeNumber,
} from '../../../runtime/environment.ts';
import { announceReady } from '../../../runtime/logger.ts';
import type { OAuthServer } from '../oauth/oauth-server.ts';
import { createMicrosoftSimulator } from './create-microsoft-simulator.ts';
import { createSignInServer, isOfSignIn } from './sign-in-server.ts';

const FRONT_DESK = 'front-desk@example.com';
const DENTIST = 'dentist@example.com';

const config = readEnvironment(
  z.object({
    SIGN_IN_SIMULATOR_HOST: listenAddress,
    /** 0 takes any free port. */
    SIGN_IN_SIMULATOR_PORT: wholeNumber({ min: 0, max: 65_535 }).default(8794),
    SIGN_IN_SIMULATOR_CLIENT_ID: text,
    SIGN_IN_SIMULATOR_CLIENT_SECRET: text,
    /** Where whoever agreed is sent back to. */
    SIGN_IN_SIMULATOR_CALLBACK: httpUrl,
    LOG_LEVEL: logLevel,
  }),
  process.env,
);
const logger = pino({ level: config.LOG_LEVEL, name: 'microsoft-simulator' });

let signIn: OAuthServer | undefined;
const simulator = await createMicrosoftSimulator({
  host: config.SIGN_IN_SIMULATOR_HOST,
  port: config.SIGN_IN_SIMULATOR_PORT,
  logger,
  mailboxes: [
    { address: FRONT_DESK, name: 'Front Desk', calendars: [{ name: 'Private' }] },
    { address: DENTIST, name: 'Dr. Adams' },
  ],
  addressOf: async (token) => (await signIn?.ownerOf(token))?.account ?? null,
  serveElse(request, response) {
    if (!signIn || !isOfSignIn(request)) return false;
    signIn.handle(request, response);
    return true;
  },
});
signIn = createSignInServer({
  url: simulator.url,
  clients: [
    {
      id: config.SIGN_IN_SIMULATOR_CLIENT_ID,
      secret: config.SIGN_IN_SIMULATOR_CLIENT_SECRET,
      redirectUris: [config.SIGN_IN_SIMULATOR_CALLBACK],
    },
  ],
  accounts: [FRONT_DESK, DENTIST],
});
announceReady(logger, {
  host: config.SIGN_IN_SIMULATOR_HOST,
  port: Number(new URL(simulator.url).port),
});

let stopping = false;
const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  await simulator.close();
  logger.info('stopped');
};
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
