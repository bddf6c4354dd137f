import { randomUUID } from 'node:crypto';
import type { llm } from '@livekit/agents';
import { realtime } from '@livekit/agents-plugin-openai';
import { CallerAudio } from './caller-audio.ts';
import { ClientEvents } from './client-events.ts';
import { ConversationMemory } from './conversation-memory.ts';
import { ModelConnection } from './model-connection.ts';
import { codeOf } from './model-failure.ts';
import type { ModelConnectionOptions } from './model-connection.ts';
import type { RealtimeEvent, RealtimeItem } from './realtime-event.ts';
import { sessionUpdates } from './session-fields.ts';
import type { SessionFields } from './session-fields.ts';

type ClientEvent = Parameters<realtime.RealtimeSession['sendEvent']>[0];
type ItemEvents = Awaited<
  ReturnType<InstanceType<typeof realtime.RealtimeSession>['createChatCtxUpdateEvents']>
>;

export interface ResumingOptions extends ModelConnectionOptions, SessionFields {
  /** What stands in this call, for a model whose connection was renewed; null for nothing. */
  recall?: () => string | null;
}

/** Begins the id of the item that tells what stands: every connection gets it anew. */
const RECALL = 'recall_';
/** Characters of base64 in one event: a second of sound. */
const LARGEST_APPEND = 64_000;

/**
 * A session that outlives its connections. The plugin opens another one when a connection ends, and every
 * twenty minutes; this gives the new one all of the conversation, what was under way when the old one
 * broke, what the caller was just saying, and what stands in the call.
 */
export class ResumingSession extends realtime.RealtimeSession {
  readonly #options: ResumingOptions;
  readonly #connection: ModelConnection;
  readonly #queue: ClientEvents<ClientEvent>;
  readonly #memory = new ConversationMemory((id) => id.startsWith(RECALL));
  readonly #audio = new CallerAudio();
  #isRestoring = false;
  /** Restored, and not acknowledged yet: the plugin knows nothing of them meanwhile. */
  readonly #restored = new Set<string>();
  /** Function calls whose results were given by us. */
  readonly #given = new Set<string>();

  constructor(model: realtime.RealtimeModel, options: ResumingOptions) {
    super(model);
    this.#options = options;
    this.#connection = new ModelConnection(options);
    // Private in the plugin's types.
    const queue = new ClientEvents<ClientEvent>();
    const { items } = Reflect.get(this, 'messageChannel') as ClientEvents<ClientEvent>;
    queue.putFirst(items);
    this.#queue = queue;
    Object.defineProperty(this, 'messageChannel', { value: queue });
    this.on('openai_client_event_queued', (event: ClientEvent) => this.#sent(event));
    this.on('openai_server_event_received', (event: RealtimeEvent) => this.#received(event));
    this.on('session_reconnected', () => this.#resume());
    for (const update of sessionUpdates(options)) this.sendEvent(update);
  }

  /** The next connection of this session; see {@link ModelConnection}. */
  openConnection(): ReturnType<ModelConnection['open']> {
    return this.#connection.open();
  }

  /**
   * Gives the result of a tool that the framework has dropped.
   * @returns false where the model has it already
   */
  giveResult(callId: string, output: string): boolean {
    if (this.#memory.hasResult(callId)) return false;
    this.#given.add(callId);
    const id = `late_${randomUUID().slice(0, 8)}`;
    const item = { id, type: 'function_call_output', call_id: callId, output };
    this.sendEvent({ type: 'conversation.item.create', item } as unknown as ClientEvent);
    return true;
  }

  /** Opens another connection in place of this one. */
  renew(): void {
    this.#connection.renew();
  }

  override async truncate(cut: Parameters<realtime.RealtimeSession['truncate']>[0]): Promise<void> {
    if (cut.audioTranscript !== undefined) this.#memory.heard(cut.messageId, cut.audioTranscript);
    await super.truncate(cut);
  }

  override async close(): Promise<void> {
    this.#connection.abandon();
    // The plugin leaves its socket open until the next renewal.
    this.#connection.close();
    await super.close();
  }

  /** The plugin calls it just before it asks what the conversation was. */
  protected override resetInputTurnState(): void {
    super.resetInputTurnState();
    this.#isRestoring = true;
  }

  protected override async createChatCtxUpdateEvents(
    context: llm.ChatContext,
    addMockAudio?: boolean,
  ): Promise<ItemEvents> {
    if (this.#isRestoring) {
      this.#isRestoring = false;
      return this.#recall();
    }
    const events = await super.createChatCtxUpdateEvents(context, addMockAudio);
    // It compares with what is acknowledged: what it lacks for the moment is neither to be deleted nor new.
    return events.filter((event) => {
      if (event.type !== 'conversation.item.create') return this.#restored.size === 0;
      const { id, call_id: callId } = event.item as RealtimeItem;
      return !this.#restored.has(id ?? '') && !this.#given.has(callId ?? '');
    });
  }

  #recall(): ItemEvents {
    const items: object[] = this.#memory.recall((id) => this.#audio.ofTurn(id));
    const stands = this.#options.recall?.() ?? null;
    if (stands !== null) {
      const id = `${RECALL}${randomUUID().slice(0, 8)}`;
      const content = [{ type: 'input_text', text: stands }];
      items.push({ id, type: 'message', role: 'system', content });
    }
    this.#restored.clear();
    const events = items.map((item) => ({ type: 'conversation.item.create', item })) as ItemEvents;
    for (const event of events) {
      if (event.type === 'conversation.item.create') this.#restored.add(event.item.id ?? '');
    }
    return events;
  }

  /** What comes before all that waits to be sent. */
  #resume(): void {
    const lost = this.#memory
      .takeLost()
      .map((item) => ({ type: 'conversation.item.create', item }));
    const wasSpeaking = this.#audio.isSpeaking;
    const audio = this.#audio.takeRest() ?? '';
    const appends = [];
    for (let at = 0; at < audio.length; at += LARGEST_APPEND) {
      const piece = audio.slice(at, at + LARGEST_APPEND);
      appends.push({ type: 'input_audio_buffer.append', audio: piece });
    }
    this.#queue.items.forEach(forgetPlace);
    this.#queue.putFirst([
      ...sessionUpdates(this.#options),
      ...(lost as unknown as ClientEvent[]),
      ...(appends as unknown as ClientEvent[]),
    ]);
    // Nobody else says so where the rest is no speech: replies would wait for the caller for ever.
    if (wasSpeaking) this.emit('input_speech_stopped', { userTranscriptionEnabled: true });
  }

  #sent(event: ClientEvent): void {
    this.#queue.sent(event);
    const sent = event as unknown as RealtimeEvent;
    this.#memory.sent(sent);
    this.#audio.sent(sent);
  }

  #received(event: RealtimeEvent): void {
    if (event.type === 'session.updated') this.#connection.prove();
    if (event.type === 'error') this.#refused(event);
    if (event.type === 'conversation.item.added') this.#restored.delete(event.item?.id ?? '');
    this.#memory.received(event);
    this.#audio.received(event);
  }

  #refused({ error }: RealtimeEvent): void {
    this.#connection.complain(codeOf(error));
    if (error?.code === 'session_expired') this.renew();
  }
}

// The only place where the plugin opens a connection, private in its types. Its constructor calls it, before
// ours has run.
Object.defineProperty(ResumingSession.prototype, 'createWsConn', {
  async value(this: ResumingSession) {
    await Promise.resolve();
    return this.openConnection();
  },
});

/** The item after which another one was to come may not be there on a new connection. */
function forgetPlace(event: ClientEvent): void {
  if (event.type === 'conversation.item.create') delete event.previous_item_id;
}
