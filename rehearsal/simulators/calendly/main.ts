import { pino } from 'pino';
import { announceReady } from '../../../runtime/logger.ts';
import { closeOnSignal } from '../close-on-signal.ts';
import { readConfig } from './config.ts';
import { createCalendlySimulator } from './create-calendly-simulator.ts';

const config = readConfig(process.env);
const logger = pino({ level: config.logLevel, name: 'calendly-simulator' });

const simulator = await createCalendlySimulator({
  host: config.host,
  port: config.port,
  logger,
  accounts: [
    {
      slug: 'front-desk',
      name: 'Front Desk',
      token: config.token,
      timeZone: 'America/New_York',
      eventTypes: [
        { slug: 'appointment', name: 'Appointment', duration: 30 },
        { slug: 'consultation', name: 'Consultation', duration: 60 },
      ],
    },
  ],
});
announceReady(logger, { host: config.host, port: Number(new URL(simulator.url).port) });
closeOnSignal(simulator, logger);
