import { randomBytes, randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { serializeCallMetadata } from '../../../calls/call-metadata.ts';
import type { CallMetadata } from '../../../calls/call-metadata.ts';
import type { CallView } from '../../../calls/call-view.ts';
import { createRealtimeServer } from '../../../rehearsal/simulators/openai-realtime/create-realtime-server.ts';
import type { RealtimeServer } from '../../../rehearsal/simulators/openai-realtime/create-realtime-server.ts';
import { createDialogue } from '../../../rehearsal/simulators/openai-realtime/mind/dialogue/dialogue.ts';
import { createTestMind } from '../../rehearsal/simulators/openai-realtime/test-mind.ts';
import { startLiveKit } from '../../support/livekit-server.ts';
import { insertTenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { TypingVisitor } from '../../support/typing-visitor.ts';
import { startWorker } from '../../support/worker.ts';
import type { Worker } from '../../support/worker.ts';

const LIVEKIT = { apiKey: 'test-key', apiSecret: randomBytes(32).toString('hex') };

describe.skipIf(!inject('livekitServer'))('a call by voice and screen', () => {
  const database = useTestDatabase();
  let model: RealtimeServer;
  let livekit: Awaited<ReturnType<typeof startLiveKit>>;
  let worker: Worker;

  beforeAll(async () => {
    const mind = createTestMind(createDialogue());
    model = createRealtimeServer({ mind, apiKey: 'test', logger: pino({ level: 'silent' }) });
    const port = await model.listen({ host: '127.0.0.1', port: 0 });
    livekit = await startLiveKit(LIVEKIT);
    worker = await startWorker({
      DATABASE_URL: database.url,
      LIVEKIT_URL: livekit.webSocketUrl,
      LIVEKIT_API_KEY: LIVEKIT.apiKey,
      LIVEKIT_API_SECRET: LIVEKIT.apiSecret,
      SLOTLINE_MASTER_KEY: randomBytes(32).toString('base64'),
      OPENAI_API_KEY: 'test',
      OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
      SLOTLINE_REHEARSAL: '1',
    });
  }, 300_000);
  afterAll(async () => {
    await worker?.stop();
    await livekit?.[Symbol.asyncDispose]();
    await model?.close();
  });

  /** A call in which times are on offer. */
  async function offered(rehearsal?: CallMetadata['rehearsal']) {
    const tenant = await insertTenant(database.db);
    const metadata = serializeCallMetadata({
      v: 1,
      rehearsal,
      agentId: tenant.agentId,
      calendar: { provider: 'fake', eventType: 'appointment', timeZone: 'America/New_York' },
      caller: { timeZone: 'America/New_York' },
    });
    const visitor = await TypingVisitor.join({
      ...LIVEKIT,
      url: livekit.webSocketUrl,
      roomName: `room-${randomUUID()}`,
      metadata,
    });
    await visitor.hears(/how can I help you/);
    await visitor.type('as soon as possible');
    await visitor.hears(/suits? you\?$/);
    const view = await shows(visitor, ({ offer }) => offer !== null);
    return { visitor, tenant, slots: view.offer?.slots ?? [] };
  }
  /** The page's view, once it has what is waited for. */
  const shows = async (
    visitor: TypingVisitor,
    holds: (view: CallView) => boolean,
  ): Promise<CallView> => {
    await vi.waitUntil(() => visitor.views.some(holds), { timeout: 30_000 });
    return visitor.askForView();
  };
  const detailsOf = ({ details }: CallView) =>
    Object.fromEntries(details.map(({ field, value, state }) => [field, [value, state]]));
  const bookingsOf = (organizationId: string) =>
    database.db
      .selectFrom('appointments')
      .select(['attendeeName', 'attendeeEmail', 'startAt'])
      .where('organizationId', '=', organizationId)
      .execute();

  it('says what was tapped, asks for what is missing, and books what was typed', async () => {
    const { visitor, tenant, slots } = await offered();
    const slot = slots.at(-1);
    expect(await visitor.act({ do: 'choose', slotId: slot?.id ?? '' })).toEqual({ status: 'done' });
    await visitor.hears(new RegExp(`^You chose ${slot?.label}.* What is your name\\?`));
    const chosen = await visitor.askForView();
    expect(chosen.offer?.slots.filter(({ isChosen }) => isChosen)).toMatchObject([
      { id: slot?.id },
    ]);
    await visitor.act({ do: 'give', name: 'Bee Dee', email: 'bee@example.com' });
    await visitor.hears(/for Bee Dee, bee@example\.com\. Shall I book it\?/);
    expect(detailsOf(await visitor.askForView())).toEqual({
      name: ['Bee Dee', 'typed'],
      email: ['bee@example.com', 'typed'],
    });
    const seen = { do: 'book', slotId: slot?.id ?? '', name: 'Bee Dee' } as const;
    expect(await visitor.act({ ...seen, email: 'lee@example.com' })).toEqual({
      status: 'not-offered',
    });
    expect(await visitor.act({ ...seen, email: 'bee@example.com' })).toEqual({ status: 'done' });
    const { appointment } = await shows(visitor, (view) => view.appointment !== null);
    expect(appointment).toMatchObject({ status: 'booked', day: slot?.day, minute: slot?.minute });
    expect(await bookingsOf(tenant.organizationId)).toEqual([
      {
        attendeeName: 'Bee Dee',
        attendeeEmail: 'bee@example.com',
        startAt: new Date(slot?.start ?? 0),
      },
    ]);
    await visitor.leave();
  }, 120_000);

  it('shows what was said, beside what was typed', async () => {
    const { visitor, tenant, slots } = await offered();
    await visitor.type('the first one please');
    await visitor.hears(/What is your name\?/);
    const view = await shows(visitor, ({ offer }) => offer?.slots[0]?.isChosen === true);
    // The agent listens though a tool came last.
    const state = () =>
      [...visitor.room.remoteParticipants.values()][0]?.attributes['lk.agent.state'];
    await expect.poll(state).toBe('listening');
    expect(view.offer?.slots.map(({ isChosen }) => isChosen)).toEqual(
      slots.map((_, index) => index === 0),
    );
    await visitor.type('my name is Mary Smith');
    await visitor.hears(/e-mail address\?/);
    const heard = await shows(visitor, ({ details }) => details[0]?.state === 'heard');
    expect(detailsOf(heard)).toMatchObject({ name: ['Mary Smith', 'heard'] });
    await visitor.act({ do: 'give', email: 'mary@example.com' });
    await visitor.hears(/for Mary Smith, mary@example\.com\. Shall I book it\?/);
    await visitor.type('yes please');
    await shows(visitor, ({ appointment }) => appointment?.status === 'booked');
    expect(await bookingsOf(tenant.organizationId)).toMatchObject([{ attendeeName: 'Mary Smith' }]);
    await visitor.leave();
  }, 120_000);

  it('answers a tap that comes while it books after the booking, which stands', async () => {
    const faults = [{ at: 'calendar.book', kind: 'delay', times: 1, milliseconds: 2_000 }] as const;
    const { visitor, tenant, slots } = await offered({ faults: [...faults] });
    const [first, second] = slots;
    await visitor.act({ do: 'choose', slotId: first?.id ?? '' });
    await visitor.act({ do: 'give', name: 'Mary Smith', email: 'mary@example.com' });
    await visitor.hears(/Shall I book it\?/);
    await visitor.type('yes please');
    const isBooking = () =>
      database.db
        .selectFrom('bookingIntents')
        .select('state')
        .where('organizationId', '=', tenant.organizationId)
        .executeTakeFirst();
    await vi.waitUntil(isBooking, { timeout: 30_000 });
    expect(await visitor.act({ do: 'choose', slotId: second?.id ?? '' })).toEqual({
      status: 'done',
    });
    const before = visitor.heard.length;
    await visitor.hears(/^Booked: .*/);
    // While it books, it may be said that it takes a moment.
    const answers = () =>
      visitor.heard.slice(before).filter((line) => !line.startsWith('One moment, please'));
    await vi.waitUntil(() => answers().length > 1, { timeout: 30_000 });
    expect(answers()[0]).toMatch(/^Booked: /);
    expect(await bookingsOf(tenant.organizationId)).toMatchObject([
      { startAt: new Date(first?.start ?? 0) },
    ]);
    await visitor.leave();
  }, 120_000);

  it('goes on after a page that sends anything, and does nothing of it', async () => {
    const [one, other] = await Promise.all([offered(), offered()]);
    const { visitor, tenant } = one;
    const foreign = other.slots[0]?.id ?? '';
    expect(await visitor.act({ do: 'choose', slotId: foreign })).toEqual({ status: 'not-offered' });
    const action = JSON.stringify({ do: 'choose', slotId: foreign });
    const sent = [
      ...Array.from({ length: 500 }, () => visitor.call('slotline.page-action', action)),
      visitor.call('slotline.page-action', 'a'.repeat(1_000_000)),
      visitor.call('slotline.page-action', '\u0000'),
    ];
    const answers = await Promise.allSettled(sent);
    expect(answers.filter(({ status }) => status === 'fulfilled').length).toBeLessThan(30);
    expect(visitor.leftAt).toBe(0);
    await visitor.type('my name is Mary Smith');
    await visitor.hears(/Thank you, Mary Smith/);
    const view = await visitor.askForView();
    expect(view.offer?.slots.some(({ isChosen }) => isChosen)).toBe(false);
    expect(await bookingsOf(tenant.organizationId)).toEqual([]);
    await Promise.all([visitor.leave(), other.visitor.leave()]);
  }, 120_000);
});
