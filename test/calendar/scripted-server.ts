import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ScriptedAnswer {
  status?: number;
  headers?: Record<string, string>;
  /** Sent as JSON, or as it is where it is text. */
  body?: unknown;
}

/** An answer, or what becomes of the connection instead of one. */
export type ScriptStep = ScriptedAnswer | 'hang' | 'reset';

export interface SeenRequest {
  method: string;
  /** With the query. */
  path: string;
  headers: Record<string, string | string[] | undefined>;
  /** Text where it is not said to be JSON; null where there is none. */
  body: unknown;
}

/**
 * A server on loopback that answers the requests of a test as they come, the last step for ever, or
 * as a function of the request. It ends with the test.
 */
export async function startScripted(
  script: readonly ScriptStep[] | ((request: SeenRequest) => ScriptStep),
): Promise<{ url: string; requests: SeenRequest[] }> {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const seen = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: readBody(text, request.headers['content-type']),
      };
      requests.push(seen);
      const step =
        typeof script === 'function'
          ? script(seen)
          : (script[Math.min(requests.length, script.length) - 1] ?? 'reset');
      answer(step, response);
    });
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  onTestFinished(async () => {
    const closed = Promise.withResolvers<void>();
    server.close(() => closed.resolve());
    server.closeAllConnections();
    await closed.promise;
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

function readBody(text: string, type = ''): unknown {
  if (text === '') return null;
  return /\b(xml|calendar|urlencoded)\b/.test(type) ? text : (JSON.parse(text) as unknown);
}

function answer(step: ScriptStep, response: ServerResponse): void {
  if (step === 'hang') return;
  if (step === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  const { status = 200, headers = {}, body = null } = step;
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
