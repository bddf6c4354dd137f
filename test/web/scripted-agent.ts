import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  Room,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk';

import type { CallView, PageAction, PageAnswer } from '../../calls/call-view.ts';
import { CALL_VIEW_TOPIC, PAGE_ACTION_METHOD } from '../../calls/call-view.ts';

const SAMPLE_RATE = 24_000;

/** Stands where the worker would: does what the test says, over a real LiveKit server. */
export class ScriptedAgent {
  /** What came over lk.chat. */
  readonly messages: string[] = [];
  /** What the visitor did on the page. */
  readonly actions: PageAction[] = [];
  /** What becomes of it. */
  onAction: (action: PageAction) => PageAnswer = () => ({ status: 'done' });
  /** True once the visitor's microphone arrived. */
  hears = false;
  readonly #room = new Room();
  readonly #rooms: RoomServiceClient;
  readonly #roomName: string;
  #view: CallView | null = null;

  private constructor(rooms: RoomServiceClient, roomName: string) {
    this.#rooms = rooms;
    this.#roomName = roomName;
  }

  /** Joins the visitor's room, as a dispatched worker would. */
  static async answer(
    livekit: { url: string; webSocketUrl: string; apiKey: string; apiSecret: string },
    roomName: string,
  ): Promise<ScriptedAgent> {
    const { apiKey, apiSecret } = livekit;
    const rooms = new RoomServiceClient(livekit.url, apiKey, apiSecret);
    const agent = new ScriptedAgent(rooms, roomName);
    const token = new AccessToken(apiKey, apiSecret, { identity: 'agent-scripted' });
    token.kind = 'agent';
    token.addGrant({
      room: roomName,
      roomJoin: true,
      agent: true,
      canPublish: true,
      canPublishData: true,
      canSubscribe: true,
      canUpdateOwnMetadata: true,
    });
    const room = agent.#room;
    room.registerTextStreamHandler('lk.chat', (reader) => {
      void reader.readAll().then((text) => agent.messages.push(text));
    });
    room.on('trackSubscribed', () => (agent.hears = true));
    await room.connect(livekit.webSocketUrl, await token.toJwt(), {
      autoSubscribe: true,
      dynacast: false,
    });
    room.localParticipant?.registerRpcMethod(CALL_VIEW_TOPIC, () =>
      Promise.resolve(JSON.stringify(agent.#view)),
    );
    room.localParticipant?.registerRpcMethod(PAGE_ACTION_METHOD, ({ payload }) => {
      const action = JSON.parse(payload) as PageAction;
      agent.actions.push(action);
      return Promise.resolve(JSON.stringify(agent.onAction(action)));
    });
    return agent;
  }

  /** Publishes a voice: half a second of a tone, so that there is something to hear. */
  async speak(): Promise<void> {
    const source = new AudioSource(SAMPLE_RATE, 1);
    const options = new TrackPublishOptions();
    options.source = TrackSource.SOURCE_MICROPHONE;
    const track = LocalAudioTrack.createAudioTrack('voice', source);
    await this.#room.localParticipant?.publishTrack(track, options);
    const samples = Int16Array.from({ length: SAMPLE_RATE / 2 }, (_, index) =>
      Math.round(12_000 * Math.sin((2 * Math.PI * 330 * index) / SAMPLE_RATE)),
    );
    await source.captureFrame(new AudioFrame(samples, SAMPLE_RATE, 1, samples.length));
  }

  async turn(state: 'listening' | 'thinking' | 'speaking'): Promise<void> {
    await this.#room.localParticipant?.setAttributes({ 'lk.agent.state': state });
  }

  async show(view: CallView): Promise<void> {
    this.#view = view;
    await this.#room.localParticipant?.sendText(JSON.stringify(view), { topic: CALL_VIEW_TOPIC });
  }

  /** Changes the view without sending it: the page was away, and has to ask. */
  changeUnseen(view: CallView): void {
    this.#view = view;
  }

  /** Writes a turn into the transcript as agents-js does: the agent's grows in one stream. */
  async say(words: string[], segment: string): Promise<void> {
    const writer = await this.#room.localParticipant?.streamText({
      topic: 'lk.transcription',
      attributes: { 'lk.segment_id': segment, 'lk.transcription_final': 'false' },
    });
    for (const word of words) await writer?.write(word);
    await writer?.close();
  }

  /** The caller's turn comes whole each time it is understood better, in the caller's name. */
  async hear(text: string, segment: string, final: boolean): Promise<void> {
    const visitor = [...this.#room.remoteParticipants.keys()][0] ?? '';
    const writer = await this.#room.localParticipant?.streamText({
      topic: 'lk.transcription',
      senderIdentity: visitor,
      attributes: { 'lk.segment_id': segment, 'lk.transcription_final': String(final) },
    });
    await writer?.write(text);
    await writer?.close();
  }

  /** Ends the call for both. */
  async closeRoom(): Promise<void> {
    await this.#rooms.deleteRoom(this.#roomName);
    await this.#room.disconnect();
  }
}
