import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { vi } from 'vitest';
import { getLivekitBinary } from '../../start/livekit-binary.ts';

/** The LiveKit server that `npm start` would use; the first time it is downloaded or built. */
export async function findLiveKit(): Promise<string> {
  const { path } = await getLivekitBinary({
    chosen: process.env['LIVEKIT_SERVER_BIN'] || undefined,
    environment: process.env,
    caches: [
      join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'slotline'),
      join(import.meta.dirname, '../../.slotline/bin'),
    ],
    report: () => {},
    signal: AbortSignal.timeout(280_000),
    async runToEnd(command) {
      await promisify(execFile)(command.file, command.arguments, { env: command.environment });
    },
  });
  return path;
}

/** A real LiveKit server on free loopback ports. */
export async function startLiveKit(
  binary: string,
  { apiKey, apiSecret }: { apiKey: string; apiSecret: string },
) {
  const [port, tcpPort, udpPort] = [await freePort(), await freePort(), await freePort()];
  const config = {
    port,
    bind_addresses: ['127.0.0.1'],
    keys: { [apiKey]: apiSecret },
    rtc: {
      tcp_port: tcpPort,
      udp_port: udpPort,
      use_external_ip: false,
      node_ip: '127.0.0.1',
      enable_loopback_candidate: true,
      stun_servers: ['127.0.0.1:1'],
    },
  };
  // JSON is YAML.
  const child = spawn(binary, ['--config-body', JSON.stringify(config)], { stdio: 'ignore' });
  const exited = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  const answers = (): Promise<boolean> =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
  await vi.waitUntil(answers, { timeout: 10_000 });
  return {
    url,
    webSocketUrl: `ws://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      // SIGTERM would wait for participants whom a failed test left behind.
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
