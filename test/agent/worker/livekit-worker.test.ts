import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Job, ServerMessage, WorkerMessage, WorkerStatus } from '@livekit/protocol';
import { pino } from 'pino';
import { TokenVerifier } from 'livekit-server-sdk';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { LiveKitWorker } from '../../../agent/worker/livekit-worker.ts';
import type { AssignedCall } from '../../../agent/worker/livekit-worker.ts';
import { pickFreePorts } from '../../../start/ports.ts';

const SOON = { timeout: 30_000, interval: 5 };
const KEYS = { apiKey: 'key', apiSecret: 'a-test-secret-of-at-least-32-characters' };

type Sent = NonNullable<NonNullable<ConstructorParameters<typeof ServerMessage>[0]>['message']>;

/** LiveKit's side of the agent protocol, as far as it matters; it says what each test lets it say. */
class LiveKitSide {
  readonly #server: WebSocketServer;
  readonly sockets: WebSocket[] = [];
  readonly received: WorkerMessage['message'][] = [];
  readonly tokens: string[] = [];

  constructor(port = 0) {
    this.#server = new WebSocketServer({ host: '127.0.0.1', port });
    this.#server.on('connection', (socket, request) => {
      this.sockets.push(socket);
      this.tokens.push(request.headers.authorization?.replace('Bearer ', '') ?? '');
      socket.on('message', (data: Buffer) => {
        const { message } = WorkerMessage.fromBinary(data);
        this.received.push(message);
        if (message.case === 'register') this.send({ case: 'register', value: { workerId: 'w' } });
      });
    });
  }

  async listening(): Promise<void> {
    await once(this.#server, 'listening');
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  send(message: Sent): void {
    this.sockets.at(-1)?.send(new ServerMessage({ message }).toBinary());
  }

  /** Offers a call and answers whether the worker has room for it. */
  async offer(id: string): Promise<boolean> {
    this.send({ case: 'availability', value: { job: jobOf(id) } });
    const answer = await vi.waitUntil(
      () => this.#availabilities.find(({ jobId }) => jobId === id),
      SOON,
    );
    return answer.available;
  }

  assign(id: string): void {
    this.send({ case: 'assignment', value: { job: jobOf(id), token: `token-${id}` } });
  }

  get #availabilities() {
    return this.received.flatMap((message) =>
      message.case === 'availability' ? [message.value] : [],
    );
  }

  get statuses(): (WorkerStatus | undefined)[] {
    return this.received.flatMap((message) =>
      message.case === 'updateWorker' ? [message.value.status] : [],
    );
  }

  get loads(): (number | undefined)[] {
    return this.received.flatMap((message) =>
      message.case === 'updateWorker' ? [message.value.load] : [],
    );
  }

  close(): void {
    for (const socket of this.sockets) socket.terminate();
    this.#server.close();
  }
}

const jobOf = (id: string): Job =>
  new Job({ id, metadata: `of ${id}`, room: { name: `room-${id}` } });

describe('the worker as LiveKit knows it', () => {
  let livekit: LiveKitSide;
  let worker: LiveKitWorker;
  let served: AssignedCall[];
  let ended: string[];
  let isOpen: boolean;
  let isAlone: boolean;
  let running: Promise<void>;

  beforeEach(async () => {
    livekit = new LiveKitSide();
    await livekit.listening();
    served = [];
    ended = [];
    isOpen = true;
    isAlone = true;
    worker = new LiveKitWorker({
      url: livekit.url,
      ...KEYS,
      name: 'receptionist',
      limit: 2,
      count: () => {
        const turnedAway = served.filter((call) => call.isTurnedAway).length;
        return { served: served.length - turnedAway, turnedAway };
      },
      isOpen: () => isOpen,
      isAlone: () => isAlone,
      serve: (call) => served.push(call),
      end: (id) => ended.push(id),
      logger: pino({ level: 'silent' }),
    });
    running = worker.run();
    await worker.registered;
  });
  afterEach(async () => {
    worker.close();
    livekit.close();
    await running;
  });

  it('registers by its name, with a token for agents', async () => {
    expect(livekit.received[0]).toMatchObject({
      case: 'register',
      value: { agentName: 'receptionist', allowedPermissions: { canPublish: true, agent: true } },
    });
    const claims = await new TokenVerifier(KEYS.apiKey, KEYS.apiSecret).verify(
      livekit.tokens[0] ?? '',
    );
    expect(claims.video).toEqual({ agent: true });
    expect(worker.isRegistered).toBe(true);
  });

  it('serves what it is given after it has said yes', async () => {
    expect(await livekit.offer('1')).toBe(true);
    livekit.assign('1');
    await vi.waitUntil(() => served.length === 1, SOON);
    expect(served).toEqual([
      {
        id: '1',
        metadata: 'of 1',
        roomName: 'room-1',
        url: livekit.url,
        token: 'token-1',
        takenFrom: null,
        isTurnedAway: false,
      },
    ]);
  });

  it('serves nothing that it has not said yes to', async () => {
    livekit.assign('1');
    expect(await livekit.offer('2')).toBe(true);
    expect(served).toEqual([]);
  });

  it('serves no more calls than it may have, and turns some more away with a word', async () => {
    const ids = ['1', '2', '3', '4', '5', '6'];
    const answers = await Promise.all(ids.map((id) => livekit.offer(id)));
    expect(answers).toEqual([true, true, true, true, true, false]);
    for (const id of ids.slice(0, 5)) livekit.assign(id);
    await vi.waitUntil(() => served.length === 5, SOON);
    expect(served.map(({ isTurnedAway }) => isTurnedAway)).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
    await vi.waitUntil(() => livekit.statuses.at(-1) === WorkerStatus.WS_FULL, SOON);
    expect(worker.hasRoom).toBe(false);

    // One that was turned away has gone: there is no line for the next one either, only a word.
    served.pop();
    worker.tellLoad();
    await vi.waitUntil(() => livekit.statuses.at(-1) === WorkerStatus.WS_AVAILABLE, SOON);
    expect(worker.hasRoom).toBe(false);
    expect(livekit.loads.at(-1)).toBeCloseTo(0.69);

    // One that was served has ended.
    served.shift();
    worker.tellLoad();
    await vi.waitUntil(() => (livekit.loads.at(-1) ?? 1) < 0.4, SOON);
    expect(await livekit.offer('7')).toBe(true);
    livekit.assign('7');
    await vi.waitUntil(() => served.at(-1)?.id === '7', SOON);
    expect(served.at(-1)?.isTurnedAway).toBe(false);
  });

  it('turns nobody away where there is another worker', async () => {
    isAlone = false;
    const answers = await Promise.all(['1', '2', '3'].map((id) => livekit.offer(id)));
    expect(answers).toEqual([true, true, false]);
    worker.tellLoad();
    await vi.waitUntil(() => livekit.statuses.at(-1) === WorkerStatus.WS_FULL, SOON);
  });

  it('takes no more calls once it drains', async () => {
    expect(await livekit.offer('1')).toBe(true);
    const drained = worker.drain();
    await vi.waitUntil(() => livekit.statuses.at(-1) === WorkerStatus.WS_FULL, SOON);
    expect(await livekit.offer('2')).toBe(false);
    livekit.assign('1');
    await drained;
    expect(served).toHaveLength(1);
  });

  it('takes no calls while no process could serve them', async () => {
    isOpen = false;
    expect(await livekit.offer('1')).toBe(false);
  });

  it('ends a call that LiveKit wants ended', async () => {
    livekit.send({ case: 'termination', value: { jobId: '7' } });
    await vi.waitUntil(() => ended.length > 0, SOON);
    expect(ended).toEqual(['7']);
  });

  it('registers again after its connection was lost, and its calls go on', async () => {
    await livekit.offer('1');
    livekit.assign('1');
    await vi.waitUntil(() => served.length === 1, SOON);
    livekit.sockets[0]?.terminate();
    await vi.waitUntil(() => !worker.isRegistered, SOON);
    await vi.waitUntil(() => worker.isRegistered, SOON);
    expect(ended).toEqual([]);
    expect(await livekit.offer('2')).toBe(true);
    expect(worker.hasRoom).toBe(false);
  });

  it('leaves a connection that is lost without a word', async () => {
    // What a dead network does: bytes go out, and nothing comes back.
    livekit.sockets[0]?.pause();
    await vi.waitUntil(() => livekit.sockets.length === 2, SOON);
    await vi.waitUntil(() => worker.isRegistered, SOON);
    expect(await livekit.offer('1')).toBe(true);
  });

  it('goes on trying to reach a LiveKit that is away, and says so', async () => {
    const [port = 0] = await pickFreePorts(1);
    const away = new LiveKitWorker({
      url: `http://127.0.0.1:${port}`,
      ...KEYS,
      name: 'receptionist',
      limit: 2,
      count: () => ({ served: 0, turnedAway: 0 }),
      isOpen: () => true,
      isAlone: () => true,
      serve: () => {},
      end: () => {},
      longestPause: 5,
      logger: pino({ level: 'silent' }),
    });
    expect(away.trouble).toBe('LiveKit does not know the worker yet.');
    const trying = away.run();
    onTestFinished(() => trying);
    onTestFinished(() => away.close());
    await vi.waitUntil(() => away.trouble?.includes('ECONNREFUSED'), SOON);

    // More often than it was tried for before somebody is there.
    const refusing = createServer((_, response) => response.writeHead(401).end());
    let refused = 0;
    refusing.on('upgrade', (_request, socket) => {
      refused += 1;
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
    });
    refusing.listen(port, '127.0.0.1');
    await vi.waitUntil(() => refused > 20, SOON);
    expect(away.trouble).toMatch(/for \d+ s: LiveKit refuses the key: LIVEKIT_API_KEY/);
    refusing.close();
    refusing.closeAllConnections();
    await once(refusing, 'close');

    const back = new LiveKitSide(port);
    onTestFinished(() => back.close());
    await away.registered;
    expect(away.trouble).toBeNull();
  });
});
