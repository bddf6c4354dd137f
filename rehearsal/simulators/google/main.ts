import { pino } from 'pino';
import { announceReady } from '../../../runtime/logger.ts';
import { closeOnSignal } from '../close-on-signal.ts';
import { readSignInConfig } from '../oauth/config.ts';
import { createGoogleSimulator } from './create-google-simulator.ts';

const TIME_ZONE = 'America/New_York';
const FRONT_DESK = 'front-desk@example.com';
const DENTIST = 'dentist@example.com';

const config = readSignInConfig(process.env);
const logger = pino({ level: config.logLevel, name: 'google-simulator' });

const simulator = await createGoogleSimulator({
  host: config.host,
  port: config.port,
  clients: [config.client],
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
announceReady(logger, { host: config.host, port: Number(new URL(simulator.url).port) });
closeOnSignal(simulator, logger);
