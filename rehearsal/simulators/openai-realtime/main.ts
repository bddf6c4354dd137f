import { pino } from 'pino';
import { announceReady } from '../../../runtime/logger.ts';
import { readConfig } from './config.ts';
import { createRealtimeServer } from './create-realtime-server.ts';
import { createMind } from './mind/create-mind.ts';

const config = readConfig(process.env);
const logger = pino({ level: config.logLevel, name: 'rehearsal-model' });

const mind = await createMind();
// The recogniser's runtime (soundswallower, built with emscripten) rethrows unhandled rejections,
// which would end every session for the fault of one.
process.removeAllListeners('unhandledRejection');
process.on('unhandledRejection', (error) => logger.error({ err: error }, 'unhandled rejection'));

const server = createRealtimeServer({ mind, apiKey: config.apiKey, logger, readyEars: 2 });
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
