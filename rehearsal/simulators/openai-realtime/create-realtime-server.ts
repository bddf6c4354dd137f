import { createServer, STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { isAuthorized } from './authorization.ts';
import { createRandomIdentifier, type CreateIdentifier } from './identifiers.ts';
import type { Mind } from './mind/mind.ts';
import { RealtimeSession } from './realtime-session.ts';
import { TRANSCRIPT_LEAD } from './speech-stream.ts';
import { modelList } from './model-list.ts';
import type { ListedModel } from './model-list.ts';
import type { ServerEvent } from './server-events.ts';

export interface RealtimeServerOptions {
  mind: Mind;
  /** The bearer token every connection must carry. */
  apiKey: string;
  logger: Logger;
  /** How many times faster than it is played speech is sent. Default 6. */
  speechPace?: number;
  /** Milliseconds by which words are sent ahead of their sound; behind it, where negative. Default 200. */
  transcriptLead?: number;
  /** How long the mind's speech detector takes to notice a change, milliseconds. Default 96: three frames. */
  detectorLag?: number;
  /** How long a session may last, milliseconds. Default 60 minutes, as the real service's. */
  sessionDuration?: number;
  /** What `GET /v1/models` answers; by default the models of November 2026 that Slotline names. */
  models?: readonly ListedModel[];
  now?: () => number;
  createId?: CreateIdentifier;
  /** Sees each message of a client as it comes, with the id of its session. */
  onMessage?: (text: string, sessionId: string) => void;
}

export interface RealtimeServer {
  /** Port 0 takes a free one; resolves with the port listened on. */
  listen(address: { host: string; port: number }): Promise<number>;
  /** Ends every session and stops listening. */
  close(): Promise<void>;
}

const PATH = '/v1/realtime';
const MODELS_PATH = '/v1/models';
/** Base64 of the 15 MiB of audio that one append may hold, and the event around it. */
const LARGEST_MESSAGE = 24 * 1024 * 1024;

/** A server of the OpenAI Realtime GA protocol over WebSocket whose model is the given mind. */
export function createRealtimeServer(options: RealtimeServerOptions): RealtimeServer {
  const { apiKey, logger } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });
  const server = createServer((request, response) => answer(request, response, options));

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', (error) => logger.debug({ err: error }, 'socket failed'));
    const url = requestUrl(request);
    if (url.pathname !== PATH) return refuseUpgrade(socket, 404, notFound(url));
    if (!isAuthorized(request, apiKey)) return refuseUpgrade(socket, 401, WRONG_KEY);
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      openSession(webSocket, url.searchParams.get('model'), options);
    });
  });

  return {
    listen: async ({ host, port }) => {
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      server.once('error', reject);
      server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
      return await promise;
    },
    close: async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      for (const webSocket of sockets.clients) webSocket.close(1001, 'server is stopping');
      const deadline = setTimeout(() => {
        for (const webSocket of sockets.clients) webSocket.terminate();
        server.closeAllConnections();
      }, 1000);
      await promise;
      clearTimeout(deadline);
    },
  };
}

function openSession(
  webSocket: WebSocket,
  model: string | null,
  options: RealtimeServerOptions,
): void {
  const createId = options.createId ?? createRandomIdentifier;
  const now = options.now ?? Date.now;
  const duration = options.sessionDuration ?? 60 * 60_000;
  const send = (event: ServerEvent): void => {
    const message = JSON.stringify({ event_id: createId('event'), ...event });
    if (webSocket.readyState === webSocket.OPEN) webSocket.send(message);
  };
  if (model === null || model === '') {
    send(errorEvent('missing_model', 'You must provide a model parameter.', 'model'));
    webSocket.close(4000, 'invalid_request_error.missing_model');
    return;
  }

  const id = createId('sess');
  const logger = options.logger.child({ sessionId: id });
  const session = new RealtimeSession({
    id,
    mind: options.mind,
    model,
    send,
    logger,
    createId,
    now,
    speechPace: options.speechPace ?? 6,
    transcriptLead: options.transcriptLead ?? TRANSCRIPT_LEAD,
    detectorLag: options.detectorLag ?? 96,
    expiresAt: now() + duration,
    broken: (error) => {
      logger.error({ err: error }, 'session broke');
      webSocket.close(1011, 'server_error');
    },
  });
  logger.info({ model }, 'session opened');
  const expiry = setTimeout(() => {
    const minutes = Math.round(duration / 60_000);
    const text = `Your session hit the maximum duration of ${minutes} minutes.`;
    send(errorEvent('session_expired', text, null));
    webSocket.close(1001, 'session_expired');
  }, duration);

  webSocket.on('message', (data: RawData) => {
    const text = asText(data);
    options.onMessage?.(text, id);
    session.receive(text);
  });
  webSocket.on('error', (error) => logger.warn({ err: error }, 'connection failed'));
  webSocket.once('close', (code) => {
    clearTimeout(expiry);
    session.close();
    logger.info({ code }, 'session closed');
  });
}

function asText(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.from(data as Buffer).toString('utf8');
}

interface ErrorBody {
  message: string;
  type: string;
  param: string | null;
  code: string | null;
}

const WRONG_KEY: ErrorBody = {
  message: 'Incorrect API key provided.',
  type: 'invalid_request_error',
  param: null,
  code: 'invalid_api_key',
};

function notFound(url: URL): ErrorBody {
  const message = `Invalid URL (${url.pathname})`;
  return { message, type: 'invalid_request_error', param: null, code: null };
}

function errorEvent(code: string, message: string, param: string | null): ServerEvent {
  return {
    type: 'error',
    error: { type: 'invalid_request_error', code, message, param, event_id: null },
  };
}

function requestUrl(request: IncomingMessage): URL {
  return new URL(request.url ?? '/', 'http://localhost');
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: RealtimeServerOptions,
): void {
  const { apiKey } = options;
  const url = requestUrl(request);
  if (url.pathname === '/healthz') return answerJson(response, 200, { status: 'ok' });
  if (!isAuthorized(request, apiKey)) return answerJson(response, 401, { error: WRONG_KEY });
  if (url.pathname === MODELS_PATH) return answerJson(response, 200, modelList(options.models));
  answerJson(response, 404, { error: notFound(url) });
}

function answerJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function refuseUpgrade(socket: Duplex, status: number, error: ErrorBody): void {
  const body = JSON.stringify({ error });
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      'Connection: close',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}
