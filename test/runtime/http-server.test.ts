import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHttpServer } from '../../runtime/http-server.ts';
import type { HttpServerOptions } from '../../runtime/http-server.ts';

describe('an HTTP server of ours', () => {
  it.each([
    ['headers', 'GET / HTTP/1.1\r\nHost: x\r\nX-a: '],
    ['a body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{'],
  ])('closes a connection that sends half of %s when its time is over', async (_part, sent) => {
    const dial = await serve({ maxConnections: 10, patience: 200 });
    const began = performance.now();
    const socket = dial();
    socket.write(sent);
    await once(socket, 'close');
    expect(performance.now() - began).toBeGreaterThan(150);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('closes what is one connection too many, and serves the others', async () => {
    const dial = await serve({ maxConnections: 2 });
    const served = [dial(), dial()];
    await Promise.all(served.map((socket) => once(socket, 'connect')));
    await once(dial(), 'close');
    for (const socket of served) {
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 /);
    }
  });
});

/** Answers who dials the server, which ends with the test. */
async function serve(options: HttpServerOptions): Promise<() => Socket> {
  const server = createHttpServer(options, (request, response) => {
    request.resume();
    request.on('error', () => undefined);
    request.on('end', () => response.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return () => {
    const socket = connect(port, '127.0.0.1');
    // A connection that is cut off may say so.
    socket.on('error', () => undefined);
    socket.resume();
    return socket;
  };
}
