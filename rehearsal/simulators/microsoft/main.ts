import { pino } from 'pino';
import { announceReady } from '../../../runtime/logger.ts';
import { closeOnSignal } from '../close-on-signal.ts';
import { readSignInConfig } from '../oauth/config.ts';
import type { OAuthServer } from '../oauth/oauth-server.ts';
import { createMicrosoftSimulator } from './create-microsoft-simulator.ts';
import { createSignInServer, isOfSignIn } from './sign-in-server.ts';

const FRONT_DESK = 'front-desk@example.com';
const DENTIST = 'dentist@example.com';

const config = readSignInConfig(process.env);
const logger = pino({ level: config.logLevel, name: 'microsoft-simulator' });

let signIn: OAuthServer | undefined;
const simulator = await createMicrosoftSimulator({
  host: config.host,
  port: config.port,
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
  clients: [config.client],
  accounts: [FRONT_DESK, DENTIST],
});
announceReady(logger, { host: config.host, port: Number(new URL(simulator.url).port) });
closeOnSignal(simulator, logger);
