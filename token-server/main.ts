import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { isVisitorAtLimit } from '../calls/admit-call.ts';
import { PROVIDERS, readProviders } from '../calendar/providers.ts';
import { findAgentBySlug } from '../db/agents.ts';
import { readCallLimits } from '../db/calls/call-limits.ts';
import { readOfficeSecret } from '../db/accounts/office-secret.ts';
import { explainDatabaseTrouble, isConnectionLoss } from '../db/database-trouble.ts';
import { openDatabase, pingDatabase } from '../db/database.ts';
import { checkSchema } from '../db/migrator.ts';
import { deleteNotice, insertNotice } from '../db/server-notices.ts';
import { createHttpServer } from '../runtime/http-server.ts';
import { guardGlobalFetch } from '../runtime/http-transport.ts';
import { PLATFORMS } from '../calls/assistants/platforms.ts';
import { createApp } from './app.ts';
import { messageAnswerer } from './assistants/answer-message.ts';
import { assistantFinder } from './assistants/proved-assistant.ts';
import { loadConfig } from './config.ts';
import { failProcess } from '../runtime/fail-process.ts';
import { announceReady, createLogger } from '../runtime/logger.ts';
import { createKeyLimiter } from './api/key-limiter.ts';
import { createAuth } from './auth/create-auth.ts';
import { createAuthLimits } from './auth/auth-limits.ts';
import type { OfficeParts } from './office.ts';
import { createRateLimiter } from './rate-limiter.ts';
import { readinessChecks } from './readiness.ts';
import { shareLookups } from './share-lookups.ts';
import { deliveryReceiver } from './webhooks/receive-delivery.ts';

/** Milliseconds that requests under way are given when the process is told to stop. */
const GRACE = 1_000;
/** A page looks its agent up each time it is opened, and not each time a call is made of it. */
const PAGES_A_TOKEN = 5;
/** A platform tells of each call many times a second, and of all calls from few addresses. */
const MESSAGES_A_WEBHOOK = 20;
/** A minute, from one address: several people with a page that looks every few seconds, */
const OFFICE_REQUESTS = 600;
/** and programs with keys, each of which has a limit of its own. */
const PROGRAM_REQUESTS = 12_000;

/** Milliseconds: a person at a page waits for somebody else's server. */
const PATIENCE = 15_000;

/** Well below the files that a process may have open (1,024 where nobody raised it). */
const MAX_CONNECTIONS = 800;

async function main(): Promise<void> {
  guardGlobalFetch();
  const config = loadConfig(process.env);
  // Under load lines are written together, and no visitor waits for one.
  const lines = pino.destination({ sync: false });
  const logger = createLogger('token-server', config.logLevel, lines);
  const connect = (applicationName: string) =>
    openDatabase({
      connectionString: config.databaseUrl,
      applicationName,
      maxConnections: 10,
      onLostConnection: (err) => logger.warn({ err }, 'a database connection was lost'),
    });
  const db = connect('slotline-token-server');
  // Whatever the office asks, and however long: visitors do not wait behind it.
  const officeDb = connect('slotline-office');
  // Nor behind calls of other platforms, which may wait for each other while a token is refreshed.
  const assistantsDb = connect('slotline-assistants');
  await checkSchema(db).catch((err: unknown) => {
    // It may come back; until then /readyz says so.
    if (!isConnectionLoss(err)) throw err;
    logger.warn({ err }, 'the database does not answer');
  });
  const { masterKey, rateLimit } = config;
  const now = (): Date => new Date();
  // Where the limits are counted there, no visitor is served without it.
  if (rateLimit.store === 'postgres') await pingDatabase(db);
  const counting = {
    secret: config.livekit.apiSecret,
    ...(rateLimit.store === 'postgres' ? { db } : {}),
  };
  if (!masterKey) {
    logger.warn(
      'SLOTLINE_MASTER_KEY is not set: webhooks of calendars and tools of assistants are not served',
    );
  }
  if (config.trustProxy !== false) {
    await deleteNotice(db, 'untrusted-proxy').catch((err: unknown) => {
      logger.warn({ err }, 'could not tell the doctor that TRUST_PROXY is set');
    });
  }
  const { office } = config;
  if (!office) {
    logger.info(
      'the office is not served: OFFICE=1 switches it on; where others reach this server, OFFICE_URL names the address',
    );
  }
  const secret =
    office &&
    masterKey &&
    (await readOfficeSecret(db, masterKey).catch((err: unknown) => {
      if (!isConnectionLoss(err)) throw err;
      logger.warn({ err }, 'the office is not served until the token server starts again');
      return null;
    }));
  const officeParts: OfficeParts | null =
    office && masterKey && secret
      ? {
          db: officeDb,
          logger,
          office,
          auth: createAuth({ db: officeDb, logger, office, secret }),
          keyLimiter: createKeyLimiter(officeDb),
          ofCalls: { recordings: config.recordings, providers: PROVIDERS },
          entrance: {
            ...config.livekit,
            workerName: config.workerName,
            rehearsal: config.rehearsal,
          },
          limits: createAuthLimits(officeDb, secret),
          outside: {
            masterKey,
            now,
            providers: readProviders(process.env),
            livekit: { ...config.livekit, workerName: config.workerName },
            webhookAddresses: office.webhookAddresses,
            isGuarded: true,
            patience: PATIENCE,
          },
          officeLimiter: createRateLimiter({
            ...counting,
            name: 'office',
            perMinute: OFFICE_REQUESTS,
          }),
          programLimiter: createRateLimiter({
            ...counting,
            name: 'program',
            perMinute: PROGRAM_REQUESTS,
          }),
        }
      : null;
  const app = createApp({
    config,
    logger,
    findAgent: shareLookups((slug) => findAgentBySlug(db, slug)),
    tokenLimiter: createRateLimiter({ ...counting, perMinute: rateLimit.tokensPerMinute }),
    agentLimiter: createRateLimiter({
      ...counting,
      name: 'agent',
      perMinute: rateLimit.tokensPerMinute * PAGES_A_TOKEN,
    }),
    isVisitorAtLimit: async (caller) =>
      isVisitorAtLimit(db, caller, await readCallLimits(db, caller.organizationId)),
    noteUntrustedProxy: () => insertNotice(db, 'untrusted-proxy'),
    checks: readinessChecks({ db, livekitUrl: config.livekit.url }),
    office: officeParts,
    assistants: masterKey && {
      platforms: PLATFORMS,
      assistantLimiter: createRateLimiter({
        ...counting,
        name: 'assistant',
        perMinute: rateLimit.webhooksPerMinute * MESSAGES_A_WEBHOOK,
      }),
      findAssistant: assistantFinder({ db: assistantsDb, masterKey, now }),
      answerMessage: messageAnswerer({
        db: assistantsDb,
        masterKey,
        providers: readProviders(process.env),
        logger,
        now,
      }),
    },
    webhooks: masterKey && {
      providers: PROVIDERS,
      receiveDelivery: deliveryReceiver({ db, masterKey }),
      webhookLimiter: createRateLimiter({
        ...counting,
        name: 'webhook',
        perMinute: rateLimit.webhooksPerMinute,
      }),
    },
  });

  const destroy = () => Promise.all([db.destroy(), officeDb.destroy(), assistantsDb.destroy()]);
  const server = createHttpServer({ maxConnections: MAX_CONNECTIONS }, app);
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (server.listening) {
      // One connection could not be taken, e.g. with too many files open: the others go on.
      logger.error({ err: error }, 'a connection could not be taken');
      return;
    }
    logger.fatal(
      { err: error },
      error.code === 'EADDRINUSE'
        ? `port ${config.port} on ${config.host} is taken: set PORT to a free one`
        : 'the server failed',
    );
    process.exitCode = 1;
    void destroy();
  });
  server.listen(config.port, config.host, () => {
    const { address, port, family } = server.address() as AddressInfo;
    const host = family === 'IPv6' ? `[${address}]` : address;
    announceReady(logger, { url: `http://${host}:${port}` });
  });

  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => server.closeAllConnections(), GRACE).unref();
    server.close(() => {
      void destroy().then(() => logger.info('stopped'));
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

try {
  await main();
} catch (error) {
  failProcess('token-server', error, 'could not start', explainDatabaseTrouble);
}
