import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SipClient } from 'livekit-server-sdk';
import { describe, expect, inject, it } from 'vitest';
import { parse } from 'yaml';
import { pickFreePorts } from '../../../start/ports.ts';
import { startRedis } from '../../support/redis-server.ts';
import { untilListening } from '../../support/until-listening.ts';

const programs = inject('phonePrograms');
const livekitServer = inject('livekitServer');
const KEY = 'slotline';
const SECRET = 'a-secret-of-thirty-two-characters';

describe.skipIf(!programs || !livekitServer)('the configuration in start/deploy/', () => {
  it('is taken by the real LiveKit server and LiveKit SIP, which then know each other', async () => {
    await using parts = new AsyncDisposableStack();
    const redis = parts.use(await startRedis());
    const [http = 0, udp, tcp, sip = 0] = await pickFreePorts(4);
    const redisAddress = { redis: { address: `127.0.0.1:${redis.port}` } };
    // What differs on this machine: other ports, and no way to ask the internet for an address.
    const loopback = { use_external_ip: false };
    const server = deployed('livekit.yaml');
    await runUntilItListens(parts, http, livekitServer ?? '', {
      config: {
        ...server,
        ...redisAddress,
        port: http,
        rtc: {
          ...(server['rtc'] as object),
          ...loopback,
          udp_port: udp,
          tcp_port: tcp,
          node_ip: '127.0.0.1',
          stun_servers: ['127.0.0.1:1'],
        },
      },
      environment: { LIVEKIT_KEYS: `${KEY}: ${SECRET}` },
    });
    await runUntilItListens(parts, sip, programs?.livekitSip ?? '', {
      config: {
        ...deployed('livekit-sip.yaml'),
        ...redisAddress,
        ...loopback,
        ws_url: `ws://127.0.0.1:${http}`,
        sip_port: sip,
        nat_1_to_1_ip: '127.0.0.1',
        listen_ip: '127.0.0.1',
      },
      environment: { LIVEKIT_API_KEY: KEY, LIVEKIT_API_SECRET: SECRET },
    });
    const client = new SipClient(`http://127.0.0.1:${http}`, KEY, SECRET);
    expect(await client.listSipInboundTrunk()).toEqual([]);
  }, 120_000);

  it('names only settings that LiveKit SIP has, as docs/phone.md does: others it passes over without a word', () => {
    const program = readFileSync(programs?.livekitSip ?? '', 'latin1');
    const section = read('docs/phone.md').split('## Settings of LiveKit SIP')[1] ?? '';
    const firstCells = section.split('\n## ')[0]?.match(/^\| `[^|]+/gm) ?? [];
    const explained = firstCells.join(' ').match(/(?<=`)[a-z0-9_]+(?=`)/g) ?? [];
    const settings = [...Object.keys(deployed('livekit-sip.yaml')), ...explained];
    expect(settings.length).toBeGreaterThan(20);
    expect(settings.filter((name) => !program.includes(`yaml:"${name}"`))).toEqual([]);
  });

  it('has one address of Redis and one of LiveKit', () => {
    const [server, sip] = [deployed('livekit.yaml'), deployed('livekit-sip.yaml')];
    expect(server['redis']).toEqual(sip['redis']);
    expect(sip['ws_url']).toBe(`ws://127.0.0.1:${server['port'] as number}`);
  });
});

function deployed(name: string): Record<string, unknown> {
  return parse(read(`start/deploy/${name}`)) as Record<string, unknown>;
}

function read(name: string): string {
  return readFileSync(join(import.meta.dirname, '../../..', name), 'utf8');
}

/** A program whose configuration is wrong, or that is told no secret, ends instead. */
async function runUntilItListens(
  parts: AsyncDisposableStack,
  port: number,
  program: string,
  { config, environment }: { config: object; environment: Record<string, string> },
): Promise<void> {
  const child = spawn(program, ['--config-body', JSON.stringify(config)], {
    stdio: 'ignore',
    env: { PATH: process.env['PATH'], ...environment },
  });
  const exited = once(child, 'exit');
  parts.defer(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  await untilListening(port, exited);
}
