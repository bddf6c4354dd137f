import { initializeLogger } from '@livekit/agents';
import { beginLibrary } from '../../calls/livekit-library.ts';
import { openDatabase, pingDatabase } from '../../db/database.ts';
import { guardGlobalFetch } from '../../runtime/http-transport.ts';
import { createLogger } from '../../runtime/logger.ts';
import { warmUp } from '../call/warm-up.ts';
import { readAgentConfig } from '../config.ts';
import type { FromHost, ToHost } from './host-messages.ts';
import { HostedCalls } from './hosted-calls.ts';

/** For all calls of the process; one takes a connection for moments, or two while it books. */
const CONNECTIONS = 10;

guardGlobalFetch();
const config = readAgentConfig(process.env);
const logger = createLogger('call', config.LOG_LEVEL);
// In a call the framework's log has what callers said in it, up to its errors: the arguments of a
// tool that do not fit, for one. What a call meets is logged by us.
initializeLogger({ pretty: false, level: config.LOG_LEVEL === 'trace' ? 'trace' : 'fatal' });
const db = openDatabase({
  connectionString: config.DATABASE_URL,
  maxConnections: CONNECTIONS,
  applicationName: 'slotline-call',
  onLostConnection: (err) => logger.warn({ err }, 'a database connection was lost'),
});
const calls = new HostedCalls({ config, db, logger }, (id) => tell({ kind: 'over', id }));

// The worker says when calls end.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
process.on('uncaughtException', (err) => {
  logger.error({ err }, 'something went wrong that nobody caught');
  calls.blame();
  tell({ kind: 'worn' });
});
process.on('unhandledRejection', (err) => {
  logger.warn({ err }, 'a failure that nobody waited for');
});
process.on('message', (message: ToHost) => {
  switch (message.kind) {
    case 'serve':
      calls.serve(message.call);
      break;
    case 'end':
      calls.end(message.id);
      break;
    case 'ping':
      tell({ kind: 'pong', residentBytes: process.memoryUsage.rss() });
      break;
  }
});
process.on('disconnect', () => {
  // The worker lets us go, or is gone itself: what was begun is settled.
  void calls.close().finally(() => process.exit(0));
});

// A caller shall not wait for the first connection. Without one the call itself will say so.
await pingDatabase(db).catch((err: unknown) => {
  logger.warn({ err }, 'the database does not answer');
});
await beginLibrary();
warmUp();
// The worker may have gone meanwhile.
if (!process.connected) process.exit(0);
tell({ kind: 'ready' });

function tell(message: FromHost): void {
  if (process.connected) process.send?.(message, () => {});
}
