import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { RoomServiceClient, SipClient } from 'livekit-server-sdk';
import { vi } from 'vitest';
import type { Database } from '../../db/database.ts';
import { syncTrunks } from '../../calls/trunks/sync-trunks.ts';
import { createRealtimeServer } from '../../rehearsal/simulators/openai-realtime/create-realtime-server.ts';
import type { Mind } from '../../rehearsal/simulators/openai-realtime/mind/mind.ts';
import { startLiveKit } from './livekit-server.ts';
import { startLivekitSip } from './livekit-sip.ts';
import type { LivekitSip } from './livekit-sip.ts';
import { insertPhoneTenant } from './phone-line.ts';
import type { PhoneTenant } from './phone-line.ts';
import { startRedis } from './redis-server.ts';
import type { TestDatabase } from './test-database.ts';
import { startWorker } from './worker.ts';
import type { Worker } from './worker.ts';

export interface PhoneHostOptions {
  database: TestDatabase;
  /** Path of the program. */
  livekitSip: string;
  /** The model's. */
  mind: Mind;
  /** For the worker. */
  environment?: Record<string, string>;
}

/** All that answers a phone, each part real but the model: Redis, LiveKit, LiveKit SIP, the worker. */
export interface PhoneHost extends AsyncDisposable {
  sip: LivekitSip;
  worker: Worker;
  /** Makes a business that is called on a number, and tells LiveKit. */
  addNumber(
    options: Omit<Parameters<typeof insertPhoneTenant>[1], 'masterKey'>,
  ): Promise<PhoneTenant>;
  sync(): Promise<void>;
  rooms(): Promise<string[]>;
  /** Waits until no room, no open row and no process of a call is left. */
  untilQuiet(): Promise<void>;
}

const LIVEKIT = { apiKey: 'test-key', apiSecret: randomBytes(32).toString('hex') };
const WORKER_NAME = 'slotline';
/** What `agent/worker/hosted-calls.ts` logs last of a call. */
const NOTHING_LEFT = 'nothing is left of the call';

/** Starts them on free loopback ports. */
export async function startPhoneHost(options: PhoneHostOptions): Promise<PhoneHost> {
  const { database } = options;
  await using starting = new AsyncDisposableStack();
  const masterKey = randomBytes(32);
  const redis = starting.use(await startRedis());
  const livekit = starting.use(await startLiveKit({ ...LIVEKIT, redisPort: redis.port }));
  const { url, webSocketUrl } = livekit;
  const sip = starting.use(
    await startLivekitSip({
      ...LIVEKIT,
      program: options.livekitSip,
      webSocketUrl,
      redisPort: redis.port,
    }),
  );
  const model = createRealtimeServer({
    mind: options.mind,
    apiKey: 'test',
    logger: pino({ level: 'silent' }),
  });
  const modelPort = await model.listen({ host: '127.0.0.1', port: 0 });
  starting.defer(() => model.close());
  const worker = await startWorker({
    DATABASE_URL: database.url,
    LIVEKIT_URL: webSocketUrl,
    LIVEKIT_API_KEY: LIVEKIT.apiKey,
    LIVEKIT_API_SECRET: LIVEKIT.apiSecret,
    SLOTLINE_WORKER_NAME: WORKER_NAME,
    SLOTLINE_MASTER_KEY: masterKey.toString('base64'),
    OPENAI_API_KEY: 'test',
    OPENAI_BASE_URL: `http://127.0.0.1:${modelPort}/v1`,
    LOG_LEVEL: 'debug',
    ...options.environment,
  });
  starting.defer(() => worker.stop());
  const client = new SipClient(url, LIVEKIT.apiKey, LIVEKIT.apiSecret);
  const roomService = new RoomServiceClient(url, LIVEKIT.apiKey, LIVEKIT.apiSecret);
  const rooms = async (): Promise<string[]> =>
    (await roomService.listRooms()).map(({ name }) => name);
  const sync = async (): Promise<void> => {
    const { conflicts } = await syncTrunks({
      db: database.db,
      client,
      workerName: WORKER_NAME,
      masterKey: () => masterKey,
    });
    if (conflicts.length > 0) throw new Error('LiveKit has trunks that are not ours.');
  };
  const parts = starting.move();
  return {
    sip,
    worker,
    rooms,
    sync,
    addNumber: async (number) => {
      const tenant = await insertPhoneTenant(database.db, {
        allowedAddresses: number.password === undefined ? ['127.0.0.1'] : [],
        ...number,
        masterKey,
      });
      await sync();
      return tenant;
    },
    untilQuiet: async () => {
      const left = async () => ({
        rooms: await rooms(),
        openCalls: await countOpenCalls(database.db),
        calls: callsLeft(worker),
      });
      const isQuiet = async (): Promise<boolean> => {
        const { rooms, openCalls, calls } = await left();
        return rooms.length === 0 && openCalls === 0 && calls.length === 0;
      };
      // LiveKit SIP ends a call that nobody acknowledged after half a minute.
      await vi.waitUntil(isQuiet, { timeout: 75_000, interval: 50 }).catch(async () => {
        throw new Error(`Something of a call is left: ${JSON.stringify(await left())}`);
      });
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

async function countOpenCalls(db: Database): Promise<number> {
  const open = await db.selectFrom('calls').select('id').where('endedAt', 'is', null).execute();
  return open.length;
}

/** Calls that were begun, and of which something is left in their process. */
function callsLeft(worker: Worker): unknown[] {
  const ofCalls = worker.log.filter(({ part, jobId }) => part === 'call' && jobId !== undefined);
  const over = ofCalls.filter(({ msg }) => msg === NOTHING_LEFT).map(({ jobId }) => jobId);
  return [...new Set(ofCalls.map(({ jobId }) => jobId))].filter((id) => !over.includes(id));
}
