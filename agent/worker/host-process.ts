import { initializeLogger } from '@livekit/agents';
import { dispose } from '@livekit/rtc-node';
import { beginLibrary } from '../../calls/livekit-library.ts';
import { CALLS_APPLICATION } from '../../db/connections.ts';
import { openDatabase, pingDatabase } from '../../db/database.ts';
import { guardGlobalFetch } from '../../runtime/http-transport.ts';
import { createLogger } from '../../runtime/logger.ts';
import { warmUp } from '../call/warm-up.ts';
import { settledWithin } from '../../runtime/within.ts';
import { readAgentConfig } from '../config.ts';
import type { FromHost, ToHost } from './host-messages.ts';
import { HostedCalls } from './hosted-calls.ts';

/** Milliseconds. */
const DISPOSE_DEADLINE = 2_000;

guardGlobalFetch();
const config = readAgentConfig(process.env);
const logger = createLogger('call', config.LOG_LEVEL);
// In a call the framework's log has what callers said in it, up to its errors: the arguments of a
// tool that do not fit, for one. What a call meets is logged by us.
initializeLogger({ pretty: false, level: config.LOG_LEVEL === 'trace' ? 'trace' : 'fatal' });
const db = openDatabase({
  connectionString: config.DATABASE_URL,
  maxConnections: config.capacity.connections,
  applicationName: CALLS_APPLICATION,
  onLostConnection: (err) => logger.warn({ err }, 'a database connection was lost'),
});
const calls = new HostedCalls({ config, db, logger }, (id) => tell({ kind: 'over', id }));

// The worker says when calls end, as long as there is one.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (!process.connected) void leave(calls.close());
  });
}
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
      calls.serve(message.call, message.holder);
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
  // The worker lets us go; or it is gone itself, and the calls do not suffer from that.
  void leave(calls.empty(config.AGENT_DRAIN_TIMEOUT));
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

async function leave(over: Promise<void>): Promise<never> {
  await over;
  // LiveKit's native half has threads of its own, which must not meet the end of the process.
  await settledWithin(DISPOSE_DEADLINE, dispose());
  process.exit(0);
}

function tell(message: FromHost): void {
  if (process.connected) process.send?.(message, () => {});
}
