import { voice } from '@livekit/agents';
import type { CallRecord } from '../../calls/call-record.ts';
import { costOf } from '../../calls/model-prices.ts';
import type { ChargeKind, ChargedAmounts, TurnMedium } from '../../db/values.ts';
import { readServerEvent } from '../model/recorded-events.ts';
import { AnswerTimes } from './answer-times.ts';

/** What was typed by keys of a telephone, as the model reads it. */
const KEYS = /^\[keys: /;

export interface SessionRecordOptions {
  record: CallRecord;
  /** Of the model's server. */
  baseUrl: string;
  /** As it is asked for, until the server says which it is. */
  model: string;
  /** How the agent answers. */
  medium: TurnMedium;
  now: () => Date;
}

/**
 * Writes down what happens in the session with the model: turns with their time, states, and what is
 * to be paid. An agent's turn is dated by the start of its speech, and a spoken one of the caller by
 * theirs: the framework tells of the one once it was played, and of the other once it was transcribed.
 */
export class SessionRecord {
  readonly #options: SessionRecordOptions;
  readonly #host: string;
  readonly #times = new AnswerTimes();
  /** Of `performance.now()`, by the item of a turn that is spoken. */
  readonly #spokenSince = new Map<string, number>();
  /** Likewise, by the item of an answer. */
  readonly #answeredSince = new Map<string, number>();
  #model: string;
  #transcriptionModel = 'unknown';
  #connections = 0;

  constructor(options: SessionRecordOptions) {
    this.#options = options;
    this.#model = options.model;
    this.#host = new URL(options.baseUrl).host;
  }

  /** What the model's server sends, as it comes. */
  received(sent: unknown): void {
    const event = readServerEvent(sent);
    if (event === null) return;
    switch (event.type) {
      case 'session.created':
      case 'session.updated': {
        this.#model = event.session.model ?? this.#model;
        const { transcription } = event.session.audio?.input ?? {};
        this.#transcriptionModel = transcription?.model ?? this.#transcriptionModel;
        if (event.type === 'session.updated') return;
        this.#connections += 1;
        if (this.#connections > 1) this.#options.record.mark('model', { trouble: 'reconnected' });
        return;
      }
      case 'input_audio_buffer.speech_started':
        this.#spokenSince.set(event.item_id, performance.now());
        return;
      case 'input_audio_buffer.speech_stopped':
        this.#times.callerEnded(performance.now());
        return;
      case 'response.output_item.added':
        if (event.item.type === 'message') {
          this.#answeredSince.set(event.item.id, performance.now());
        }
        return;
      case 'response.done':
        // One that was cancelled is paid as well.
        if (event.amounts) this.#charge('response', this.#model, event.amounts);
        return;
      case 'conversation.item.input_audio_transcription.completed':
        if (event.amounts) this.#charge('transcription', this.#transcriptionModel, event.amounts);
        return;
      case 'conversation.item.input_audio_transcription.failed':
        this.#options.record.mark('model', { trouble: 'a turn was not transcribed' });
    }
  }

  /** Writes down the turns and states that the framework tells of. */
  follow(session: voice.AgentSession): void {
    const { record } = this.#options;
    const { ConversationItemAdded, AgentStateChanged, UserStateChanged } =
      voice.AgentSessionEventTypes;
    session.on(AgentStateChanged, ({ newState }) => record.mark('agent', { state: newState }));
    session.on(UserStateChanged, ({ newState }) => record.mark('caller', { state: newState }));
    session.on(ConversationItemAdded, ({ item }) => {
      if (item.type !== 'message') return;
      const said = { text: item.textContent ?? '', interrupted: item.interrupted };
      const age = Math.max(0, Date.now() - item.createdAt);
      if (item.role === 'user') this.#callerSaid(item.id, said, age);
      if (item.role === 'assistant') this.#agentSaid(item.id, said, age);
    });
  }

  #callerSaid(item: string, said: { text: string; interrupted: boolean }, age: number): void {
    const { record } = this.#options;
    const since = this.#spokenSince.get(item);
    this.#spokenSince.delete(item);
    if (since !== undefined) {
      const saidAgo = performance.now() - since;
      record.turn({ role: 'caller', ...said, medium: 'speech', saidAgo });
      return;
    }
    this.#times.callerEnded(performance.now() - age);
    const medium = KEYS.test(said.text) ? 'keys' : 'text';
    record.turn({ role: 'caller', ...said, medium, saidAgo: age });
  }

  #agentSaid(item: string, said: { text: string; interrupted: boolean }, age: number): void {
    const { record, medium } = this.#options;
    const now = performance.now();
    const since = this.#answeredSince.get(item);
    this.#answeredSince.delete(item);
    // What is not spoken the framework dates by its last word, which a quick caller overtakes.
    const at = medium === 'text' && since !== undefined ? since : now - age;
    const latency = this.#times.agentSpoke(at);
    record.turn({ role: 'agent', ...said, medium, latency, saidAgo: now - at });
  }

  #charge(kind: ChargeKind, model: string, amounts: ChargedAmounts): void {
    const day = this.#options.now().toISOString().slice(0, 10);
    const cost = costOf(amounts, { host: this.#host, model, day });
    this.#options.record.charge({ kind, model, amounts, cost });
  }
}
