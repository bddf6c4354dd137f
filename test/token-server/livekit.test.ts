import { Room, dispose } from '@livekit/rtc-node';
import { TokenSource } from 'livekit-client';
import { AgentDispatchClient, RoomServiceClient, TrackSource } from 'livekit-server-sdk';
import { afterAll, expect, inject, test } from 'vitest';
import { parseCallMetadata } from '../../calls/call-metadata.ts';
import { readinessChecks } from '../../token-server/readiness.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { exampleAgent, findExampleAgent } from './example-agent.ts';
import { startLiveKit } from '../support/livekit-server.ts';
import { startTokenServer, testConfig } from './start-token-server.ts';

const database = useTestDatabase();
const { apiKey, apiSecret } = testConfig.livekit;

afterAll(() => dispose());

test.skipIf(!inject('livekitServer'))(
  'a visitor enters LiveKit with what TokenSource.endpoint fetched, and our worker is dispatched',
  async () => {
    await using livekit = await startLiveKit({ apiKey, apiSecret });
    const { webSocketUrl } = livekit;
    await using server = await startTokenServer({
      findAgent: findExampleAgent,
      config: { livekit: { url: webSocketUrl, publicUrl: webSocketUrl, apiKey, apiSecret } },
      checks: readinessChecks({ db: database.db, livekitUrl: webSocketUrl }),
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

    const rooms = new RoomServiceClient(livekit.url, apiKey, apiSecret);
    const [visitor] = await rooms.listParticipants(roomName);
    expect(visitor?.permission).toMatchObject({
      canPublish: true,
      canPublishSources: [TrackSource.MICROPHONE],
      canPublishData: true,
      canSubscribe: true,
      canUpdateMetadata: false,
      hidden: false,
      recorder: false,
    });
    const dispatcher = new AgentDispatchClient(livekit.url, apiKey, apiSecret);
    const dispatches = await dispatcher.listDispatch(roomName);
    expect(dispatches.map(({ agentName }) => agentName)).toEqual([testConfig.workerName]);
    expect(parseCallMetadata(dispatches[0]?.metadata ?? '').agentId).toBe(exampleAgent.id);

    // Who lost the connection comes back with the same token, while the room counts two at most.
    const again = new Room();
    await again.connect(serverUrl, participantToken, { autoSubscribe: true, dynacast: false });
    expect(again.name).toBe(roomName);
    expect(await rooms.listParticipants(roomName)).toHaveLength(1);
    await again.disconnect();
    await room.disconnect();
  },
);
