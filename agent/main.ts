import { setTimeout as pause } from 'node:timers/promises';
import { RoomServiceClient } from 'livekit-server-sdk';
import {
  explainDatabaseTrouble,
  isConnectionLoss,
  isMissingDatabase,
} from '../db/database-trouble.ts';
import { openDatabase } from '../db/database.ts';
import type { Database } from '../db/database.ts';
import { checkSchema, OlderSchemaError } from '../db/migrator.ts';
import { STOP_DEADLINE } from './call/deadlines.ts';
import { readAgentConfig } from './config.ts';
import { failProcess } from '../runtime/fail-process.ts';
import { guardGlobalFetch } from '../runtime/http-transport.ts';
import { serveHealth } from '../runtime/health.ts';
import { announceReady, createLogger } from '../runtime/logger.ts';
import { settledWithin } from '../runtime/within.ts';
import { Uploads } from './recording/uploads.ts';
import { CallHosts } from './worker/call-hosts.ts';
import { LiveKitWorker } from './worker/livekit-worker.ts';
import type { AssignedCall } from './worker/livekit-worker.ts';

/** Milliseconds between two looks at a schema that migrations may just be bringing up to date. */
const SCHEMA_PAUSE = 150;
/** Milliseconds for LiveKit to close the rooms of lost calls. */
const CLOSE_DEADLINE = 5_000;
/** Milliseconds to store the recordings of the last calls; what is left the next start stores. */
const STORE_DEADLINE = 20_000;

guardGlobalFetch();

const config = readConfigOrEnd();
const logger = createLogger('agent', config.LOG_LEVEL);
// The processes of calls inherit it: LiveKit's library tells of each room at debug otherwise, by a log
// that has no other switch.
if (config.LOG_LEVEL !== 'trace') process.env['NODE_ENV'] ??= 'production';
/** Rooms of lost calls that are being closed. */
const closings = new Set<Promise<void>>();
const recordings = storeRecordings();
const hosts = new CallHosts({
  count: config.AGENT_PROCESSES,
  memory: config.AGENT_PROCESS_MEMORY * 1e6,
  logger,
  onChange: () => worker.tellLoad(),
  onLost: (call) => {
    const closing = closeLostRoom(call).finally(() => closings.delete(closing));
    closings.add(closing);
  },
});
const worker: LiveKitWorker = new LiveKitWorker({
  url: config.LIVEKIT_URL,
  apiKey: config.LIVEKIT_API_KEY,
  apiSecret: config.LIVEKIT_API_SECRET,
  name: config.SLOTLINE_WORKER_NAME,
  limit: config.AGENT_MAX_CALLS,
  count: () => hosts.size,
  isOpen: () => hosts.open > 0,
  serve: (call) => hosts.serve(call),
  end: (id) => hosts.end(id),
  logger,
});

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    // A second signal does not wait for the calls.
    if (stopping) process.exit(1);
    stopping = true;
    stop().catch((error: unknown) => {
      logger.error({ err: error }, 'could not stop in order');
      process.exit(1);
    });
  });
}

await checkSchemaOrEnd();
try {
  await serveHealth({
    host: config.AGENT_HOST,
    port: config.AGENT_HEALTH_PORT,
    logger,
    check: async () => {
      if (!worker.isRegistered) throw new Error('LiveKit does not know the worker.');
      if (hosts.open === 0) throw new Error('No process of calls is ready.');
    },
  });
  await hosts.start();
  recordings?.uploads.start();
  void worker.registered.then(() => announceReady(logger));
  await worker.run();
} catch (error) {
  logger.fatal({ err: error }, 'the worker cannot go on');
  await hosts.close(STOP_DEADLINE);
  process.exit(1);
}

/** Undefined where no place for recordings is named. */
function storeRecordings(): { db: Database; uploads: Uploads } | undefined {
  if (!config.recordings) return undefined;
  const db = openDatabase({
    connectionString: config.DATABASE_URL,
    maxConnections: 1,
    applicationName: 'slotline-agent',
    onLostConnection: (err) => logger.warn({ err }, 'a database connection was lost'),
  });
  return { db, uploads: new Uploads({ ...config.recordings, db, logger }) };
}

function readConfigOrEnd(): ReturnType<typeof readAgentConfig> {
  try {
    return readAgentConfig(process.env);
  } catch (error) {
    return failProcess('agent', error, 'could not start');
  }
}

/**
 * Waits for the schema, which a start of all parts brings up to date meanwhile. The processes
 * of calls open connections of their own: this one is closed.
 */
async function checkSchemaOrEnd(): Promise<void> {
  const db = openDatabase({
    connectionString: config.DATABASE_URL,
    maxConnections: 1,
    applicationName: 'slotline-agent',
  });
  const deadline = performance.now() + config.AGENT_SCHEMA_TIMEOUT;
  try {
    while (!(await hasSchema(db, performance.now() > deadline))) await pause(SCHEMA_PAUSE);
  } finally {
    await db.destroy();
  }
}

async function hasSchema(db: Database, isLate: boolean): Promise<boolean> {
  try {
    await checkSchema(db);
    return true;
  } catch (error) {
    if (isConnectionLoss(error)) {
      // It may come back; until then callers hear that something is wrong.
      logger.warn({ err: error }, 'the database does not answer');
      return true;
    }
    if (isLate || !(error instanceof OlderSchemaError || isMissingDatabase(error))) {
      failProcess('agent', error, 'could not start', explainDatabaseTrouble);
    }
    return false;
  }
}

/** Lets the calls end, takes no new ones, and stops. */
async function stop(): Promise<void> {
  logger.info({ calls: hosts.size }, 'stopping');
  await worker.drain();
  if (!(await settledWithin(config.AGENT_DRAIN_TIMEOUT, hosts.empty()))) {
    logger.warn({ calls: hosts.size }, 'calls were still going on and are ended');
  }
  await hosts.close(STOP_DEADLINE);
  await settledWithin(CLOSE_DEADLINE, Promise.all(closings));
  if (recordings) {
    await settledWithin(STORE_DEADLINE, recordings.uploads.stop());
    await settledWithin(CLOSE_DEADLINE, recordings.db.destroy());
  }
  worker.close();
  process.exit(0);
}

/** A caller whom nobody serves any more is hung up on, and not left in silence. */
async function closeLostRoom({ id, roomName }: AssignedCall): Promise<void> {
  const { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = config;
  const rooms = new RoomServiceClient(LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET);
  await rooms.deleteRoom(roomName).catch((err: unknown) => {
    logger.error({ err, jobId: id }, 'the room of a lost call could not be closed');
  });
}
