import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { pickFreePorts } from '../../start/ports.ts';
import { untilListening } from './until-listening.ts';

export interface LivekitSip extends AsyncDisposable {
  /** SIP over UDP and TCP, on loopback. */
  port: number;
  hasEnded(): boolean;
  /** Lines of its log, parsed. */
  log: Record<string, unknown>[];
}

/** A real LiveKit SIP on free loopback ports, beside the LiveKit server that shares its Redis. */
export async function startLivekitSip(options: {
  program: string;
  apiKey: string;
  apiSecret: string;
  webSocketUrl: string;
  redisPort: number;
}): Promise<LivekitSip> {
  const [port = 0] = await pickFreePorts(1);
  // Above the ports that are handed out one by one.
  const rtp = 32_000 + 200 * randomInt(3);
  const config = {
    api_key: options.apiKey,
    api_secret: options.apiSecret,
    ws_url: options.webSocketUrl,
    redis: { address: `127.0.0.1:${options.redisPort}` },
    sip_port: port,
    rtp_port: `${rtp}-${rtp + 199}`,
    listen_ip: '127.0.0.1',
    use_external_ip: false,
    nat_1_to_1_ip: '127.0.0.1',
    rtp_draining_idle_timeout: '-1s',
    // It would refuse calls on a machine that other tests keep busy.
    max_cpu_utilization: 1,
    logging: { level: 'info', json: true },
  };
  // JSON is YAML.
  const child = spawn(options.program, ['--config-body', JSON.stringify(config)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log: Record<string, unknown>[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (text) => {
      if (text.startsWith('{')) log.push(JSON.parse(text) as Record<string, unknown>);
    });
  }
  const exited = once(child, 'exit');
  await untilListening(port, exited);
  return {
    port,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    log,
    async [Symbol.asyncDispose]() {
      // SIGTERM would wait for calls that a failed test left behind.
      child.kill('SIGKILL');
      await exited;
    },
  };
}
