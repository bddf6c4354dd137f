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
import { createGoogleSimulator } from './create-google-simulator.ts';

const TIME_ZONE = 'America/New_York';
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
const logger = pino({ level: config.LOG_LEVEL, name: 'google-simulator' });

const simulator = await createGoogleSimulator({
  host: config.SIGN_IN_SIMULATOR_HOST,
  port: config.SIGN_IN_SIMULATOR_PORT,
  clients: [
    {
      id: config.SIGN_IN_SIMULATOR_CLIENT_ID,
      secret: config.SIGN_IN_SIMULATOR_CLIENT_SECRET,
      redirectUris: [config.SIGN_IN_SIMULATOR_CALLBACK],
    },
  ],
  accounts: [
    { email: FRONT_DESK, timeZone: TIME_ZONE },
    { email: DENTIST, timeZone: TIME_ZONE },
  ],
  calendars: [
    {
      id: 'appointments@group.calendar.google.com',
      summary: 'Appointments',
      timeZone: TIME_ZONE,
      owner: FRONT_DESK,
    },
    {
      id: 'surgery@group.calendar.google.com',
      summary: 'Surgery',
      timeZone: TIME_ZONE,
      owner: DENTIST,
      freeBusyReaders: [FRONT_DESK],
    },
  ],
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
