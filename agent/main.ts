import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { AgentDispatchClient, RoomServiceClient } from 'livekit-server-sdk';
import {
  explainDatabaseTrouble,
  isConnectionLoss,
  isMissingDatabase,
} from '../db/database-trouble.ts';
import { claimLeftCall, closeLeftCall } from '../db/calls/call-lease.ts';
import { countWorkers, WORKER_APPLICATION } from '../db/connections.ts';
import { openDatabase } from '../db/database.ts';
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
import { LostCalls } from './worker/lost-calls.ts';
import type { AssignedCall } from './worker/livekit-worker.ts';

/** Milliseconds between two looks at a schema that migrations may just be bringing up to date. */
const SCHEMA_PAUSE = 150;
/** Milliseconds for LiveKit to close the rooms of lost calls. */
const CLOSE_DEADLINE = 5_000;
/** Milliseconds between two looks whether there are other workers. */
const COUNT_WORKERS_EVERY = 1_000;
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
/** One connection: by it `doctor` counts workers. */
const db = openDatabase({
  connectionString: config.DATABASE_URL,
  maxConnections: 1,
  applicationName: WORKER_APPLICATION,
  onLostConnection: (err) => logger.warn({ err }, 'a database connection was lost'),
});
/** Undefined where no place for recordings is named. */
const uploads = config.recordings && new Uploads({ ...config.recordings, db, logger });
const hosts = new CallHosts({
  count: config.capacity.processes,
  memory: config.capacity.megabytes * 1e6,
  logger,
  onChange: () => worker.tellLoad(),
  onLost: (call, holders) => {
    const closing = closeLostRoom(call, holders).finally(() => closings.delete(closing));
    closings.add(closing);
  },
});
let isAlone = false;
const countOthers = (): void => {
  countWorkers(db).then(
    (count) => (isAlone = count === 1),
    () => (isAlone = false),
  );
};
countOthers();
setInterval(countOthers, COUNT_WORKERS_EVERY).unref();
const worker: LiveKitWorker = new LiveKitWorker({
  url: config.LIVEKIT_URL,
  apiKey: config.LIVEKIT_API_KEY,
  apiSecret: config.LIVEKIT_API_SECRET,
  name: config.SLOTLINE_WORKER_NAME,
  limit: config.capacity.calls,
  count: () => hosts.count(),
  isOpen: () => hosts.open > 0,
  isAlone: () => isAlone,
  serve: (call) => hosts.serve(call),
  end: (id) => hosts.end(id),
  logger,
});

const { LIVEKIT_URL: url, LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = config;
const rooms = new RoomServiceClient(url, LIVEKIT_API_KEY, LIVEKIT_API_SECRET);
const lostCalls = new LostCalls({
  db,
  rooms,
  dispatches: new AgentDispatchClient(url, LIVEKIT_API_KEY, LIVEKIT_API_SECRET),
  workerName: config.SLOTLINE_WORKER_NAME,
  url,
  hasRoom: () => worker.hasRoom,
  isOurs: (roomName) => hosts.has(roomName),
  serve: (call) => {
    hosts.serve(call);
    worker.tellLoad();
  },
  logger,
});

/** Aborted by a second signal, which does not wait for the calls. */
const hurry = new AbortController();
let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stopping) {
      hurry.abort();
      return;
    }
    stopping = true;
    stop().catch((error: unknown) => {
      logger.error({ err: error }, 'could not stop in order');
      process.exit(1);
    });
  });
}

await checkSchemaOrEnd();
void lostCalls.run();
try {
  await serveHealth({
    host: config.AGENT_HOST,
    port: config.AGENT_HEALTH_PORT,
    logger,
    check: async () => {
      if (worker.trouble !== null) throw new Error(worker.trouble);
      if (hosts.open === 0) throw new Error('No process of calls is ready.');
    },
  });
  await hosts.start();
  uploads?.start();
  void worker.registered.then(() => announceReady(logger));
  await worker.run();
} catch (error) {
  logger.fatal({ err: error }, 'the worker cannot go on');
  await hosts.close(STOP_DEADLINE);
  process.exit(1);
}

function readConfigOrEnd(): ReturnType<typeof readAgentConfig> {
  try {
    return readAgentConfig(process.env);
  } catch (error) {
    return failProcess('agent', error, 'could not start');
  }
}

/** Waits for the schema, which a start of all parts brings up to date meanwhile. */
async function checkSchemaOrEnd(): Promise<void> {
  const deadline = performance.now() + config.AGENT_SCHEMA_TIMEOUT;
  while (!(await hasSchema(performance.now() > deadline))) await pause(SCHEMA_PAUSE);
}

async function hasSchema(isLate: boolean): Promise<boolean> {
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

/** Lets the calls end, takes no new ones, and stops; a second signal ends them in order. */
async function stop(): Promise<void> {
  logger.info({ calls: hosts.size }, 'stopping');
  lostCalls.stop();
  const hurried = once(hurry.signal, 'abort');
  await Promise.race([worker.drain(), hurried]);
  const over = Promise.race([hosts.empty(), hurried]);
  await settledWithin(config.AGENT_DRAIN_TIMEOUT, over);
  if (hosts.size > 0) {
    logger.warn({ calls: hosts.size }, 'calls were still going on and are ended');
  }
  await hosts.close(STOP_DEADLINE);
  await settledWithin(CLOSE_DEADLINE, Promise.all(closings));
  if (uploads) await settledWithin(STORE_DEADLINE, uploads.stop());
  await settledWithin(CLOSE_DEADLINE, db.destroy());
  worker.close();
  process.exit(0);
}

/**
 * A caller whom nobody serves any more is hung up on, and not left in silence; where another worker has
 * the call, it goes on there.
 * @param from the names under which the call may be held; none where no process had it
 */
async function closeLostRoom({ id, roomName }: AssignedCall, from: string[]): Promise<void> {
  const holder = randomUUID();
  try {
    if (from.length > 0) {
      const whose = await claimLeftCall(db, { roomName, from, holder });
      if (whose === 'elsewhere') return;
    }
    await rooms.deleteRoom(roomName);
    await closeLeftCall(db, { roomName, holder });
  } catch (error) {
    logger.error({ err: error, jobId: id }, 'the room of a lost call could not be closed');
  }
}
