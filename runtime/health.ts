import type { AddressInfo } from 'node:net';
import { createHttpServer } from './http-server.ts';
import { within } from './within.ts';
import type { Logger } from './logger.ts';

const LATE = 2_000;
/** Each question for health is one, and closes it. */
const MAX_CONNECTIONS = 50;

export interface HealthOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** Rejects where the process cannot do its work now. */
  check: () => Promise<void>;
  logger: Logger;
}

/**
 * Answers `GET /` with 200 while the process can do its work, with 503 while it cannot; an answer
 * takes two seconds at most.
 *
 * @returns the port, and a function that stops answering
 * @throws when the port is taken
 */
export async function serveHealth(
  options: HealthOptions,
): Promise<{ port: number; stop: () => void }> {
  const server = createHttpServer({ maxConnections: MAX_CONNECTIONS }, (request, response) => {
    const answer = (status: number): void => {
      response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' });
      response.end(status === 200 ? 'ok\n' : 'not ready\n');
    };
    if (request.url !== '/') {
      answer(404);
      return;
    }
    within(LATE, options.check()).then(
      () => answer(200),
      (err: unknown) => {
        options.logger.warn({ err }, 'not ready');
        answer(503);
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    // Stays for the life of the server: a connection that cannot be taken is no reason to end.
    server.on('error', (err) => {
      if (server.listening) options.logger.warn({ err }, 'health could not be asked for');
      reject(err);
    });
    server.listen(options.port, options.host, resolve);
  });
  // A question for health does not keep the process.
  server.unref();
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
