import { pino } from 'pino';
import { announceReady } from '../../../runtime/logger.ts';
import { closeOnSignal } from '../close-on-signal.ts';
import { readConfig } from './config.ts';
import { createCalcomSimulator } from './create-calcom-simulator.ts';

const config = readConfig(process.env);
const logger = pino({ level: config.logLevel, name: 'calcom-simulator' });

const simulator = await createCalcomSimulator({
  host: config.host,
  port: config.port,
  logger,
  rateLimit: config.rateLimit === null ? null : { limit: config.rateLimit, window: 60_000 },
  accounts: [
    {
      username: 'front-desk',
      name: 'Front Desk',
      apiKey: config.apiKey,
      timeZone: 'America/New_York',
      eventTypes: [
        { slug: 'appointment', title: 'Appointment', lengthInMinutes: 30 },
        { slug: 'consultation', title: 'Consultation', lengthInMinutes: 60 },
      ],
    },
  ],
});
announceReady(logger, { host: config.host, port: Number(new URL(simulator.url).port) });
closeOnSignal(simulator, logger);
