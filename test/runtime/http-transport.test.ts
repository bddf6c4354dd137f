import { execFile } from 'node:child_process';
import { createServer as createHttpServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BodyTooLargeError, createTransport } from '../../runtime/http-transport.ts';

const READER = fileURLToPath(new URL('read-answers.ts', import.meta.url));
const MEGABYTE = 1_024 * 1_024;
const TIMES = 30;

describe('an answer of 2 MB on a connection that the server closes', () => {
  it('kills a process that reads it with the fetch of Node', async () => {
    const { code, output } = await read(await closingServer(2 * MEGABYTE), 'built-in');
    expect(output).toContain('assert(!this.paused)');
    expect(code).not.toBe(0);
  });

  it.each(['transport', 'guarded'])('is read whole, each time, by what is %s', async (means) => {
    const { code, output } = await read(await closingServer(2 * MEGABYTE), means);
    expect(output.trim().split('\n')).toEqual(
      Array.from({ length: TIMES }, () => String(2 * MEGABYTE)),
    );
    expect(code).toBe(0);
  });
});

describe('the transport', () => {
  it('gives what was answered: status, headers and body', async () => {
    const url = await httpServer((request, response) => {
      response.writeHead(418, { 'X-Method': request.method });
      request.pipe(response);
    });
    const answer = await createTransport()(url, { method: 'PUT', body: 'tea' });
    expect([answer.status, answer.headers.get('x-method')]).toEqual([418, 'PUT']);
    expect(await answer.text()).toBe('tea');
    const none = await httpServer((_, response) => response.writeHead(204).end());
    expect((await createTransport()(none)).body).toBeNull();
  });

  it('cuts off a body that is longer than its limit, packed or not', async () => {
    const fetch = createTransport({ bodyLimit: MEGABYTE });
    const endless = await httpServer((_, response) => {
      const write = (): boolean => response.write(Buffer.alloc(64 * 1_024));
      response.on('drain', write);
      write();
    });
    await expect((await fetch(endless)).text()).rejects.toThrow(BodyTooLargeError);
    const packed = await httpServer((_, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' });
      response.end(gzipSync(Buffer.alloc(2 * MEGABYTE)));
    });
    await expect((await fetch(packed)).text()).rejects.toThrow(BodyTooLargeError);
    const fitting = await httpServer((_, response) => response.end(Buffer.alloc(MEGABYTE)));
    expect((await (await fetch(fitting)).arrayBuffer()).byteLength).toBe(MEGABYTE);
  });

  it('gives up at its deadline, before the answer and in the middle of it', async () => {
    const silent = await httpServer(() => undefined);
    const soon = createTransport({ deadline: 150 })(silent);
    await expect(soon).rejects.toMatchObject({ name: 'TimeoutError' });
    const halting = await httpServer((_, response) => void response.write('half'));
    // Time enough for a busy machine to send its head.
    const answer = await createTransport({ deadline: 2_000 })(halting);
    await expect(answer.text()).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('obeys the signal of who asks', async () => {
    const silent = await httpServer(() => undefined);
    const asking = new AbortController();
    const answer = createTransport()(silent, { signal: asking.signal });
    asking.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
  });

  it('says as the fetch of Node does why there is no connection', async () => {
    const server = createServer();
    const url = await listening(server);
    server.close();
    await expect(createTransport()(url)).rejects.toMatchObject({
      name: 'TypeError',
      cause: { code: 'ECONNREFUSED', syscall: 'connect' },
    });
  });
});

/** What a process of its own said that read an address again and again, and how it ended. */
function read(url: string, means: string): Promise<{ code: unknown; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [READER, url, means, String(TIMES)], (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, output: `${stdout}${stderr}` });
    });
  });
}

/** Answers as HTTP/1.0 does: the end of the connection is the end of the body. */
function closingServer(bytes: number): Promise<string> {
  const head = 'HTTP/1.0 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\n\r\n';
  const body = Buffer.alloc(bytes, 'a');
  return listening(
    createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        socket.write(head);
        socket.end(body);
      });
    }),
  );
}

async function httpServer(listener: RequestListener): Promise<string> {
  const server = createHttpServer(listener);
  onTestFinished(() => server.closeAllConnections());
  return listening(server);
}

async function listening(server: Server): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
