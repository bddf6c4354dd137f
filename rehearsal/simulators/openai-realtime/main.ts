import { pino } from 'pino';
import { announceReady } from '../../../runtime/logger.ts';
import { readConfig } from './config.ts';
import { createRealtimeServer } from './create-realtime-server.ts';
import { createMind } from './mind/create-mind.ts';
import { loadRuntime } from './mind/ears/runtime.ts';

const config = readConfig(process.env);
const logger = pino({ level: config.logLevel, name: 'rehearsal-model' });

const mind = await createMind();
loadRuntime().catch((error: unknown) => logger.warn({ err: error }, 'callers cannot be heard'));
// One session's fault shall not end the others.
process.on('unhandledRejection', (error) => logger.error({ err: error }, 'unhandled rejection'));

const server = createRealtimeServer({ mind, apiKey: config.apiKey, logger });
const port = await server.listen({ host: config.host, port: config.port });
announceReady(logger, { host: config.host, port });

let stopping = false;
const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  await server.close();
  logger.info('stopped');
  // The voice's threads and the resampler's library keep the process alive otherwise.
  process.exit(0);
};
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
