import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { JobType, ServerMessage, WorkerMessage, WorkerStatus } from '@livekit/protocol';
import type { AvailabilityRequest, JobAssignment } from '@livekit/protocol';
import { AccessToken } from 'livekit-server-sdk';
import { WebSocket } from 'ws';
import type { Logger } from '../../runtime/logger.ts';

/** Milliseconds; a call that LiveKit does not assign to us by then went elsewhere. */
const ASSIGNED_WITHIN = 10_000;
/** Milliseconds between two looks whether calls are still on their way. */
const DRAIN_PAUSE = 50;
/** Milliseconds between two words on our load, each with a question whether LiveKit is there. */
const BEAT = 2_500;
/** Milliseconds. */
const HANDSHAKE_TIMEOUT = 10_000;
/** About 80 s without a server, after which whoever started the worker is to see it. */
const MOST_RETRIES = 16;
/** Milliseconds between two tries to connect. */
const LONGEST_PAUSE = 10_000;

/** A call that LiveKit gave to this worker. */
export interface AssignedCall {
  id: string;
  /** As the dispatch carries it. */
  metadata: string;
  roomName: string;
  /** ws:// or wss://. */
  url: string;
  /** Joins the room as the agent. */
  token: string;
  /** Whether the process that had it died. */
  isTakenOver: boolean;
}

export interface LiveKitWorkerOptions {
  url: string;
  apiKey: string;
  apiSecret: string;
  /** Under which dispatches ask for it. */
  name: string;
  /** Calls at once. */
  limit: number;
  /** Of the calls that are served now. */
  count: () => number;
  /** Whether a call would be served at once. */
  isOpen: () => boolean;
  serve: (call: AssignedCall) => void;
  /** LiveKit wants the end of a call. */
  end: (id: string) => void;
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

  /** Resolves once calls can come. */
  get registered(): Promise<void> {
    return this.#registered.promise;
  }

  /**
   * Serves until it is closed.
   * @throws {Error} LiveKit cannot be reached, again and again
   */
  async run(): Promise<void> {
    let retries = 0;
    while (!this.#isClosed) {
      try {
        const socket = await this.#connect();
        retries = 0;
        await this.#listen(socket);
      } catch (error) {
        if (this.#isClosed) return;
        retries += 1;
        if (retries > MOST_RETRIES) throw error;
        const delay = Math.min(retries * 2_000, LONGEST_PAUSE);
        this.#options.logger.warn({ err: error, delay }, 'LiveKit cannot be reached');
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

  /** Tells LiveKit how full we are: it offers the next call elsewhere. */
  tellLoad(): void {
    const { isOpen, limit } = this.#options;
    const load = this.#isDraining || !isOpen() ? 1 : this.#taken / limit;
    const status = load >= 1 ? WorkerStatus.WS_FULL : WorkerStatus.WS_AVAILABLE;
    this.#send({ case: 'updateWorker', value: { load, status } });
  }

  get #taken(): number {
    return this.#options.count() + this.#accepted.size;
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
    await once(socket, 'open');
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
    const { isOpen, limit } = this.#options;
    const available = !this.#isDraining && isOpen() && this.#taken < limit;
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
        participantIdentity: `agent-${jobId}`,
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
      isTakenOver: false,
    });
    this.tellLoad();
  }

  #send(message: Message): void {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN) return;
    socket.send(new WorkerMessage({ message }).toBinary());
  }
}
