import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import type { Duplex } from 'node:stream';
import {
  createServer as createTlsServer,
  getCACertificates,
  setDefaultCACertificates,
} from 'node:tls';
import { initializeLogger } from '@livekit/agents';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRealtimeModel } from '../../../agent/model/realtime-model.ts';
import { readProxyEnvironment } from '../../../runtime/https-proxy.ts';
import { isLoopback } from '../../../runtime/loopback.ts';
import type { ProxyEnvironment } from '../../../runtime/https-proxy.ts';
import {
  API_KEY,
  startServer,
} from '../../rehearsal/simulators/openai-realtime/realtime-client.ts';
import type { RunningServer } from '../../rehearsal/simulators/openai-realtime/realtime-client.ts';

const fixture = (name: string) =>
  readFileSync(new URL(`../../fixtures/https-proxy/${name}`, import.meta.url), 'utf8');

let model: RunningServer;
let port = 0;
let proxyUrl = '';
/** What the proxy was asked to connect to. */
const tunnels: string[] = [];
/** The model's server behind TLS, as openai.example. */
const front = createTlsServer({ cert: fixture('certificate.pem'), key: fixture('key.pem') });
const proxy = createServer((_request, response) => response.writeHead(405).end());
const authorities = getCACertificates();

beforeAll(async () => {
  initializeLogger({ pretty: false, level: 'fatal' });
  setDefaultCACertificates([...authorities, fixture('certificate.pem')]);
  model = await startServer();
  const modelPort = Number(new URL(model.baseUrl).port);
  front.on('secureConnection', (socket) => {
    join(socket, modelPort);
  });
  proxy.on('connect', (request, socket) => {
    tunnels.push(`${request.url} ${request.headers['proxy-authorization']}`);
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    join(socket, port);
  });
  port = await listen(front);
  proxyUrl = `http://user:secret@127.0.0.1:${await listen(proxy)}`;
});
afterAll(async () => {
  setDefaultCACertificates(authorities);
  front.close();
  proxy.close();
  await model?.close();
});

/** Either side may end while the other still writes. */
function join(socket: Duplex, target: number): void {
  const onward = connect(target, '127.0.0.1');
  pipeline(socket, onward, socket, () => {});
}

async function listen(server: typeof proxy | typeof front): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Resolves when the model has a session, or cannot be reached. */
async function reach(baseUrl: string, environment: ProxyEnvironment): Promise<'reached' | 'not'> {
  const end = Promise.withResolvers<'reached' | 'not'>();
  const session = createRealtimeModel({
    apiKey: API_KEY,
    baseUrl,
    model: 'gpt-realtime-2.1',
    transcriptionModel: 'gpt-transcribe',
    voice: 'marin',
    language: 'en',
    proxy: environment,
    onUnreachable: () => end.resolve('not'),
    onUnreadable: () => {},
  }).session();
  session.on('openai_server_event_received', () => end.resolve('reached'));
  const reached = await end.promise;
  await session.close();
  return reached;
}

describe('the way to the model', () => {
  it.each(['HTTPS_PROXY', 'https_proxy'])('leads through the proxy of %s', async (name) => {
    tunnels.length = 0;
    const environment = readProxyEnvironment({ [name]: proxyUrl });
    expect(await reach('https://openai.example/v1', environment)).toBe('reached');
    const authorization = `Basic ${Buffer.from('user:secret').toString('base64')}`;
    expect(tunnels).toEqual([`openai.example:443 ${authorization}`]);
  });

  it('does not where NO_PROXY lists the host', async () => {
    tunnels.length = 0;
    const environment = { HTTPS_PROXY: proxyUrl, NO_PROXY: 'localhost, openai.example' };
    expect(await reach('https://openai.example/v1', environment)).toBe('not');
    expect(tunnels).toEqual([]);
  });

  it.each(['127.0.0.1', 'localhost'])('never does to this machine: %s', async (host) => {
    tunnels.length = 0;
    const environment = { HTTPS_PROXY: proxyUrl };
    expect(await reach(`https://${host}:${port}/v1`, environment)).toBe('reached');
    expect(await reach(model.baseUrl, { ...environment, https_proxy: proxyUrl })).toBe('reached');
    expect(tunnels).toEqual([]);
  });

  it('names a proxy that is no address of one', () => {
    expect(() => readProxyEnvironment({ HTTPS_PROXY: 'proxy:3128' })).toThrow(
      /^HTTPS_PROXY must be/,
    );
  });
});

describe('this machine', () => {
  it.each([
    'http://localhost/',
    'https://model.localhost:8443/',
    'http://127.0.0.1:8790/',
    'http://127.9.8.7/',
    'http://2130706433/',
    'http://[::1]:8790/',
    'http://[::ffff:127.0.0.1]/',
  ])('is %s', (url) => {
    expect(isLoopback(new URL(url).hostname)).toBe(true);
  });

  it.each([
    'http://api.openai.com/',
    'http://127.0.0.1.example.com/',
    'http://10.0.0.1/',
    'http://[::2]/',
  ])('is not %s', (url) => {
    expect(isLoopback(new URL(url).hostname)).toBe(false);
  });
});
