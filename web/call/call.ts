import { DisconnectReason, type LocalAudioTrack, type LocalTrack, type Room } from 'livekit-client';

import type { TokenServer } from '../token-server.ts';
import { endedOnPurpose, refusalFailure, type CallFailure } from './call-failure.ts';
import { watchCallRoom, type WatchedRoom } from './call-room.ts';
import { IDLE_CALL, type CallSnapshot } from './call-snapshot.ts';
import { TYPING_TOPIC } from '../../calls/call-view.ts';
import type { PageAction, PageAnswer } from '../../calls/call-view.ts';
import { microphoneProblem } from './microphone.ts';
import { addTyped, markUndelivered, mergeSegment, settleLines, withoutLine } from './transcript.ts';

/** How long the visitor waits for an agent before the page says that none answers. */
const AGENT_WAIT_MS = 10_000;
/**
 * A leaving agent deletes the room; when that news does not follow, the agent was lost, and another one
 * takes the call over: within seconds, or once its worker has been started again.
 */
const FAREWELL_WAIT_MS = 20_000;
/** Of an agent that was about to end the call. */
const ENDING_WAIT_MS = 8_000;
/**
 * LiveKit holds a lost participant's place for about twenty seconds: after that there is nothing to
 * come back to, and livekit-client's own attempts would only keep the visitor waiting.
 */
const MENDING_WAIT_MS = 25_000;
/** The agent counts a visitor as there for twelve seconds after a sign of them. */
const TYPING_EVERY_MS = 4000;
/** The token lives for two minutes; a visitor who ponders the browser's question outlives it. */
const TICKET_FRESH_MS = 90_000;

export interface CallParts {
  slug: string;
  /** The visitor's, IANA. */
  timeZone: string;
  tokenServer: Pick<TokenServer, 'requestCall'>;
  openMicrophone: () => Promise<LocalAudioTrack>;
  createRoom: () => Room;
  createId: () => string;
  now: () => number;
  /** Milliseconds; 10 000 unless told otherwise. */
  agentWait?: number;
}

/** One visitor's line to the agent: a store the page reads, and what the visitor can do. */
export interface Call {
  subscribe: (listener: () => void) => () => void;
  getSnapshot: () => CallSnapshot;
  /** Starts, or starts again. With `microphone: false` the browser is not asked: typing only. */
  start: (options: { microphone: boolean }) => Promise<void>;
  hangUp: () => void;
  /** Sends a chat message; it stays in the transcript, marked, when it does not get through. */
  send: (text: string) => Promise<boolean>;
  /**
   * Does something with the agent instead of saying it; null where it did not get through.
   * @param words for the transcript
   */
  act: (action: PageAction, words: string) => Promise<PageAnswer | null>;
  /** The visitor is typing: who does so is not silent, and not asked whether they are there. */
  typing: () => void;
  setMuted: (muted: boolean) => Promise<void>;
  /** Adds a microphone to a call that began without one. */
  addMicrophone: () => Promise<void>;
  /** To be called from a click, where {@link CallSnapshot.soundBlocked}. */
  allowSound: () => Promise<void>;
}

export function createCall(parts: CallParts): Call {
  let snapshot = IDLE_CALL;
  const listeners = new Set<() => void>();
  /** Identifies the attempt in progress: what an earlier one still has to say is not heard. */
  let attempt = Symbol('no call yet');
  /** Whether the attempt had an agent and has it no more. */
  let agentGone = false;
  let agentWait: ReturnType<typeof setTimeout> | undefined;
  let farewell: ReturnType<typeof setTimeout> | undefined;
  let mending: ReturnType<typeof setTimeout> | undefined;
  let toldTypingAt = -Infinity;
  let watched: WatchedRoom | null = null;
  /** Open until the attempt is over, whether it could be published or not. */
  let openMicrophone: LocalAudioTrack | null = null;

  /** Takes over a microphone; whichever was open before is let go. */
  function holdMicrophone(track: LocalAudioTrack | null): void {
    if (openMicrophone !== track) openMicrophone?.stop();
    openMicrophone = track;
  }

  function update(change: Partial<CallSnapshot>): void {
    snapshot = { ...snapshot, ...change };
    for (const listener of listeners) listener();
  }

  /** Ends the attempt, whatever it was doing; the view stays, for the summary. */
  function finish(change: { phase: 'idle' | 'ended' | 'failed'; failure?: CallFailure }): void {
    attempt = Symbol('over');
    agentGone = false;
    clearTimeout(agentWait);
    clearTimeout(farewell);
    clearTimeout(mending);
    const { room } = snapshot;
    update({
      failure: null,
      ...change,
      microphone: 'off',
      reconnecting: false,
      soundBlocked: false,
      room: null,
      agentTrack: null,
      microphoneTrack: null,
      transcript: settleLines(snapshot.transcript),
    });
    holdMicrophone(null);
    void room?.disconnect();
  }

  function fail(failure: CallFailure): void {
    finish({ phase: 'failed', failure });
  }

  /** The agent is there: the wait for it is over. */
  function answered(change: Partial<CallSnapshot>): void {
    clearTimeout(agentWait);
    update({ ...change, phase: 'live' });
  }

  function watch(room: Room, current: symbol): WatchedRoom {
    const mine =
      <Values extends unknown[]>(hear: (...values: Values) => void) =>
      (...values: Values) => {
        if (attempt === current) hear(...values);
      };
    return watchCallRoom(room, {
      activity: mine((activity) => {
        if (activity === 'connecting') update({ activity });
        else answered({ activity });
      }),
      agentTrack: mine((agentTrack) => update({ agentTrack })),
      agentHere: mine(() => {
        agentGone = false;
        awaitFarewell();
      }),
      agentLeft: mine(() => {
        agentGone = true;
        awaitFarewell();
      }),
      view: mine((view) => answered({ view })),
      segment: mine((segment) =>
        update({ transcript: mergeSegment(snapshot.transcript, segment) }),
      ),
      reconnecting: mine((reconnecting) => {
        // The stages of one cut, signal and then media, are one wait.
        if (reconnecting === snapshot.reconnecting) return;
        clearTimeout(mending);
        if (reconnecting) {
          mending = setTimeout(() => fail({ kind: 'connection-lost' }), MENDING_WAIT_MS);
        }
        update({ reconnecting });
        awaitFarewell();
      }),
      soundBlocked: mine((soundBlocked) => update({ soundBlocked })),
      microphoneTrack: mine((microphoneTrack) =>
        update({ microphoneTrack, microphone: microphoneTrack ? 'on' : 'off' }),
      ),
      microphoneMuted: mine((muted) => update({ microphone: muted ? 'muted' : 'on' })),
      disconnected: mine((reason) => {
        const onPurpose = endedOnPurpose(reason);
        if (snapshot.phase === 'connecting') {
          fail({ kind: onPurpose ? 'no-agent' : 'no-connection' });
        } else if (reason === DisconnectReason.DUPLICATE_IDENTITY) fail({ kind: 'joined-twice' });
        else if (!onPurpose) fail({ kind: 'connection-lost' });
        else if (snapshot.view?.state === 'failed') fail({ kind: 'agent-failed' });
        else finish({ phase: 'ended' });
      }),
    });
  }

  /** Without the agent there is no call; but a cut line says nothing about the agent. */
  function awaitFarewell(): void {
    clearTimeout(farewell);
    const isEnding = snapshot.view !== null && snapshot.view.state !== 'talking';
    const wait = isEnding ? ENDING_WAIT_MS : FAREWELL_WAIT_MS;
    if (agentGone && !snapshot.reconnecting) farewell = setTimeout(leave, wait);
  }

  function leave(): void {
    if (snapshot.view?.state === 'ending') finish({ phase: 'ended' });
    else fail({ kind: snapshot.view?.state === 'failed' ? 'agent-failed' : 'agent-left' });
  }

  async function start({ microphone }: { microphone: boolean }): Promise<void> {
    if (snapshot.phase === 'connecting' || snapshot.phase === 'live') return;
    const current = Symbol('call');
    attempt = current;
    const room = parts.createRoom();
    update({ ...IDLE_CALL, phase: 'connecting', microphone: microphone ? 'asking' : 'off', room });
    // In the click itself, before anything is awaited: browsers unlock sound only there.
    void room.startAudio().catch(() => update({ soundBlocked: true }));
    watched = watch(room, current);

    const request = () =>
      parts.tokenServer.requestCall({ agent: parts.slug, timeZone: parts.timeZone });
    const requestedAt = parts.now();
    // Asked for while the browser shows its question, so that the call begins sooner.
    let ticket = request();
    ticket.catch(() => {
      // Awaited below; a refused microphone may leave before that.
    });

    let track: LocalAudioTrack | null = null;
    if (microphone) {
      try {
        track = await parts.openMicrophone();
      } catch (error) {
        if (attempt !== current) return;
        finish({ phase: 'idle' });
        update({ microphone: microphoneProblem(error) });
        return;
      }
      if (attempt !== current) {
        track.stop();
        return;
      }
      holdMicrophone(track);
      update({ microphone: 'on', microphoneTrack: track });
    }

    try {
      if (parts.now() - requestedAt > TICKET_FRESH_MS) ticket = request();
      const { serverUrl, participantToken, agent } = await ticket;
      if (attempt !== current) return;
      update({ agent });
      agentWait = setTimeout(() => fail({ kind: 'no-agent' }), parts.agentWait ?? AGENT_WAIT_MS);
      await room.connect(serverUrl, participantToken);
      if (attempt !== current) {
        await room.disconnect();
        return;
      }
      watched.seeAgent();
      if (track) await publish(room, track);
    } catch (error) {
      if (attempt === current) fail(refusalFailure(error));
    }
  }

  async function addMicrophone(): Promise<void> {
    const { room } = snapshot;
    if (!room) return;
    const current = attempt;
    update({ microphone: 'asking' });
    try {
      const track = await parts.openMicrophone();
      if (attempt !== current) {
        track.stop();
        return;
      }
      holdMicrophone(track);
      await publish(room, track);
    } catch (error) {
      if (attempt !== current) return;
      holdMicrophone(null);
      update({ microphone: microphoneProblem(error), microphoneTrack: null });
    }
  }

  async function send(text: string): Promise<boolean> {
    const { room } = snapshot;
    if (!room) return false;
    const id = parts.createId();
    update({ transcript: addTyped(snapshot.transcript, { id, text }) });
    try {
      await room.localParticipant.sendText(text, { topic: 'lk.chat' });
      return true;
    } catch {
      update({ transcript: markUndelivered(snapshot.transcript, id) });
      return false;
    }
  }

  async function act(action: PageAction, words: string): Promise<PageAnswer | null> {
    if (!snapshot.room || !watched) return null;
    const id = parts.createId();
    update({ transcript: addTyped(snapshot.transcript, { id, text: words }) });
    const answer = await watched.act(action);
    if (answer?.status !== 'done') {
      const settle = answer === null ? markUndelivered : withoutLine;
      update({ transcript: settle(snapshot.transcript, id) });
    }
    return answer;
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    getSnapshot: () => snapshot,
    start,
    hangUp() {
      if (snapshot.phase === 'live') finish({ phase: 'ended' });
      else if (snapshot.phase === 'connecting') finish({ phase: 'idle' });
    },
    send,
    act,
    typing() {
      if (parts.now() - toldTypingAt < TYPING_EVERY_MS) return;
      toldTypingAt = parts.now();
      const told = snapshot.room?.localParticipant.publishData(new Uint8Array(), {
        reliable: true,
        topic: TYPING_TOPIC,
      });
      // The next key says it again.
      told?.catch(() => {});
    },
    async setMuted(muted) {
      if (muted) await snapshot.microphoneTrack?.mute();
      else await snapshot.microphoneTrack?.unmute();
    },
    addMicrophone,
    async allowSound() {
      await snapshot.room?.startAudio();
    },
  };
}

async function publish(room: Room, track: LocalAudioTrack): Promise<void> {
  // livekit-client's own types disagree under exactOptionalPropertyTypes: `processor` is optional.
  await room.localParticipant.publishTrack(track as LocalTrack);
}
