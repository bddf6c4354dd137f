import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { AudioStream, RoomEvent, TrackKind } from '@livekit/rtc-node';
import type { RemoteTrack } from '@livekit/rtc-node';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { SENTENCES } from '../../../agent/prepared/sentences.ts';
import { serializeCallMetadata } from '../../../calls/call-metadata.ts';
import { startServer } from '../../rehearsal/simulators/openai-realtime/realtime-client.ts';
import type { RunningServer } from '../../rehearsal/simulators/openai-realtime/realtime-client.ts';
import { createTestMind } from '../../rehearsal/simulators/openai-realtime/test-mind.ts';
import { replyFromItems } from '../../support/forgetful-mind.ts';
import { startLiveKit } from '../../support/livekit-server.ts';
import { openModelLine } from '../../support/model-line.ts';
import type { ModelLine } from '../../support/model-line.ts';
import { insertPhoneTenant } from '../../support/phone-line.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { TypingVisitor } from '../../support/typing-visitor.ts';
import { startWorker } from '../../support/worker.ts';
import type { Worker } from '../../support/worker.ts';

const LIVEKIT = { apiKey: 'test-key', apiSecret: randomBytes(32).toString('hex') };
const CALLER = '+12125550123';
/** Milliseconds that a busy machine may add. */
const SLACK = 2_000;

describe.skipIf(!inject('livekitServer'))('a call whose model fails', () => {
  const database = useTestDatabase();
  let refusal: number | null = null;
  /** When the first handshake of a call came. */
  let refusedAt = 0;
  let model: RunningServer;
  let line: ModelLine;
  let livekit: Awaited<ReturnType<typeof startLiveKit>>;
  let worker: Worker;

  beforeAll(async () => {
    model = await startServer({ mind: createTestMind({ reply: replyFromItems }) });
    line = await openModelLine({
      target: model.baseUrl,
      handshake: () => {
        refusedAt ||= performance.now();
        return refusal;
      },
    });
    livekit = await startLiveKit(LIVEKIT);
    worker = await startWorker({
      DATABASE_URL: database.url,
      LIVEKIT_URL: livekit.webSocketUrl,
      LIVEKIT_API_KEY: LIVEKIT.apiKey,
      LIVEKIT_API_SECRET: LIVEKIT.apiSecret,
      SLOTLINE_MASTER_KEY: randomBytes(32).toString('base64'),
      OPENAI_API_KEY: 'test-key',
      OPENAI_BASE_URL: line.baseUrl,
    });
  }, 300_000);
  afterAll(async () => {
    await worker?.stop();
    await livekit?.[Symbol.asyncDispose]();
    await line?.close();
    await model?.close();
  });

  const callOf = (organizationId: string) =>
    vi.waitUntil(
      async () => {
        const call = await database.db
          .selectFrom('calls')
          .selectAll()
          .where('organizationId', '=', organizationId)
          .executeTakeFirst();
        return call?.endedAt ? call : null;
      },
      { timeout: 30_000, interval: 20 },
    );

  async function dialWeb(): Promise<{ visitor: TypingVisitor; organizationId: string }> {
    const tenant = await insertTenant(database.db);
    const visitor = await TypingVisitor.join({
      ...LIVEKIT,
      url: livekit.webSocketUrl,
      roomName: `room-${randomUUID()}`,
      metadata: serializeCallMetadata({
        v: 1,
        agentId: tenant.agentId,
        calendar: null,
        caller: { timeZone: 'America/New_York' },
      }),
    });
    return { visitor, organizationId: tenant.organizationId };
  }

  it.each([
    ['the key is refused', 401, /refuses the key.*OPENAI_API_KEY/],
    ['every handshake fails', 503, /cannot be reached: it answers with status 503/],
  ])('says so from a recording, aloud, where %s', async (_, status, reason) => {
    refusal = status;
    refusedAt = 0;
    const { visitor, organizationId } = await dialWeb();
    const loudness = listen(visitor);
    await visitor.hears(new RegExp(`^${SENTENCES.en['out-of-order']}$`));
    expect(performance.now() - refusedAt).toBeLessThan(4_000 + SLACK);
    const call = await callOf(organizationId);
    expect(call).toMatchObject({ outcome: 'failed', endReason: expect.stringMatching(reason) });
    await vi.waitUntil(() => visitor.leftAt > 0, { timeout: 10_000 });
    // Five seconds of speech, some of them pauses.
    expect(loudness.loudMilliseconds).toBeGreaterThan(2_000);
    expect(visitor.views.at(-1)?.state).toBe('failed');
  });

  it('says so where its account has no credit any more', async () => {
    refusal = null;
    const { visitor, organizationId } = await dialWeb();
    await visitor.hears(/how can I help you/);
    const error = { type: 'insufficient_quota', code: 'insufficient_quota', message: 'No credit.' };
    const failedAt = performance.now();
    line.connection?.toAgent({ type: 'error', error });
    await visitor.hears(new RegExp(SENTENCES.en['out-of-order']));
    expect(performance.now() - failedAt).toBeLessThan(4_000);
    expect(await callOf(organizationId)).toMatchObject({
      outcome: 'failed',
      endReason: expect.stringContaining('Check the account of OPENAI_API_KEY'),
    });
  });

  it('says "one moment" while it is away in the middle of a call, and goes on', async () => {
    refusal = null;
    const { visitor } = await dialWeb();
    await visitor.hears(/how can I help you/);
    const loudness = listen(visitor);
    refusal = 503;
    line.connection?.cut();
    await visitor.hears(/^One moment, please\.$/);
    refusal = null;
    await visitor.type('hello again');
    await visitor.hears(/You said: hello again/);
    expect(visitor.heard.filter((words) => /One moment/.test(words))).toHaveLength(1);
    expect(loudness.loudMilliseconds).toBeGreaterThan(300);
    await visitor.leave();
  }, 60_000);

  it('leaves a message of who called by phone', async () => {
    refusal = 503;
    const number = `+1646555${randomInt(1000, 9999)}`;
    const { organizationId } = await insertPhoneTenant(database.db, { number });
    const caller = await TypingVisitor.join({
      ...LIVEKIT,
      url: livekit.webSocketUrl,
      roomName: `phone-${randomUUID()}`,
      metadata: serializeCallMetadata({ v: 1, line: 'phone' }),
      identity: `sip_${CALLER}`,
      kind: 'sip',
      attributes: {
        'sip.trunkPhoneNumber': number,
        'sip.phoneNumber': CALLER,
        'sip.callStatus': 'active',
      },
    });
    await caller.hears(new RegExp(SENTENCES.en['message-taken']));
    expect(await callOf(organizationId)).toMatchObject({ outcome: 'message_taken' });
    const messages = await database.db
      .selectFrom('messagesTaken')
      .select(['callbackNumber', 'text'])
      .where('organizationId', '=', organizationId)
      .execute();
    expect(messages).toEqual([
      { callbackNumber: CALLER, text: expect.stringContaining('call back') as string },
    ]);
  });
});

/** Counts what a visitor hears that is no silence. */
function listen(visitor: TypingVisitor): { loudMilliseconds: number } {
  const heard = { loudMilliseconds: 0 };
  const follow = async (track: RemoteTrack): Promise<void> => {
    for await (const frame of new AudioStream(track, { sampleRate: 24_000, numChannels: 1 })) {
      const isLoud = frame.data.some((sample) => Math.abs(sample) > 500);
      if (isLoud) heard.loudMilliseconds += frame.samplesPerChannel / 24;
    }
  };
  visitor.room.on(RoomEvent.TrackSubscribed, (track) => {
    if (track.kind === TrackKind.KIND_AUDIO) void follow(track).catch(() => {});
  });
  return heard;
}
