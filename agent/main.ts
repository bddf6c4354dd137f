import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { AgentServer, InferenceRunner, ServerOptions, initializeLogger } from '@livekit/agents';
import {
  explainDatabaseTrouble,
  isConnectionLoss,
  isMissingDatabase,
} from '../db/database-trouble.ts';
import { openDatabase } from '../db/database.ts';
import type { Database } from '../db/database.ts';
import { checkSchema, OlderSchemaError } from '../db/migrator.ts';
import { limitCalls } from './call-limit.ts';
import { STOP_DEADLINE } from './call/deadlines.ts';
import { readAgentConfig } from './config.ts';
import { failProcess } from '../runtime/fail-process.ts';
import { guardGlobalFetch } from '../runtime/http-transport.ts';
import { announceReady, createLogger } from '../runtime/logger.ts';

/** Milliseconds between two looks at a schema that migrations may just be bringing up to date. */
const SCHEMA_PAUSE = 150;

guardGlobalFetch();

const config = readConfigOrEnd();
const logger = createLogger('agent', config.LOG_LEVEL);
// The framework's log has names, numbers and words of callers in it, down to its warnings.
const frameworkLevel = ['trace', 'fatal', 'silent'].includes(config.LOG_LEVEL)
  ? config.LOG_LEVEL
  : 'error';
initializeLogger({ pretty: false, level: frameworkLevel });

// Its watch over the event loop takes a thread and fifty wake-ups a second in every process.
process.env['LIVEKIT_AGENTS_LOOP_BLOCK_WARN_MS'] ??= '0';
// Each room is told of at debug otherwise, by a log that has no other switch. Job processes inherit it.
if (config.LOG_LEVEL !== 'trace') process.env['NODE_ENV'] ??= 'production';
// The model hears where a turn ends: the framework's own process for that, 330 MB, has no work here.
InferenceRunner.registerRunner = () => {};

const calls = limitCalls(config.AGENT_MAX_CALLS, () => server.activeJobs.map(({ job }) => job.id));
const server: AgentServer = new AgentServer(
  new ServerOptions({
    agent: fileURLToPath(new URL('job.ts', import.meta.url)),
    agentName: config.SLOTLINE_WORKER_NAME,
    wsURL: config.LIVEKIT_URL,
    apiKey: config.LIVEKIT_API_KEY,
    apiSecret: config.LIVEKIT_API_SECRET,
    host: config.AGENT_HOST,
    port: config.AGENT_HEALTH_PORT,
    numIdleProcesses: config.AGENT_IDLE_PROCESSES,
    // Processes are loaded one after the other: one that is given up on a busy machine, and begun anew,
    // makes the machine busier and its callers wait for ever. The framework's default is 10 s.
    initializeProcessTimeout: 90_000,
    drainTimeout: config.AGENT_DRAIN_TIMEOUT,
    shutdownProcessTimeout: STOP_DEADLINE,
    jobMemoryLimitMB: config.AGENT_CALL_MEMORY,
    logLevel: frameworkLevel,
    production: true,
    // Calls are counted, not the processor's load: on a machine that is busy for a moment callers
    // would be turned away without need.
    requestFunc: calls.take,
    loadFunc: () => Promise.resolve(calls.load()),
    loadThreshold: 0.99,
  }),
);
server.event.once('worker_registered', () => announceReady(logger));

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
  await server.run();
} catch (error) {
  logger.fatal({ err: error }, 'the worker cannot go on');
  process.exit(1);
}

function readConfigOrEnd(): ReturnType<typeof readAgentConfig> {
  try {
    return readAgentConfig(process.env);
  } catch (error) {
    return failProcess('agent', error, 'could not start');
  }
}

/**
 * Waits for the schema, which a start of all parts brings up to date meanwhile. Each call has
 * connections of its own: this one is closed.
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
  logger.info({ calls: server.activeJobs.length }, 'stopping');
  await server.drain().catch(() => logger.warn('calls were still going on and are ended'));
  await server.close();
  process.exit(0);
}
