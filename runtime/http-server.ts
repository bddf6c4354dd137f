import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';

/** Milliseconds that a client may take to send a whole request. */
const PATIENCE = 10_000;

export interface HttpServerOptions {
  /** Connections at once; more are closed as they come, before they cost a request's memory. */
  maxConnections: number;
  /** Milliseconds for a whole request; 10,000 unless given. */
  patience?: number;
}

/**
 * A server that waits for no half-sent request: it is answered 408 and its connection closed within
 * a tenth more than the patience. Node itself looks only every 30 s.
 */
export function createHttpServer(
  { maxConnections, patience = PATIENCE }: HttpServerOptions,
  listener: RequestListener,
): Server {
  const server = createServer(
    {
      requestTimeout: patience,
      headersTimeout: patience,
      connectionsCheckingInterval: patience / 10,
    },
    listener,
  );
  server.maxConnections = maxConnections;
  return server;
}
