import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { RoomServiceClient, SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { isForgedHost } from '../../../calls/caller-host.ts';
import { PRIVACY_ATTRIBUTE, readCallerNumber } from '../../../calls/withheld-number.ts';
import { syncTrunks } from '../../../calls/trunks/sync-trunks.ts';
import { startLiveKit } from '../../support/livekit-server.ts';
import { startLivekitSip } from '../../support/livekit-sip.ts';
import type { LivekitSip } from '../../support/livekit-sip.ts';
import { insertPhoneTenant } from '../../support/phone-line.ts';
import { startRedis } from '../../support/redis-server.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const programs = inject('phonePrograms');
const KEYS = { apiKey: 'devkey', apiSecret: 'a-secret-of-thirty-two-characters' };
const NUMBER = '+12025550151';

describe.skipIf(!programs || !inject('livekitServer'))('a call from elsewhere', () => {
  const database = useTestDatabase();
  const servers = new AsyncDisposableStack();
  let sip: LivekitSip;
  let rooms: RoomServiceClient;

  beforeAll(async () => {
    const { port: redisPort } = servers.use(await startRedis());
    const livekit = servers.use(await startLiveKit({ ...KEYS, redisPort }));
    const { url, webSocketUrl } = livekit;
    const program = programs?.livekitSip ?? '';
    sip = servers.use(await startLivekitSip({ ...KEYS, program, webSocketUrl, redisPort }));
    rooms = new RoomServiceClient(url, KEYS.apiKey, KEYS.apiSecret);
    await insertPhoneTenant(database.db, { number: NUMBER, allowedAddresses: ['203.0.113.7'] });
    await syncTrunks({
      db: database.db,
      client: new SipClient(url, KEYS.apiKey, KEYS.apiSecret),
      workerName: 'receptionist',
      masterKey: () => Buffer.alloc(32),
    });
  });
  afterAll(() => servers.disposeAsync());

  it('is not let in because its From header names an address that is allowed', async () => {
    await using dialling = await dial(sip.port, '203.0.113.7');
    await vi.waitUntil(() => hasEnded(dialling.callId), { timeout: 30_000 });
    expect(await rooms.listRooms()).toEqual([]);
  });

  it('is known for forged where its From header names the network as the trunk does', async () => {
    await using _ = await dial(sip.port, '203.0.113.7/32');
    const { caller, room } = await arrival();
    expect(room).toMatch(/^phone-_\+12025550151_/);
    expect(isForgedHost(caller.attributes['sip.hostname'])).toBe(true);
    expect(numberOf(caller)).toBe('+12025550199');
    await rooms.deleteRoom(room);
  });

  it.each([
    ['Privacy: id', '+12025550199'],
    ['Privacy: id', 'anonymous'],
    ['Privacy: none', '+266696687'],
  ])('is of a number withheld: %s, from %s', async (privacy, user) => {
    await using _ = await dial(sip.port, '203.0.113.7/32', { user, headers: [privacy] });
    const { caller, room } = await arrival();
    expect(caller.attributes['sip.phoneNumber']).toBe(user);
    expect(numberOf(caller)).toBe(null);
    await rooms.deleteRoom(room);
  });

  async function arrival() {
    const room = await vi.waitUntil(async () => (await rooms.listRooms())[0], { timeout: 30_000 });
    const caller = await vi.waitUntil(async () => (await rooms.listParticipants(room.name))[0], {
      timeout: 30_000,
    });
    return { room: room.name, caller };
  }

  function numberOf({ attributes }: { attributes: Record<string, string> }): string | null {
    const said = { number: attributes['sip.phoneNumber'], privacy: attributes[PRIVACY_ATTRIBUTE] };
    return readCallerNumber(said, NUMBER);
  }

  function hasEnded(callId: string): boolean {
    return sip.log.some(
      (line) => line['msg'] === 'Closing inbound call' && line['sipCallID'] === callId,
    );
  }
});

describe('the host of a caller', () => {
  it.each(['203.0.113.7', 'sip.example.com', '2001:db8::7', undefined])(
    'is believed where it is %s',
    (host) => {
      expect(isForgedHost(host)).toBe(false);
    },
  );
});

/** Sends an INVITE from loopback whose From header claims another host. */
async function dial(
  port: number,
  host: string,
  { user = '+12025550199', headers = [] }: { user?: string; headers?: string[] } = {},
) {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port: own } = socket.address();
  const callId = `${randomUUID()}@test`;
  const sdp = [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    'm=audio 40000 RTP/AVP 0',
    'a=rtpmap:0 PCMU/8000',
    '',
  ].join('\r\n');
  const invite = [
    `INVITE sip:${NUMBER}@127.0.0.1:${port} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${own};branch=z9hG4bK-${callId}`,
    `From: <sip:${user}@${host}>;tag=1`,
    `To: <sip:${NUMBER}@127.0.0.1:${port}>`,
    `Call-ID: ${callId}`,
    'CSeq: 1 INVITE',
    `Contact: <sip:caller@127.0.0.1:${own}>`,
    'Max-Forwards: 70',
    ...headers,
    'Content-Type: application/sdp',
    `Content-Length: ${sdp.length}`,
    '',
    sdp,
  ].join('\r\n');
  socket.send(invite, port, '127.0.0.1');
  return {
    callId,
    async [Symbol.asyncDispose]() {
      socket.close();
      await once(socket, 'close');
    },
  };
}
