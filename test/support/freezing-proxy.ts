import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface FreezingProxy {
  url: string;
  /** From now on nothing is forwarded, and nobody is told. */
  freeze(): void;
  /** Forwards connections that are made from now on. */
  takeNew(): void;
  stop(): Promise<void>;
}

/** A server on loopback in front of the test server that can stop to forward. */
export async function startFreezingProxy(target: string): Promise<FreezingProxy> {
  const { hostname, port, pathname, username, password } = new URL(target);
  const sockets = new Set<Socket>();
  let isFrozen = false;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => socket.destroy());
    }
    if (isFrozen) return;
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = (server.address() as AddressInfo).port;
  return {
    url: `postgres://${username}:${password}@127.0.0.1:${at}${pathname}`,
    freeze() {
      isFrozen = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    takeNew() {
      isFrozen = false;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
