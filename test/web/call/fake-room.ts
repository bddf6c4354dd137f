import { EventEmitter } from 'node:events';

import { RoomEvent, type LocalAudioTrack, type Room } from 'livekit-client';

type StreamHandler = (reader: unknown, sender: { identity: string }) => void;

/** A room without a server: the test plays the agent and the network. */
export class FakeRoom extends EventEmitter {
  readonly remoteParticipants = new Map<string, FakeAgent>();
  readonly sent: { text: string; topic: string }[] = [];
  readonly asked: { destinationIdentity: string; method: string; payload?: string }[] = [];
  readonly published: unknown[] = [];
  readonly data: (string | undefined)[] = [];
  canPlaybackAudio = true;
  disconnected = false;
  connectError: Error | null = null;
  sendError: Error | null = null;
  publishError: Error | null = null;
  publishing: Promise<void> = Promise.resolve();
  rpcAnswer: string | null = null;
  readonly #handlers = new Map<string, StreamHandler>();

  readonly localParticipant = {
    identity: 'visitor',
    sendText: (text: string, { topic }: { topic: string }) => {
      if (this.sendError) return Promise.reject(this.sendError);
      this.sent.push({ text, topic });
      return Promise.resolve();
    },
    performRpc: (request: { destinationIdentity: string; method: string }) => {
      this.asked.push(request);
      return this.rpcAnswer === null
        ? Promise.reject(new Error('no such method'))
        : Promise.resolve(this.rpcAnswer);
    },
    publishData: (_payload: Uint8Array, { topic }: { topic?: string }) => {
      this.data.push(topic);
      return Promise.resolve();
    },
    publishTrack: (track: unknown) => {
      if (this.publishError) return Promise.reject(this.publishError);
      this.published.push(track);
      return this.publishing;
    },
  };

  startAudio = () => Promise.resolve();

  connect = () => (this.connectError ? Promise.reject(this.connectError) : Promise.resolve());

  disconnect = () => {
    this.disconnected = true;
    return Promise.resolve();
  };

  registerTextStreamHandler(topic: string, handler: StreamHandler): void {
    this.#handlers.set(topic, handler);
  }

  /** The room as livekit-client types it. */
  get room(): Room {
    return this as unknown as Room;
  }

  agentJoins(state = 'initializing'): FakeAgent {
    const agent = { identity: 'agent', isAgent: true, attributes: { 'lk.agent.state': state } };
    this.remoteParticipants.set(agent.identity, agent);
    this.emit(RoomEvent.ParticipantConnected, agent);
    return agent;
  }

  agentTurns(agent: FakeAgent, state: string): void {
    agent.attributes = { 'lk.agent.state': state };
    this.emit(RoomEvent.ParticipantAttributesChanged, agent.attributes, agent);
  }

  agentLeaves(agent: FakeAgent): void {
    this.remoteParticipants.delete(agent.identity);
    this.emit(RoomEvent.ParticipantDisconnected, agent);
  }

  /** Plays a text stream of the given chunks. */
  stream(
    topic: string,
    from: string,
    chunks: string[],
    attributes: Record<string, string> = {},
  ): void {
    this.#handlers.get(topic)?.(
      {
        info: { id: `stream-${chunks.join('')}`, attributes },
        readAll: () => Promise.resolve(chunks.join('')),
        async *[Symbol.asyncIterator]() {
          yield* chunks;
        },
      },
      { identity: from },
    );
  }
}

export interface FakeAgent {
  identity: string;
  isAgent: boolean;
  attributes: Record<string, string>;
}

/** A microphone that remembers what was done to it. */
export function fakeMicrophone(): { track: LocalAudioTrack; done: string[] } {
  const done: string[] = [];
  const note = (what: string) => () => {
    done.push(what);
    return Promise.resolve();
  };
  const track = { stop: note('stop'), mute: note('mute'), unmute: note('unmute') };
  return { track: track as unknown as LocalAudioTrack, done };
}
