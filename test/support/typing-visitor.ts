import { Room, RoomEvent } from '@livekit/rtc-node';
import type { TextStreamReader } from '@livekit/rtc-node';
import { AccessToken, RoomAgentDispatch, RoomConfiguration } from 'livekit-server-sdk';
import { vi } from 'vitest';
import { CALL_VIEW_TOPIC, PAGE_ACTION_METHOD } from '../../calls/call-view.ts';
import type { CallView, PageAction, PageAnswer } from '../../calls/call-view.ts';

/** Of the framework: whoever is linked to a session may ask it for everything. */
const INSPECTOR_TOPIC = 'lk.agent.session';

export interface VisitorOptions {
  url: string;
  apiKey: string;
  apiSecret: string;
  roomName: string;
  /** Of the dispatch: any text, also one that no server of ours would write. Absent: none. */
  metadata?: string;
  identity?: string;
  /** Shown as it is, in place of one that is signed here. */
  token?: string;
  /** As only a server of ours can sign it: `sip` for a phone line. */
  kind?: string;
  attributes?: Record<string, string>;
  /** Whether what is published is heard at once; default: it is. */
  autoSubscribe?: boolean;
}

/** A visitor without a microphone, who types and reads; or a caller by phone, who presses keys. */
export class TypingVisitor {
  readonly room = new Room();
  readonly #identity: string;
  readonly views: CallView[] = [];
  /** What the agent said, a line for each segment. */
  readonly heard: string[] = [];
  /** What the framework's inspector sent, as bytes read as text. */
  readonly inspected: string[] = [];
  /** Milliseconds of the epoch. */
  leftAt = 0;

  private constructor(identity: string) {
    this.#identity = identity;
  }

  /** Joins a fresh room into which the worker is dispatched. */
  static async join(options: VisitorOptions): Promise<TypingVisitor> {
    const identity = options.identity ?? 'visitor';
    const token = new AccessToken(options.apiKey, options.apiSecret, { identity, ttl: 60 });
    token.addGrant({ roomJoin: true, room: options.roomName, canUpdateOwnMetadata: false });
    if (options.kind !== undefined) token.kind = options.kind;
    if (options.attributes) token.attributes = options.attributes;
    if (options.metadata !== undefined) {
      token.roomConfig = new RoomConfiguration({
        agents: [new RoomAgentDispatch({ agentName: 'slotline', metadata: options.metadata })],
      });
    }
    const visitor = new TypingVisitor(identity);
    visitor.#listen();
    await visitor.room.connect(options.url, options.token ?? (await token.toJwt()), {
      autoSubscribe: options.autoSubscribe ?? true,
      dynacast: false,
    });
    return visitor;
  }

  async type(text: string): Promise<void> {
    await this.room.localParticipant?.sendText(text, { topic: 'lk.chat' });
  }

  /**
   * Types one text of so many characters whose length nobody knows before.
   * @returns how many were sent before the room was closed
   */
  async typeEndlessly(characters: number): Promise<number> {
    const writer = await this.room.localParticipant?.streamText({ topic: 'lk.chat' });
    const piece = 'a'.repeat(15_000);
    let sent = 0;
    try {
      while (sent < characters && this.leftAt === 0) {
        await writer?.write(piece);
        sent += piece.length;
      }
      await writer?.close();
    } catch {
      // The room was closed.
    }
    return sent;
  }

  /** Asks the framework's inspector with an encoded `AgentSessionMessage`. */
  async inspect(request: Uint8Array): Promise<void> {
    const writer = await this.room.localParticipant?.streamBytes({ topic: INSPECTOR_TOPIC });
    await writer?.write(request);
    await writer?.close();
  }

  /** Presses keys as LiveKit SIP forwards them: event codes of RFC 4733, section 3.2. */
  async press(keys: string): Promise<void> {
    for (const key of keys) {
      await this.room.localParticipant?.publishDtmf('0123456789*#'.indexOf(key), key);
    }
  }

  /** Waits for the agent to say something that matches, after what it has said so far. */
  async hears(pattern: RegExp): Promise<void> {
    await vi.waitUntil(() => this.heard.some((line) => pattern.test(line)), { timeout: 15_000 });
  }

  /** Asks the agent for the state of the call, as a page does after it was away. */
  async askForView(): Promise<CallView> {
    return JSON.parse(await this.call(CALL_VIEW_TOPIC)) as CallView;
  }

  /** Does something on the page; rejects where it is refused unread. */
  async act(action: PageAction): Promise<PageAnswer> {
    return JSON.parse(await this.call(PAGE_ACTION_METHOD, JSON.stringify(action))) as PageAnswer;
  }

  /** Calls a method of the agent. */
  async call(method: string, payload = ''): Promise<string> {
    const [agent] = this.room.remoteParticipants.values();
    const destinationIdentity = agent?.identity ?? '';
    const answer = await this.room.localParticipant?.performRpc({
      destinationIdentity,
      method,
      payload,
    });
    return answer ?? 'null';
  }

  async leave(): Promise<void> {
    this.leftAt = Date.now();
    await this.room.disconnect();
  }

  #listen(): void {
    this.room.registerByteStreamHandler(INSPECTOR_TOPIC, (reader) => {
      void reader.readAll().then((chunks) => this.inspected.push(Buffer.concat(chunks).toString()));
    });
    this.room.registerTextStreamHandler(CALL_VIEW_TOPIC, (reader) => {
      void reader.readAll().then((text) => this.views.push(JSON.parse(text) as CallView));
    });
    this.room.registerTextStreamHandler('lk.transcription', (reader, { identity }) => {
      if (identity !== this.#identity) void this.#follow(reader);
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
