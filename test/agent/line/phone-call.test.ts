import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { AgentDispatchClient, RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { serializeCallMetadata } from '../../../calls/call-metadata.ts';
import type { PhoneMetadata } from '../../../calls/call-metadata.ts';
import { updateAgent } from '../../../db/agents.ts';
import { blockCaller } from '../../../db/phone/blocked-callers.ts';
import { insertStoredBooking } from '../../../db/calendars/stored-bookings.ts';
import { updatePhoneNumber } from '../../../db/phone/phone-numbers.ts';
import { updateCallLimits } from '../../../db/calls/call-limits.ts';
import { createRealtimeServer } from '../../../rehearsal/simulators/openai-realtime/create-realtime-server.ts';
import type { RealtimeServer } from '../../../rehearsal/simulators/openai-realtime/create-realtime-server.ts';
import type {
  Conversation,
  Reply,
} from '../../../rehearsal/simulators/openai-realtime/mind/mind.ts';
import { createTestMind } from '../../rehearsal/simulators/openai-realtime/test-mind.ts';
import { callRows } from '../../support/call-rows.ts';
import { startLiveKit } from '../../support/livekit-server.ts';
import { insertPhoneTenant } from '../../support/phone-line.ts';
import type { PhoneTenant } from '../../support/phone-line.ts';
import { MACHINE_CLOCK } from '../../support/test-clock.ts';
import { useTestDatabase } from '../../support/test-database.ts';
import { MARY as MARY_SMITH, openTestDesk, SOON } from '../../support/test-desk.ts';
import { TypingVisitor } from '../../support/typing-visitor.ts';
import { startWorker } from '../../support/worker.ts';
import type { Worker } from '../../support/worker.ts';

const LIVEKIT = { apiKey: 'test-key', apiSecret: randomBytes(32).toString('hex') };
const CALLER = '+12125550123';

/** LiveKit SIP's part is played by a participant of its kind: the real one has a suite of its own. */
describe.skipIf(!inject('livekitServer'))('a phone call', () => {
  const database = useTestDatabase();
  /** What the scripted model answers; each test sets its own. */
  let script: (conversation: Conversation) => Reply;
  let model: RealtimeServer;
  let livekit: Awaited<ReturnType<typeof startLiveKit>>;
  let worker: Worker;

  beforeAll(async () => {
    const mind = createTestMind({ reply: (conversation) => script(conversation) });
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
      LOG_LEVEL: 'debug',
    });
  }, 300_000);
  afterAll(async () => {
    await worker?.stop();
    await livekit?.[Symbol.asyncDispose]();
    await model?.close();
  });

  interface Dial {
    dialled: string;
    /** As the trunk writes it. */
    from?: string;
    rehearsal?: PhoneMetadata['rehearsal'];
    roomName?: string;
    status?: string;
    /** LiveKit SIP answers when it hears the agent: without this it rings. */
    autoSubscribe?: boolean;
  }
  const dial = ({ dialled, from = CALLER, rehearsal, roomName, status, autoSubscribe }: Dial) =>
    TypingVisitor.join({
      ...(autoSubscribe === undefined ? {} : { autoSubscribe }),
      ...LIVEKIT,
      url: livekit.webSocketUrl,
      roomName: roomName ?? `phone-${randomUUID()}`,
      metadata: serializeCallMetadata({ v: 1, line: 'phone', rehearsal }),
      identity: `sip_${from}`,
      kind: 'sip',
      attributes: {
        'sip.trunkPhoneNumber': dialled,
        'sip.phoneNumber': from,
        'sip.callID': 'SCL_test',
        'sip.callStatus': status ?? 'active',
      },
    });
  const newTenant = (): Promise<PhoneTenant> =>
    insertPhoneTenant(database.db, { number: `+1646555${randomInt(1000, 9999)}` });
  const { callOf, ended, turnsOf } = callRows(() => database.db);
  const messagesTo = (tenant: PhoneTenant) =>
    database.db
      .selectFrom('outboxMessages')
      .select(['kind', 'recipient'])
      .where('organizationId', '=', tenant.organizationId)
      .execute();
  const answered = (caller: TypingVisitor) => caller.hears(/how can I help you/);

  it('finds the agent by the number dialled, and books with the number of the line', async () => {
    const tenant = await newTenant();
    let instructions = '';
    const spelled = {
      ...MARY,
      attendee_name: 'm a r y, s m i t h',
      attendee_email: 'm as in mike a r y dot smith at example dot com',
      attendee_phone: 'caller',
    };
    script = (conversation) => {
      instructions = conversation.instructions;
      const last = conversation.items.at(-1);
      if (last?.type !== 'message' || last.role !== 'user' || last.text !== 'yes') {
        return booksTheFirstSlot(conversation, spelled);
      }
      const asked = conversation.items.findLast(
        (item) => item.type === 'function_call' && item.name === 'schedule_appointment',
      );
      const args = JSON.parse(asked?.type === 'function_call' ? asked.arguments : '{}') as object;
      return call('schedule_appointment', { ...args, read_back_confirmed: true });
    };
    const caller = await dial({ dialled: tenant.number });
    await caller.hears(
      /^Hi, this is Harbor Street Clinic, how can I help you\? I am an AI assistant\.$/,
    );
    expect(await callOf(tenant)).toMatchObject({
      line: 'phone',
      phoneNumberId: tenant.phoneNumberId,
      callerNumber: CALLER,
      sipCallId: 'SCL_test',
    });
    await caller.type('book me in');
    await caller.hears(/I have Mary Smith and mary\.smith@example\.com\. Is that right\?/);
    expect(caller.heard.join(' ')).not.toContain('Booked');
    await caller.type('yes');
    await caller.hears(/Booked: .* for Mary Smith/);
    const [booking] = await database.db
      .selectFrom('fakeCalendarBookings')
      .selectAll()
      .where('organizationId', '=', tenant.organizationId)
      .execute();
    expect(booking?.attendee).toMatchObject({
      name: 'Mary Smith',
      email: 'mary.smith@example.com',
      phone: CALLER,
    });
    await caller.leave();
    expect(await ended(tenant)).toMatchObject({
      outcome: 'booked',
      endReason: 'The caller hung up.',
    });
    // The model knows as much of the number as it may say.
    expect(instructions).toContain('ending in 0 1 2 3');
    expect(instructions).not.toMatch(/212|2 1 2/);
    const heard = worker.log.find((line) => line['msg'] === 'the agent can be heard');
    expect(heard?.['milliseconds']).toBeLessThan(2_000);
    expect(JSON.stringify(worker.log)).not.toMatch(/2125550123|mary/i);
  });

  it.each(['anonymous', '+266696687'])(
    'serves a caller who withholds the number: %s',
    async (from) => {
      const tenant = await newTenant();
      let instructions = '';
      script = (conversation) => {
        instructions = conversation.instructions;
        return saysWhatItMust(conversation);
      };
      const caller = await dial({ dialled: tenant.number, from });
      await answered(caller);
      expect(await callOf(tenant)).toMatchObject({ callerNumber: null });
      expect(instructions).toContain('withholds their number');
      await caller.leave();
      await ended(tenant);
    },
  );

  it('finds no other one’s appointment for a caller who withholds the number', async () => {
    const tenant = await newTenant();
    const from = '+266696687';
    const { desk } = await openTestDesk(database.db, { clock: MACHINE_CLOCK, tenant });
    const offer = await desk.findTimes(SOON);
    const [slot] = 'slots' in offer ? offer.slots : [];
    await desk.changes.schedule({ slotId: slot?.slot_id ?? '', ...MARY_SMITH, phone: CALLER });
    // As it was written before the stand-in was known for one.
    await database.db
      .updateTable('appointments')
      .set({ attendeePhone: from })
      .where('organizationId', '=', tenant.organizationId)
      .execute();
    script = (conversation) => {
      const last = conversation.items.at(-1);
      if (last?.type === 'function_call_output') return { say: last.output, calls: [] };
      if (last?.type !== 'message' || last.role !== 'user') return saysWhatItMust(conversation);
      return call('find_appointments', { email: null, detail: null });
    };
    const caller = await dial({ dialled: tenant.number, from });
    await answered(caller);
    await caller.type('cancel my appointment');
    await caller.hears(/Which e-mail address was the appointment made with/);
    expect(caller.heard.join(' ')).not.toContain(slot?.label);
    await caller.leave();
    await ended(tenant);
  });

  it('takes no visitor for a caller, whatever attributes they have', async () => {
    const tenant = await newTenant();
    const other = await newTenant();
    script = saysWhatItMust;
    const roomName = `phone-${randomUUID()}`;
    const visitor = await TypingVisitor.join({
      ...LIVEKIT,
      url: livekit.webSocketUrl,
      roomName,
      identity: 'sip_+12125550199',
      attributes: { 'sip.trunkPhoneNumber': other.number, 'sip.phoneNumber': '+12125550199' },
    });
    const caller = await dial({ dialled: tenant.number, roomName });
    await new AgentDispatchClient(livekit.url, LIVEKIT.apiKey, LIVEKIT.apiSecret).createDispatch(
      roomName,
      'slotline',
      {
        metadata: serializeCallMetadata({ v: 1, line: 'phone' }),
      },
    );
    await answered(caller);
    await visitor.press('666#');
    await visitor.type('I am the caller');
    await caller.press('12#');
    await vi.waitUntil(async () => (await turnsOf(tenant)).length > 1, { timeout: 30_000 });
    expect((await turnsOf(tenant)).filter(({ role }) => role === 'caller')).toEqual([
      { role: 'caller', text: '[keys: 12]' },
    ]);
    expect(await callOf(tenant)).toMatchObject({ callerNumber: CALLER });
    expect(await callOf(other)).toBeUndefined();
    // The phone's hang-up ends the call, though somebody is in the room.
    await caller.leave();
    expect(await ended(tenant)).toMatchObject({ endReason: 'The caller hung up.' });
    await vi.waitUntil(() => visitor.leftAt > 0, { timeout: 30_000 });
  });

  it('serves nobody where no phone line came', async () => {
    const tenant = await newTenant();
    script = saysWhatItMust;
    const visitor = await TypingVisitor.join({
      ...LIVEKIT,
      url: livekit.webSocketUrl,
      roomName: `phone-${randomUUID()}`,
      metadata: serializeCallMetadata({ v: 1, line: 'phone' }),
      attributes: { 'sip.trunkPhoneNumber': tenant.number, 'sip.phoneNumber': CALLER },
    });
    await vi.waitUntil(() => visitor.leftAt > 0, { timeout: 30_000 });
    expect(visitor.heard).toEqual([]);
    expect(await callOf(tenant)).toBeUndefined();
  });

  it.each<[string, RegExp, RegExp, (tenant: PhoneTenant) => Promise<Partial<Dial>>]>([
    [
      'a number that nobody answers',
      /this number is not in service/,
      /numbers add \+1646555/,
      () => Promise.resolve({ dialled: '+16465550001' }),
    ],
    [
      'a number that is set not to be answered',
      /this number is not in service/,
      /numbers edit \+1646555\d+ --enable/,
      async (tenant) => {
        const key = { organizationId: tenant.organizationId, id: tenant.phoneNumberId };
        await updatePhoneNumber(database.db, key, { inbound: false });
        return {};
      },
    ],
    [
      'a disabled agent',
      /this line is not working at the moment/,
      /agents enable test-/,
      async (tenant) => {
        const key = { organizationId: tenant.organizationId, id: tenant.agentId };
        await updateAgent(database.db, key, { enabled: false });
        return {};
      },
    ],
    [
      'a blocked caller',
      /we cannot take your call/,
      /callers unblock/,
      async ({ organizationId }) => {
        await blockCaller(database.db, organizationId, { number: CALLER, reason: 'test' });
        return {};
      },
    ],
    [
      'a caller beyond the limit',
      /all our lines are busy/,
      /numbers limits --calls-at-once/,
      async ({ organizationId, agentId }) => {
        await updateCallLimits(database.db, organizationId, { callsAtOnce: 1 });
        const open = { organizationId, agentId, roomName: 'another', line: 'phone' as const };
        await database.db.insertInto('calls').values(open).execute();
        return {};
      },
    ],
  ])('tells %s so, hangs up and logs what to do', async (_, sentence, advice, arrange) => {
    const tenant = await newTenant();
    script = saysWhatItMust;
    const before = worker.log.length;
    const caller = await dial({ dialled: tenant.number, ...(await arrange(tenant)) });
    await caller.hears(sentence);
    await vi.waitUntil(() => caller.leftAt > 0, { timeout: 30_000 });
    const log = JSON.stringify(worker.log.slice(before));
    expect(log).toMatch(/the call cannot be served/);
    expect(log).toMatch(advice);
    expect(log).not.toContain('2125550123');
    expect((await callOf(tenant))?.callerNumber ?? null).toBe(null);
  });

  it('hands keys to the model, repeats its words on a star, and keeps a secret', async () => {
    const tenant = await newTenant();
    script = (conversation) => {
      const last = conversation.items.at(-1);
      if (conversation.responseInstructions !== null) return saysWhatItMust(conversation);
      if (last?.type === 'function_call_output') return { say: 'Key in your code.', calls: [] };
      if (last?.type !== 'message' || last.role !== 'user') return saysWhatItMust(conversation);
      if (last.text === '[keys: 12]') {
        return call('expect_keys', { purpose: 'secret', digits: 4 });
      }
      if (last.text === '[keys: 4711]') {
        return call('take_message', {
          name: null,
          callback_number: null,
          message: 'My code is 4711.',
        });
      }
      return { say: `Heard ${last.text}`, calls: [] };
    };
    const caller = await dial({ dialled: tenant.number });
    await answered(caller);
    await caller.press('5550100#');
    await caller.hears(/Heard \[keys: 5550100\]/);
    await caller.press('*');
    await vi.waitUntil(() => caller.heard.filter((line) => /5550100/.test(line)).length === 2, {
      timeout: 30_000,
    });
    await caller.press('12#');
    await caller.hears(/Key in your code/);
    await caller.press('4711');
    const message = await vi.waitUntil(
      () => database.db.selectFrom('messagesTaken').selectAll().executeTakeFirst(),
      { timeout: 30_000 },
    );
    expect(message.text).toBe('My code is ••••.');
    await caller.leave();
    expect(await ended(tenant)).toMatchObject({ outcome: 'message_taken' });
    const turns = await turnsOf(tenant);
    expect(turns.filter(({ role }) => role === 'caller').map(({ text }) => text)).toEqual([
      '[keys: 5550100]',
      '[keys: 12]',
      '[keys: ••••]',
    ]);
    const tools = await database.db
      .selectFrom('toolCalls')
      .selectAll()
      .where('organizationId', '=', tenant.organizationId)
      .execute();
    expect(tools.map(({ name }) => name).sort()).toEqual(['expect_keys', 'take_message']);
    expect(JSON.stringify([turns, tools])).not.toContain('4711');
    expect(JSON.stringify(worker.log)).not.toMatch(/\b(?:4711|5550100)\b/);
  });

  it('takes a message when the trunk cannot transfer', async () => {
    const tenant = await newTenant();
    const key = { organizationId: tenant.organizationId, id: tenant.agentId };
    await updateAgent(database.db, key, { transferTo: '+12125550177' });
    script = (conversation) => {
      const last = conversation.items.at(-1);
      if (last?.type === 'function_call_output' && last.output.includes('not_transferred')) {
        return call('take_message', {
          name: 'Mary Smith',
          callback_number: 'caller',
          message: 'Please call me back.',
        });
      }
      if (last?.type === 'function_call_output') {
        return { say: (JSON.parse(last.output) as { message: string }).message, calls: [] };
      }
      if (last?.type !== 'message' || last.role !== 'user') return saysWhatItMust(conversation);
      return { ...call('escalate_to_human', { reason: 'asks' }), say: 'I am putting you through.' };
    };
    const caller = await dial({ dialled: tenant.number });
    await answered(caller);
    await caller.type('a person please');
    await caller.hears(/I wrote your message down/);
    await caller.leave();
    expect(await ended(tenant)).toMatchObject({ outcome: 'message_taken' });
    const messages = await database.db
      .selectFrom('messagesTaken')
      .selectAll()
      .where('organizationId', '=', tenant.organizationId)
      .execute();
    expect(messages).toMatchObject([
      { callerName: 'Mary Smith', callbackNumber: CALLER, text: 'Please call me back.' },
    ]);
    expect(JSON.stringify(worker.log)).toMatch(/allow REFER/);
    expect(JSON.stringify(worker.log)).not.toContain('2125550177');
  });

  it('has a person call back where there is nobody to be put through to', async () => {
    const tenant = await newTenant();
    let tools: Conversation['tools'] = [];
    script = (conversation) => {
      tools = conversation.tools;
      return saysWhatItMust(conversation);
    };
    const caller = await dial({ dialled: tenant.number });
    await answered(caller);
    await caller.leave();
    await ended(tenant);
    const escalate = tools.find(({ name }) => name === 'escalate_to_human');
    expect(JSON.stringify(escalate?.parameters)).toContain('callback_number');
  });

  it('finishes a booking whose caller hung up, and writes to them', async () => {
    const tenant = await newTenant();
    script = (conversation) => booksTheFirstSlot(conversation, MARY);
    const caller = await dial({
      dialled: tenant.number,
      rehearsal: {
        faults: [{ at: 'calendar.book', kind: 'delay', times: 1, milliseconds: 1_500 }],
      },
    });
    await answered(caller);
    await caller.type('book me in');
    await claimed(tenant);
    await caller.leave();
    expect(await ended(tenant)).toMatchObject({
      outcome: 'booked',
      endReason: 'The caller hung up.',
    });
    expect(await messagesTo(tenant)).toEqual([
      { kind: 'booked', recipient: 'mary.smith@example.com' },
    ]);
  });

  it('writes to a caller who hung up before the booking came to nothing', async () => {
    const tenant = await newTenant();
    script = (conversation) => booksTheFirstSlot(conversation, MARY);
    const caller = await dial({
      dialled: tenant.number,
      rehearsal: {
        faults: [{ at: 'calendar.book', kind: 'delay', times: 1, milliseconds: 4_000 }],
      },
    });
    await answered(caller);
    await caller.type('book me in');
    const { startAt, endAt } = await claimed(tenant);
    const rival = await insertStoredBooking(database.db, tenant, {
      eventType: 'appointment',
      uid: randomUUID(),
      idempotencyKey: 'rival',
      startAt,
      endAt,
      status: 'confirmed',
      attendee: { name: 'Rival', email: 'rival@example.com', phone: null, timeZone: 'UTC' },
      notes: null,
    });
    expect(rival).not.toBe('taken');
    await caller.leave();
    expect(await ended(tenant)).toMatchObject({ outcome: 'no_booking' });
    expect(await messagesTo(tenant)).toEqual([
      { kind: 'settled_not_booked', recipient: 'mary.smith@example.com' },
    ]);
  });

  it('ends with a caller who hangs up while it rings', async () => {
    const tenant = await newTenant();
    script = saysWhatItMust;
    const before = worker.log.length;
    const caller = await dial({ dialled: tenant.number, status: 'ringing', autoSubscribe: false });
    await worker.logged(
      (line) => line['msg'] === 'call started' && worker.log.indexOf(line) >= before,
    );
    await caller.leave();
    expect(await ended(tenant)).toMatchObject({
      outcome: 'no_booking',
      endReason: 'The caller hung up while it rang.',
    });
    const rooms = new RoomServiceClient(livekit.url, LIVEKIT.apiKey, LIVEKIT.apiSecret);
    await vi.waitUntil(async () => (await rooms.listRooms()).length === 0, { timeout: 30_000 });
  });

  const claimed = (tenant: PhoneTenant) =>
    vi.waitUntil(
      () =>
        database.db
          .selectFrom('bookingIntents')
          .selectAll()
          .where('organizationId', '=', tenant.organizationId)
          .where('state', '=', 'claimed')
          .executeTakeFirst(),
      { timeout: 30_000, interval: 10 },
    );
});

const MARY = {
  attendee_name: 'Mary Smith',
  attendee_email: 'mary.smith@example.com',
  attendee_phone: null as string | null,
  answers: null,
  notes: null,
  read_back_confirmed: null as boolean | null,
};

function call(name: string, args: Record<string, unknown>): Reply {
  return { say: null, calls: [{ name, arguments: args }] };
}

/** Says the words it is asked to say exactly, and else nothing of interest. */
function saysWhatItMust({ responseInstructions }: Conversation): Reply {
  return {
    say: /word for word: "(.*)"/.exec(responseInstructions ?? '')?.[1] ?? 'All right.',
    calls: [],
  };
}

function booksTheFirstSlot(conversation: Conversation, attendee: typeof MARY): Reply {
  const last = conversation.items.at(-1);
  if (last?.type === 'message' && last.role === 'user') {
    return call('list_available_slots', { when: null, range_days: null, duration_minutes: null });
  }
  if (last?.type !== 'function_call_output') return saysWhatItMust(conversation);
  const answer = JSON.parse(last.output) as { message?: string; slots?: { slot_id: string }[] };
  const slot = answer.slots?.[0];
  if (slot) return call('schedule_appointment', { ...attendee, slot_id: slot.slot_id });
  return { say: answer.message ?? 'All right.', calls: [] };
}
