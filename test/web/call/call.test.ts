import { ConnectionState, DisconnectReason, RoomEvent } from 'livekit-client';
import { describe, expect, it, vi } from 'vitest';

import type { CallView } from '../../../calls/call-view.ts';
import { createCall, type Call, type CallParts } from '../../../web/call/call.ts';
import { callState, type CallSnapshot } from '../../../web/call/call-snapshot.ts';
import { TokenServerError } from '../../../web/token-server.ts';
import { exampleAppointment, exampleView } from '../example-view.ts';
import { FakeRoom, fakeMicrophone } from './fake-room.ts';

const ticket = {
  serverUrl: 'ws://127.0.0.1:7880',
  participantToken: 'signed',
  agent: {
    slug: 'front-desk',
    name: 'Front desk',
    businessName: 'Harbor Street Clinic',
    language: 'en',
    rehearsal: true,
  },
};

const view = exampleView;

const refused = () => Promise.reject(Object.assign(new Error('no'), { name: 'NotAllowedError' }));

function setUp(parts: Partial<CallParts> = {}) {
  const rooms: FakeRoom[] = [];
  const microphone = fakeMicrophone();
  let ids = 0;
  const call = createCall({
    slug: 'front-desk',
    timeZone: 'Europe/Vienna',
    tokenServer: { requestCall: () => Promise.resolve(ticket) },
    openMicrophone: () => Promise.resolve(microphone.track),
    createRoom: () => {
      const fake = new FakeRoom();
      rooms.push(fake);
      return fake.room;
    },
    createId: () => `typed-${(ids += 1)}`,
    now: () => 0,
    ...parts,
  });
  return {
    call,
    microphone,
    get room(): FakeRoom {
      const room = rooms.at(-1);
      if (!room) throw new Error('no room was made');
      return room;
    },
  };
}

async function answeredCall(parts: Partial<CallParts> = {}, options = { microphone: true }) {
  const set = setUp(parts);
  await set.call.start(options);
  const agent = set.room.agentJoins();
  set.room.agentTurns(agent, 'listening');
  return { call: set.call, room: set.room, microphone: set.microphone, agent };
}

function until(call: Call, holds: (snapshot: CallSnapshot) => boolean): Promise<CallSnapshot> {
  return vi.waitFor(() => {
    const snapshot = call.getSnapshot();
    if (!holds(snapshot)) throw new Error(`still ${callState(snapshot)}`);
    return snapshot;
  }, 30_000);
}

describe('starting a call', () => {
  it('asks for the microphone and a ticket at once, then publishes the microphone', async () => {
    const requestCall = vi.fn<CallParts['tokenServer']['requestCall']>(() =>
      Promise.resolve(ticket),
    );
    const { call, room, microphone } = await answeredCall({ tokenServer: { requestCall } });
    expect(requestCall).toHaveBeenCalledExactlyOnceWith({
      agent: 'front-desk',
      timeZone: 'Europe/Vienna',
    });
    expect(room.published).toEqual([microphone.track]);
    expect(call.getSnapshot()).toMatchObject({ phase: 'live', activity: 'listening' });
    expect(call.getSnapshot().agent?.rehearsal).toBe(true);
  });

  it('is connecting until the agent is ready', async () => {
    const { call, microphone } = setUp();
    await call.start({ microphone: true });
    expect(callState(call.getSnapshot())).toBe('connecting');
    expect(microphone.done).toEqual([]);
  });

  it('goes back to the start, with advice, when the microphone is refused', async () => {
    const set = setUp({ openMicrophone: refused });
    await set.call.start({ microphone: true });
    expect(set.call.getSnapshot()).toMatchObject({ phase: 'idle', microphone: 'refused' });
    expect(set.room.disconnected).toBe(true);
  });

  it('can be held by typing alone, and does not touch the microphone then', async () => {
    const openMicrophone = vi.fn<CallParts['openMicrophone']>(refused);
    const { call, room } = await answeredCall({ openMicrophone }, { microphone: false });
    expect(openMicrophone).not.toHaveBeenCalled();
    expect(room.published).toEqual([]);
    await call.send('Hello');
    expect(room.sent).toEqual([{ text: 'Hello', topic: 'lk.chat' }]);
  });

  it('asks for a new ticket when the browser was left waiting for too long', async () => {
    const requestCall = vi.fn<CallParts['tokenServer']['requestCall']>(() =>
      Promise.resolve(ticket),
    );
    let now = 0;
    const microphone = fakeMicrophone();
    await answeredCall({
      tokenServer: { requestCall },
      now: () => now,
      openMicrophone: () => {
        now = 100_000;
        return Promise.resolve(microphone.track);
      },
    });
    expect(requestCall).toHaveBeenCalledTimes(2);
  });

  it.each([
    [404, { kind: 'agent-missing' }],
    [409, { kind: 'agent-disabled' }],
    [429, { kind: 'too-many', retryAfterSeconds: 9 }],
    [500, { kind: 'unreachable' }],
    [0, { kind: 'unreachable' }],
  ])('says why the server answered %i, and lets the microphone go', async (status, failure) => {
    const error = new TokenServerError('no', { status, code: 'no', retryAfterSeconds: 9 });
    const set = setUp({ tokenServer: { requestCall: () => Promise.reject(error) } });
    await set.call.start({ microphone: true });
    expect(set.call.getSnapshot()).toMatchObject({ phase: 'failed', failure });
    expect(set.microphone.done).toEqual(['stop']);
  });

  it('says that nobody answered when no agent comes in time', async () => {
    const { call } = setUp({ agentWait: 20 });
    await call.start({ microphone: true });
    const { failure } = await until(call, ({ phase }) => phase === 'failed');
    expect(failure).toEqual({ kind: 'no-agent' });
  });

  it('still waits for an agent that joined and prepares for ever', async () => {
    const set = setUp({ agentWait: 20 });
    await set.call.start({ microphone: true });
    set.room.agentJoins('initializing');
    const { failure } = await until(set.call, ({ phase }) => phase === 'failed');
    expect(failure).toEqual({ kind: 'no-agent' });
  });

  it('forgets an attempt that was hung up while the browser was asking', async () => {
    const microphone = fakeMicrophone();
    let allow: (track: typeof microphone.track) => void = () => undefined;
    const { call } = setUp({
      openMicrophone: () => new Promise((resolve) => (allow = resolve)),
    });
    const started = call.start({ microphone: true });
    call.hangUp();
    allow(microphone.track);
    await started;
    expect(call.getSnapshot()).toMatchObject({ phase: 'idle', microphone: 'off' });
    expect(microphone.done).toEqual(['stop']);
  });
});

describe('during a call', () => {
  it.each(['thinking', 'speaking', 'listening'])('shows that the agent is %s', async (state) => {
    const { call, room, agent } = await answeredCall();
    room.agentTurns(agent, state);
    expect(callState(call.getSnapshot())).toBe(state);
  });

  it('writes down both sides', async () => {
    const { call, room } = await answeredCall();
    room.stream('lk.transcription', 'agent', ['Which ', 'day?'], {
      'lk.segment_id': 'SG_1',
      'lk.transcription_final': 'false',
    });
    await until(call, ({ transcript }) => transcript[0]?.final === true);
    room.stream('lk.transcription', 'visitor', ['twos'], {
      'lk.segment_id': 'SG_2',
      'lk.transcription_final': 'false',
    });
    room.stream('lk.transcription', 'visitor', ['Tuesday'], {
      'lk.segment_id': 'SG_2',
      'lk.transcription_final': 'true',
    });
    const { transcript } = await until(call, ({ transcript }) => transcript[1]?.final === true);
    expect(transcript.map(({ role, text }) => [role, text])).toEqual([
      ['agent', 'Which day?'],
      ['caller', 'Tuesday'],
    ]);
  });

  it('shows the view of the call that the agent sends', async () => {
    const { call, room } = await answeredCall();
    room.stream('slotline.call-view', 'agent', [JSON.stringify(view)]);
    await until(call, (snapshot) => snapshot.view !== null);
    expect(call.getSnapshot().view).toEqual(view);
  });

  it('shows a view that comes before the news that its agent has joined', async () => {
    const set = setUp();
    await set.call.start({ microphone: true });
    set.room.stream('slotline.call-view', 'agent', [JSON.stringify(view)]);
    set.room.agentJoins();
    await until(set.call, (snapshot) => snapshot.view !== null);
    expect(set.call.getSnapshot().view).toEqual(view);
  });

  it('believes no view from anybody else', async () => {
    const { call, room } = await answeredCall();
    room.stream('slotline.call-view', 'stranger', [JSON.stringify(view)]);
    room.stream('slotline.call-view', 'agent', [JSON.stringify({ ...view, businessName: 'True' })]);
    await until(call, (snapshot) => snapshot.view !== null);
    expect(call.getSnapshot().view?.businessName).toBe('True');
  });

  it('asks the agent for the view after the line was mended', async () => {
    const { call, room } = await answeredCall();
    room.emit(RoomEvent.ConnectionStateChanged, ConnectionState.Reconnecting);
    expect(call.getSnapshot().reconnecting).toBe(true);
    room.rpcAnswer = JSON.stringify(view);
    room.emit(RoomEvent.ConnectionStateChanged, ConnectionState.Connected);
    room.emit(RoomEvent.Reconnected);
    const snapshot = await until(call, (now) => now.view !== null);
    expect(snapshot.reconnecting).toBe(false);
    expect(room.asked.at(-1)).toMatchObject({
      destinationIdentity: 'agent',
      method: 'slotline.call-view',
    });
  });

  it('keeps a message that did not get through, and says so', async () => {
    const { call, room } = await answeredCall();
    room.sendError = new Error('not connected');
    expect(await call.send('Hello')).toBe(false);
    expect(call.getSnapshot().transcript).toMatchObject([{ text: 'Hello', undelivered: true }]);
  });

  it('says now and then that the visitor is typing', async () => {
    let now = 0;
    const { call, room } = await answeredCall({ now: () => now });
    for (; now < 10_000; now += 100) call.typing();
    expect(room.data).toEqual(['slotline.typing', 'slotline.typing', 'slotline.typing']);
  });

  it('adds a microphone to a call that began without one', async () => {
    const { call, room, microphone } = await answeredCall({}, { microphone: false });
    await call.addMicrophone();
    expect(room.published).toEqual([microphone.track]);
  });

  it('lets a microphone go that cannot be published, and stays in the call', async () => {
    const { call, room, microphone } = await answeredCall({}, { microphone: false });
    room.publishError = new Error('not allowed to publish');
    await call.addMicrophone();
    expect(call.getSnapshot()).toMatchObject({ phase: 'live', microphoneTrack: null });
    expect(microphone.done).toEqual(['stop']);
  });

  it('lets a microphone go that is still being published when the visitor hangs up', async () => {
    const { call, room, microphone } = await answeredCall({}, { microphone: false });
    const published = Promise.withResolvers<void>();
    room.publishing = published.promise;
    const added = call.addMicrophone();
    await vi.waitFor(() => expect(room.published).toHaveLength(1), 30_000);
    call.hangUp();
    expect(microphone.done).toEqual(['stop']);
    published.reject(new Error('the room was left'));
    await added;
    expect(microphone.done).toEqual(['stop']);
  });

  it('lets a microphone go that was lost when the line was mended', async () => {
    const { call, room, microphone } = await answeredCall();
    room.emit(RoomEvent.LocalTrackUnpublished, { source: 'microphone' });
    expect(call.getSnapshot().microphone).toBe('off');
    call.hangUp();
    expect(microphone.done).toEqual(['stop']);
  });

  it('stays in the call when a microphone asked for later is refused', async () => {
    const { call } = await answeredCall({ openMicrophone: refused }, { microphone: false });
    await call.addMicrophone();
    expect(call.getSnapshot()).toMatchObject({ phase: 'live', microphone: 'refused' });
  });

  it('mutes the microphone', async () => {
    const { call, microphone } = await answeredCall();
    await call.setMuted(true);
    await call.setMuted(false);
    expect(microphone.done).toEqual(['mute', 'unmute']);
  });
});

describe('what is done on the page', () => {
  const choice = { do: 'choose', slotId: 'slot_1' } as const;
  const lines = ({ transcript }: CallSnapshot) =>
    transcript.map(({ text, undelivered }) => ({ text, undelivered }));

  it('goes to the agent and stands in the transcript', async () => {
    const { call, room, agent } = await answeredCall();
    room.rpcAnswer = '{"status":"done"}';
    expect(await call.act(choice, 'Tuesday, 1:00 PM')).toEqual({ status: 'done' });
    expect(room.asked.at(-1)).toMatchObject({
      destinationIdentity: agent.identity,
      method: 'slotline.page-action',
      payload: JSON.stringify(choice),
    });
    expect(lines(call.getSnapshot())).toEqual([{ text: 'Tuesday, 1:00 PM', undelivered: false }]);
  });

  it('is taken back where it came to nothing, and marked where nobody knows', async () => {
    const { call, room } = await answeredCall();
    room.rpcAnswer = '{"status":"not-offered"}';
    expect(await call.act(choice, 'Tuesday')).toEqual({ status: 'not-offered' });
    expect(call.getSnapshot().transcript).toEqual([]);
    room.rpcAnswer = null;
    expect(await call.act(choice, 'Wednesday')).toBeNull();
    expect(lines(call.getSnapshot())).toEqual([{ text: 'Wednesday', undelivered: true }]);
  });

  it('is nothing before the call', async () => {
    const { call } = setUp();
    expect(await call.act(choice, 'Tuesday')).toBeNull();
  });
});

describe('the end of a call', () => {
  const booked = exampleAppointment;

  async function withView(part: Partial<CallView>) {
    const set = await answeredCall();
    set.room.stream('slotline.call-view', 'agent', [JSON.stringify({ ...view, ...part })]);
    await until(set.call, (snapshot) => snapshot.view !== null);
    return set;
  }

  it('is the visitor hanging up: the microphone goes off and the room is left', async () => {
    const { call, room, microphone } = await answeredCall();
    call.hangUp();
    expect(call.getSnapshot()).toMatchObject({ phase: 'ended', failure: null, room: null });
    expect(room.disconnected).toBe(true);
    expect(microphone.done).toEqual(['stop']);
  });

  it('keeps the appointment for the summary when the agent closes the room', async () => {
    const { call, room } = await withView({ state: 'ending', appointment: booked });
    room.emit(RoomEvent.Disconnected, DisconnectReason.ROOM_DELETED);
    expect(call.getSnapshot()).toMatchObject({ phase: 'ended', view: { appointment: booked } });
  });

  it('is a failure when the agent said that it could not go on', async () => {
    const { call, room } = await withView({ state: 'failed' });
    room.emit(RoomEvent.Disconnected, DisconnectReason.ROOM_DELETED);
    expect(call.getSnapshot().failure).toEqual({ kind: 'agent-failed' });
  });

  it('is a failure when the connection cannot be mended', async () => {
    const { call, room } = await withView({ appointment: booked });
    room.emit(RoomEvent.Disconnected, DisconnectReason.SIGNAL_CLOSE);
    expect(call.getSnapshot()).toMatchObject({
      phase: 'failed',
      failure: { kind: 'connection-lost' },
      view: { appointment: booked },
    });
  });

  it('is told for what it is when somebody else came with the same token', async () => {
    const { call, room, microphone } = await withView({ appointment: booked });
    room.emit(RoomEvent.Disconnected, DisconnectReason.DUPLICATE_IDENTITY);
    expect(call.getSnapshot()).toMatchObject({
      phase: 'failed',
      failure: { kind: 'joined-twice' },
      view: { appointment: booked },
    });
    expect(microphone.done).toEqual(['stop']);
  });

  it('is not an agent that is met again after the line was mended', async () => {
    const { call, room, agent } = await answeredCall();
    vi.useFakeTimers();
    try {
      room.emit(RoomEvent.ConnectionStateChanged, ConnectionState.Reconnecting);
      room.agentLeaves(agent);
      vi.advanceTimersByTime(5000);
      room.emit(RoomEvent.ConnectionStateChanged, ConnectionState.Connected);
      room.agentJoins('listening');
      vi.advanceTimersByTime(5000);
      expect(callState(call.getSnapshot())).toBe('listening');
    } finally {
      vi.useRealTimers();
    }
  });

  it('is noticed after a cut line in which the agent left', async () => {
    const { call, room, agent } = await answeredCall();
    vi.useFakeTimers();
    try {
      room.emit(RoomEvent.ConnectionStateChanged, ConnectionState.Reconnecting);
      room.agentLeaves(agent);
      room.emit(RoomEvent.ConnectionStateChanged, ConnectionState.Connected);
      vi.advanceTimersByTime(20_000);
      expect(call.getSnapshot().failure).toEqual({ kind: 'agent-left' });
    } finally {
      vi.useRealTimers();
    }
  });

  it('is a failure when the connection takes too long to mend', async () => {
    const { call, room } = await answeredCall();
    vi.useFakeTimers();
    try {
      room.emit(RoomEvent.ConnectionStateChanged, ConnectionState.SignalReconnecting);
      // Every further attempt would start the wait anew if it were counted from there.
      vi.advanceTimersByTime(24_000);
      room.emit(RoomEvent.ConnectionStateChanged, ConnectionState.Reconnecting);
      expect(call.getSnapshot().phase).toBe('live');
      vi.advanceTimersByTime(1_000);
      expect(call.getSnapshot().failure).toEqual({ kind: 'connection-lost' });
    } finally {
      vi.useRealTimers();
    }
  });

  it.each<[CallView['state'], CallSnapshot['phase']]>([
    ['talking', 'failed'],
    ['ending', 'ended'],
  ])('follows an agent that left while %s: %s', async (state, phase) => {
    const { call, room, agent } = await withView({ state });
    vi.useFakeTimers();
    try {
      room.agentLeaves(agent);
      vi.advanceTimersByTime(20_000);
      expect(call.getSnapshot().phase).toBe(phase);
    } finally {
      vi.useRealTimers();
    }
  });

  it('can be followed by another call, with nothing left of the first', async () => {
    const set = await withView({ appointment: booked });
    await set.call.send('Hello');
    set.call.hangUp();
    await set.call.start({ microphone: true });
    expect(set.call.getSnapshot()).toMatchObject({
      phase: 'connecting',
      view: null,
      transcript: [],
    });
    // What the first room still says is not heard.
    set.room.emit(RoomEvent.Disconnected, DisconnectReason.ROOM_DELETED);
    expect(set.call.getSnapshot().phase).toBe('connecting');
  });
});
