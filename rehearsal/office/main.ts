import { dispose } from '@livekit/rtc-node';

import { beginLibrary } from '../../calls/livekit-library.ts';
import { explainDatabaseTrouble } from '../../db/database-trouble.ts';
import { openDatabase } from '../../db/database.ts';
import { checkSchema } from '../../db/migrator.ts';
import { failProcess } from '../../runtime/fail-process.ts';
import { guardGlobalFetch } from '../../runtime/http-transport.ts';
import { announceReady, createLogger } from '../../runtime/logger.ts';
import { readRehearserConfig } from './config.ts';
import { serveRuns } from './serve-runs.ts';

/** The rehearser: plays scenarios with drafts of agents, as the office asks for it. */
async function main(): Promise<void> {
  guardGlobalFetch();
  const config = readRehearserConfig(process.env);
  const logger = createLogger('rehearser', config.LOG_LEVEL);
  const db = openDatabase({
    connectionString: config.DATABASE_URL,
    applicationName: 'slotline-rehearser',
    maxConnections: 4,
    onLostConnection: (err) => logger.warn({ err }, 'a database connection was lost'),
  });
  await checkSchema(db);
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => stopping.abort());
  }
  // From here on it keeps the process alive, until it is disposed of.
  await beginLibrary();
  const address = {
    // Nobody dials like a visitor here: a draft has no address.
    url: '',
    livekitUrl: config.LIVEKIT_URL,
    livekitApiKey: config.LIVEKIT_API_KEY,
    livekitApiSecret: config.LIVEKIT_API_SECRET,
    workerName: config.SLOTLINE_WORKER_NAME,
    rehearsal: true,
    masterKey: config.SLOTLINE_MASTER_KEY,
    providers: config.providers,
  };
  await serveRuns(
    { db, address, logger },
    { signal: stopping.signal, onReady: () => announceReady(logger) },
  );
  await db.destroy();
  await dispose();
  logger.info('stopped');
  // A call that was given back may still hold the process.
  process.exit(0);
}

try {
  await main();
} catch (error) {
  failProcess('rehearser', error, 'the rehearser cannot go on', explainDatabaseTrouble);
}
