import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { randomInt } from 'node:crypto';
import { PortTakenError, StartError } from './start-error.ts';

export interface PortRequest {
  port: number;
  protocol: 'tcp' | 'udp';
  host: string;
  partTitle: string;
  /** Completes "Stop that program, or …". */
  howToChange: string;
}

/**
 * @throws {PortTakenError} other programs hold some of the ports
 * @throws {StartError} this machine does not have the address that HOST names
 */
export async function requireFreePorts(requests: readonly PortRequest[]): Promise<void> {
  const free = await Promise.all(
    requests.map((request) => canBind(request.port, request.protocol, request.host)),
  );
  const taken = requests.filter((_request, index) => !free[index]);
  if (taken.length > 0) throw new PortTakenError(taken);
}

/**
 * Picks ports of 127.0.0.1 that are free for TCP and UDP. They come from below the range that
 * systems hand out to outgoing connections (32768 and up on Linux, 49152 and up elsewhere), so that
 * a connection made in the next second does not take one.
 */
export async function pickFreePorts(count: number): Promise<number[]> {
  const picked = new Set<number>();
  for (let attempt = 0; picked.size < count; attempt += 1) {
    if (attempt > 1_000) throw new Error('No free ports were found between 20000 and 32000.');
    const port = randomInt(20_000, 32_000);
    if (picked.has(port)) continue;
    const free = await Promise.all([
      canBind(port, 'tcp', '127.0.0.1'),
      canBind(port, 'udp', '127.0.0.1'),
    ]);
    if (free.every(Boolean)) picked.add(port);
  }
  return [...picked];
}

async function canBind(port: number, protocol: 'tcp' | 'udp', host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(error.code ?? '')) {
        reject(new StartError(`HOST is ${host}, which is no address of this machine: correct it.`));
      } else reject(error);
    };
    if (protocol === 'tcp') {
      const server = createServer();
      server.once('error', onError);
      server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
    } else {
      const socket = createSocket('udp4');
      socket.once('error', onError);
      socket.bind({ port, address: host, exclusive: true }, () =>
        socket.close(() => resolve(true)),
      );
    }
  });
}
