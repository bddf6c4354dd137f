import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Room, dispose } from '@livekit/rtc-node';
import { TokenSource } from 'livekit-client';
import { AgentDispatchClient, RoomServiceClient, TrackSource } from 'livekit-server-sdk';
import { afterAll, expect, test } from 'vitest';
import { parseCallMetadata } from '../../booking/call-metadata.ts';
import { readinessChecks } from '../../token-server/readiness.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { exampleAgent, findExampleAgent } from './example-agent.ts';
import { startTokenServer, testConfig } from './start-token-server.ts';

const binary = process.env['LIVEKIT_SERVER_BIN'];
const database = useTestDatabase();
const { apiKey, apiSecret } = testConfig.livekit;

afterAll(() => dispose());

/** A real LiveKit server on free loopback ports. */
async function startLiveKit(command: string) {
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
  const child = spawn(command, ['--config-body', JSON.stringify(config)], { stdio: 'ignore' });
  const exited = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  await expect.poll(() => fetch(url).then(({ ok }) => ok), { timeout: 10_000 }).toBe(true);
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      // The first asks it to wait for participants, the second not to.
      child.kill('SIGTERM');
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

test.skipIf(!binary)(
  'a visitor enters LiveKit with what TokenSource.endpoint fetched, and our worker is dispatched',
  async () => {
    await using livekit = await startLiveKit(binary ?? '');
    const url = livekit.url.replace('http', 'ws');
    await using server = await startTokenServer({
      findAgent: findExampleAgent,
      config: { livekit: { url, publicUrl: url, apiKey, apiSecret } },
      checks: readinessChecks({ db: database.db, livekitUrl: url }),
    });
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);

    const { serverUrl, participantToken } = await TokenSource.endpoint(
      `${server.url}/api/token`,
    ).fetch({ agentName: 'front-desk', participantName: 'Mary Smith', roomName: 'chosen-room' });
    const room = new Room();
    await room.connect(serverUrl, participantToken, { autoSubscribe: true, dynacast: false });
    const roomName = room.name ?? '';
    expect(roomName).toMatch(/^call-/);
    expect(room.localParticipant?.identity).toMatch(/^visitor-/);
    expect(room.localParticipant?.name).toBe('Mary Smith');

    const [visitor] = await new RoomServiceClient(livekit.url, apiKey, apiSecret).listParticipants(
      roomName,
    );
    expect(visitor?.permission).toMatchObject({
      canPublish: true,
      canPublishSources: [TrackSource.MICROPHONE],
      canPublishData: true,
      canSubscribe: true,
      canUpdateMetadata: false,
      hidden: false,
      recorder: false,
    });

    const dispatches = await new AgentDispatchClient(livekit.url, apiKey, apiSecret).listDispatch(
      roomName,
    );
    expect(dispatches.map(({ agentName }) => agentName)).toEqual([testConfig.workerName]);
    expect(parseCallMetadata(dispatches[0]?.metadata ?? '').agentId).toBe(exampleAgent.id);
    await room.disconnect();
  },
);
