import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { inject, vi } from 'vitest';
import { pickFreePorts } from '../../start/ports.ts';

/** A real LiveKit server on free loopback ports; with Redis, LiveKit SIP can join it. */
export async function startLiveKit({
  apiKey,
  apiSecret,
  redisPort,
}: {
  apiKey: string;
  apiSecret: string;
  redisPort?: number;
}) {
  const binary = inject('livekitServer');
  if (!binary) throw new Error('There is no LiveKit server: skip the test.');
  const [port, tcpPort, udpPort] = await pickFreePorts(3);
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
    ...(redisPort === undefined ? {} : { redis: { address: `127.0.0.1:${redisPort}` } }),
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
