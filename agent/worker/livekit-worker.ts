import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { JobType, ServerMessage, WorkerMessage, WorkerStatus } from '@livekit/protocol';
import type { AvailabilityRequest, JobAssignment } from '@livekit/protocol';
import { AccessToken } from 'livekit-server-sdk';
import { WebSocket } from 'ws';
import type { Logger } from '../../runtime/logger.ts';
import { agentIdentity } from './agent-token.ts';

/** Milliseconds; a call that LiveKit does not assign to us by then went elsewhere. */
const ASSIGNED_WITHIN = 10_000;
/** Milliseconds between two looks whether calls are still on their way. */
const DRAIN_PAUSE = 50;
/** Milliseconds between two words on our load, each with a question whether LiveKit is there. */
const BEAT = 2_500;
/** Milliseconds. */
const HANDSHAKE_TIMEOUT = 10_000;
/** Milliseconds by which each pause between two tries to connect is longer than the one before. */
const LONGER_EACH_TIME = 2_000;
/** Milliseconds between two tries to connect. */
const LONGEST_PAUSE = 10_000;
/**
 * Calls at once that are told that no line is free: where no worker is available, LiveKit drops a call
 * without a word.
 */
const TURNED_AWAY_AT_MOST = 3;
/**
 * The load of a worker at its limit. LiveKit drops calls where nobody is below 0.7 (`target_load` of its
 * configuration, livekit-server 1.13).
 */
const LOAD_AT_LIMIT = 0.69;
/** Tries in a row, of about a minute, after which an operator should look. */
const WORTH_A_LOOK = 8;

const KEYS_REFUSED =
  'LiveKit refuses the key: LIVEKIT_API_KEY and LIVEKIT_API_SECRET are to be as in its own configuration.';

/** A call that LiveKit gave to this worker. */
export interface AssignedCall {
  id: string;
  /** As the dispatch carries it. */
  metadata: string;
  roomName: string;
  /** ws:// or wss://. */
  url: string;
  /** Joins the room as the agent; of a call that is taken over it is signed anew. */
  token: string;
  /** The process that had it and died, as the call's row names it; null of a call that begins. */
  takenFrom: string | null;
  /** The worker has as many calls as it serves: this one is told so. */
  isTurnedAway: boolean;
}

export interface LiveKitWorkerOptions {
  url: string;
  apiKey: string;
  apiSecret: string;
  /** Under which dispatches ask for it. */
  name: string;
  /** Calls at once. */
  limit: number;
  /** Of the calls that are served now, and of those that are told that no line is free. */
  count: () => { served: number; turnedAway: number };
  /** Whether a call would be served at once. */
  isOpen: () => boolean;
  /** Whether no other worker is at work; false where nobody knows. */
  isAlone: () => boolean;
  serve: (call: AssignedCall) => void;
  /** LiveKit wants the end of a call. */
  end: (id: string) => void;
  /** Milliseconds between two tries to connect at the most; 10,000 unless given. */
  longestPause?: number;
  logger: Logger;
}

type Message = NonNullable<NonNullable<ConstructorParameters<typeof WorkerMessage>[0]>['message']>;

/** What an agent may do in a room. */
const PERMISSIONS = {
  canPublish: true,
  canSubscribe: true,
  canPublishData: true,
  canUpdateMetadata: true,
  agent: true,
};

/**
 * The worker as LiveKit knows it (livekit_agent.proto): it registers, says for each call whether there
 * is room for it, and is handed those that are. The framework's own worker starts a process for each
 * call; this one leaves it to `serve` where a call lives.
 *
 * Calls go on while the connection is lost; it is made anew.
 */
export class LiveKitWorker {
  readonly #options: LiveKitWorkerOptions;
  /** Calls we said yes to and have not got yet, with what forgets them. */
  readonly #accepted = new Map<string, NodeJS.Timeout>();
  readonly #registered = Promise.withResolvers<void>();
  /** Since when LiveKit cannot be reached, and why; null while it can. */
  #trouble: { since: number; why: string } | null = null;
  #socket: WebSocket | undefined;
  #isRegistered = false;
  #isDraining = false;
  #isClosed = false;

  constructor(options: LiveKitWorkerOptions) {
    this.#options = options;
  }

  /** Whether calls can come. */
  get isRegistered(): boolean {
    return this.#isRegistered;
  }

  /** Why no calls can come, for an operator; null while they can. */
  get trouble(): string | null {
    if (this.#isRegistered) return null;
    if (!this.#trouble) return 'LiveKit does not know the worker yet.';
    const { since, why } = this.#trouble;
    const seconds = Math.round((performance.now() - since) / 1_000);
    return `LiveKit cannot be reached for ${seconds} s: ${why}`;
  }

  /** Resolves once calls can come. */
  get registered(): Promise<void> {
    return this.#registered.promise;
  }

  /**
   * Serves until it is closed. A LiveKit that cannot be reached is tried for ever: calls may be going
   * on, of which it is only the worker's connection that is lost, and a process that was started again
   * would reach it no sooner. Meanwhile there is {@link trouble}.
   */
  async run(): Promise<void> {
    const { logger, longestPause = LONGEST_PAUSE } = this.#options;
    let retries = 0;
    while (!this.#isClosed) {
      try {
        const socket = await this.#connect();
        retries = 0;
        await this.#listen(socket);
      } catch (error) {
        if (this.#isClosed) return;
        retries += 1;
        const why = error instanceof Error ? error.message : String(error);
        this.#trouble = { since: this.#trouble?.since ?? performance.now(), why };
        const delay = Math.min(retries * LONGER_EACH_TIME, longestPause);
        const level = retries % WORTH_A_LOOK === 0 ? 'error' : 'warn';
        logger[level]({ err: error, delay, retries }, 'LiveKit cannot be reached');
        await pause(delay);
      }
    }
  }

  /** Takes no more calls; those it has go on. Resolves when it has got all that it has said yes to. */
  async drain(): Promise<void> {
    this.#isDraining = true;
    this.tellLoad();
    while (this.#accepted.size > 0) await pause(DRAIN_PAUSE);
  }

  /** Leaves LiveKit for good; `run` resolves. Calls that go on are not ended. */
  close(): void {
    this.#isClosed = true;
    this.#socket?.close();
  }

  /** Whether one more call can be served. */
  get hasRoom(): boolean {
    return (
      this.#answers && this.#options.count().served + this.#accepted.size < this.#options.limit
    );
  }

  /** Tells LiveKit how full we are: it rather offers the next call elsewhere. */
  tellLoad(): void {
    const { count, limit } = this.#options;
    const share = Math.min((count().served + this.#accepted.size) / limit, 1);
    const [load, status] = this.#answers
      ? [share * LOAD_AT_LIMIT, WorkerStatus.WS_AVAILABLE]
      : [1, WorkerStatus.WS_FULL];
    this.#send({ case: 'updateWorker', value: { load, status } });
  }

  /**
   * Whether one more call can be answered, and be it with a word that no line is free; that only where
   * there is no other worker, which might have one.
   */
  get #answers(): boolean {
    const { isOpen, isAlone, limit, count } = this.#options;
    const { served, turnedAway } = count();
    const all = Math.min(served, limit) + turnedAway + this.#accepted.size;
    const most = limit + (isAlone() ? TURNED_AWAY_AT_MOST : 0);
    return !this.#isDraining && isOpen() && all < most;
  }

  async #connect(): Promise<WebSocket> {
    const { url: given, apiKey, apiSecret } = this.#options;
    const url = new URL('agent', given.replace(/\/?$/, '/'));
    url.protocol = url.protocol.replace('http', 'ws');
    const token = new AccessToken(apiKey, apiSecret);
    token.addGrant({ agent: true });
    const socket = new WebSocket(url, {
      headers: { Authorization: `Bearer ${await token.toJwt()}` },
      handshakeTimeout: HANDSHAKE_TIMEOUT,
    });
    this.#socket = socket;
    const opened = Promise.withResolvers<void>();
    socket.once('open', opened.resolve);
    socket.on('error', opened.reject);
    socket.once('unexpected-response', (_, { statusCode }) => {
      const isRefused = statusCode === 401 || statusCode === 403;
      opened.reject(
        new Error(
          isRefused ? KEYS_REFUSED : `LiveKit answers ${statusCode}: is ${given} its address?`,
        ),
      );
      socket.terminate();
    });
    await opened.promise;
    return socket;
  }

  /** Resolves never; rejects when the connection is lost. */
  async #listen(socket: WebSocket): Promise<void> {
    const { logger, name } = this.#options;
    const closed = once(socket, 'close');
    socket.on('error', (err) => logger.warn({ err }, 'the connection to LiveKit failed'));
    socket.on('message', (data: Buffer) => this.#receive(ServerMessage.fromBinary(data)));
    let isAnswered = true;
    socket.on('pong', () => (isAnswered = true));
    this.#send({
      case: 'register',
      value: { type: JobType.JT_ROOM, agentName: name, allowedPermissions: PERMISSIONS },
    });
    const beat = setInterval(() => {
      this.tellLoad();
      // A connection can be lost without a word.
      if (!isAnswered) socket.terminate();
      isAnswered = false;
      socket.ping();
    }, BEAT);
    try {
      await closed;
    } finally {
      clearInterval(beat);
      this.#isRegistered = false;
    }
    throw new Error('LiveKit closed the connection.');
  }

  #receive({ message }: ServerMessage): void {
    switch (message.case) {
      case 'register':
        this.#isRegistered = true;
        this.#trouble = null;
        this.#registered.resolve();
        break;
      case 'availability':
        this.#answer(message.value);
        break;
      case 'assignment':
        this.#begin(message.value);
        break;
      case 'termination':
        this.#options.end(message.value.jobId);
        break;
      case 'pong':
      case undefined:
        break;
    }
  }

  /** In a burst LiveKit offers more than the load it was told of leaves room for. */
  #answer({ job }: AvailabilityRequest): void {
    if (!job) return;
    const { id: jobId } = job;
    const available = this.#answers;
    if (available) {
      const forget = setTimeout(() => this.#accepted.delete(jobId), ASSIGNED_WITHIN);
      this.#accepted.set(jobId, forget.unref());
    }
    const participantAttributes = { 'lk.agent.name': this.#options.name };
    this.#send({
      case: 'availability',
      value: {
        jobId,
        available,
        participantIdentity: agentIdentity(jobId),
        participantAttributes,
      },
    });
  }

  #begin({ job, token, url }: JobAssignment): void {
    if (!job) return;
    clearTimeout(this.#accepted.get(job.id));
    if (!this.#accepted.delete(job.id)) {
      this.#options.logger.warn({ jobId: job.id }, 'LiveKit gave a call that was not accepted');
      return;
    }
    this.#options.serve({
      id: job.id,
      metadata: job.metadata,
      roomName: job.room?.name ?? '',
      url: url ?? this.#options.url,
      token,
      takenFrom: null,
      isTurnedAway: this.#options.count().served >= this.#options.limit,
    });
    this.tellLoad();
  }

  #send(message: Message): void {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN) return;
    socket.send(new WorkerMessage({ message }).toBinary());
  }
}
