import { Room, RoomEvent } from '@livekit/rtc-node';
import type { TextStreamReader } from '@livekit/rtc-node';
import { AccessToken, RoomAgentDispatch, RoomConfiguration } from 'livekit-server-sdk';
import { vi } from 'vitest';
import { CALL_VIEW_TOPIC } from '../../booking/call-view.ts';
import type { CallView } from '../../booking/call-view.ts';

export interface VisitorOptions {
  url: string;
  apiKey: string;
  apiSecret: string;
  roomName: string;
  /** Of the dispatch: any text, also one that no server of ours would write. */
  metadata: string;
}

/** A visitor without a microphone, who types and reads. */
export class TypingVisitor {
  readonly room = new Room();
  readonly views: CallView[] = [];
  /** What the agent said, a line for each segment. */
  readonly heard: string[] = [];
  /** Milliseconds of the epoch. */
  leftAt = 0;

  /** Joins a fresh room into which the worker is dispatched. */
  static async join(options: VisitorOptions): Promise<TypingVisitor> {
    const token = new AccessToken(options.apiKey, options.apiSecret, {
      identity: 'visitor',
      ttl: 60,
    });
    token.addGrant({ roomJoin: true, room: options.roomName, canUpdateOwnMetadata: false });
    token.roomConfig = new RoomConfiguration({
      agents: [new RoomAgentDispatch({ agentName: 'slotline', metadata: options.metadata })],
    });
    const visitor = new TypingVisitor();
    visitor.#listen();
    await visitor.room.connect(options.url, await token.toJwt(), {
      autoSubscribe: true,
      dynacast: false,
    });
    return visitor;
  }

  async type(text: string): Promise<void> {
    await this.room.localParticipant?.sendText(text, { topic: 'lk.chat' });
  }

  /** Waits for the agent to say something that matches, after what it has said so far. */
  async hears(pattern: RegExp): Promise<void> {
    await vi.waitUntil(() => this.heard.some((line) => pattern.test(line)), { timeout: 15_000 });
  }

  /** Asks the agent for the state of the call, as a page does after it was away. */
  async askForView(): Promise<CallView> {
    const [agent] = this.room.remoteParticipants.values();
    const text = await this.room.localParticipant?.performRpc({
      destinationIdentity: agent?.identity ?? '',
      method: CALL_VIEW_TOPIC,
      payload: '',
    });
    return JSON.parse(text ?? 'null') as CallView;
  }

  async leave(): Promise<void> {
    this.leftAt = Date.now();
    await this.room.disconnect();
  }

  #listen(): void {
    // The framework's own channel to its inspector: read by nobody here.
    this.room.registerByteStreamHandler('lk.agent.session', () => {});
    this.room.registerTextStreamHandler(CALL_VIEW_TOPIC, (reader) => {
      void reader.readAll().then((text) => this.views.push(JSON.parse(text) as CallView));
    });
    this.room.registerTextStreamHandler('lk.transcription', (reader, { identity }) => {
      if (identity !== 'visitor') void this.#follow(reader);
    });
    this.room.on(RoomEvent.Disconnected, () => {
      this.leftAt ||= Date.now();
    });
  }

  /** A segment stays open until the next one begins, so its words are taken as they come. */
  async #follow(reader: TextStreamReader): Promise<void> {
    const index = this.heard.push('') - 1;
    try {
      for await (const words of reader) this.heard[index] += words;
    } catch {
      // The agent left in the middle of a sentence: what was heard counts.
    }
  }
}
