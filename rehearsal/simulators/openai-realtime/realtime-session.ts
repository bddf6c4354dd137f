import type { Logger } from 'pino';
import { bytesPerMillisecond } from './audio-codec.ts';
import { CallerTurns } from './caller-turns.ts';
import {
  clientEventId,
  parseClientEvent,
  type ClientEvent,
  type ClientItem,
} from './client-events.ts';
import { itemFromClient, recordedAudio } from './client-item.ts';
import { ConversationItems, type ItemAudio } from './conversation-items.ts';
import type { CreateIdentifier } from './identifiers.ts';
import { InputAudio } from './input-audio.ts';
import type { Mind } from './mind/mind.ts';
import { placeItem } from './place-item.ts';
import { RealtimeRequestError } from './request-error.ts';
import { Responses } from './responses.ts';
import { SerialQueue } from './serial-queue.ts';
import type { SendEvent } from './server-events.ts';
import { initialSession, mergeSession, type SessionConfig } from './session-config.ts';
import { TurnDetector } from './turn-detector.ts';
import { RateLimits } from './usage.ts';

export interface SessionParts {
  id: string;
  mind: Mind;
  model: string;
  send: SendEvent;
  logger: Logger;
  createId: CreateIdentifier;
  now: () => number;
  speechPace: number;
  transcriptLead: number;
  detectorLag: number;
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** Called when the session cannot go on. */
  broken: (error: unknown) => void;
}

/** The most audio the real service takes in one append, bytes. */
const LARGEST_APPEND = 15 * 1024 * 1024;

/** One conversation over one connection: takes the client's events in order and answers them. */
export class RealtimeSession {
  readonly #parts: SessionParts;
  readonly #send: SendEvent;
  readonly #items = new ConversationItems();
  readonly #responses: Responses;
  readonly #queue: SerialQueue;
  readonly #turns: CallerTurns;
  #inputReady: Promise<InputAudio> | null = null;
  #input: InputAudio | null = null;
  /** Audio that came before the speech detector was open. */
  #waiting: Uint8Array[] = [];
  #config: SessionConfig;
  #audioWasSpoken = false;
  #closed = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#send = (event) => {
      if (event.type === 'response.output_audio.delta') this.#audioWasSpoken = true;
      if (!this.#closed) parts.send(event);
    };
    this.#config = initialSession({
      id: parts.id,
      model: parts.model,
      expiresAt: Math.floor(parts.expiresAt / 1000),
    });
    this.#queue = new SerialQueue(parts.broken);
    this.#responses = new Responses(
      {
        send: this.#send,
        createId: parts.createId,
        items: this.#items,
        mind: parts.mind,
        rateLimits: new RateLimits(parts.now),
        logger: parts.logger,
        speechPace: parts.speechPace,
        transcriptLead: parts.transcriptLead,
        now: parts.now,
      },
      () => this.#config,
    );
    this.#turns = new CallerTurns({
      send: this.#send,
      items: this.#items,
      responses: this.#responses,
      session: () => this.#config,
      input: () => this.#input,
      createId: parts.createId,
      now: parts.now,
    });
    this.#responses.onFinished = (run) => this.#turns.waitForCaller(run.playedUntil);
    this.#send({ type: 'session.created', session: this.#config });
  }

  /** Takes one message of the client; what is wrong with it is answered with an `error` event. */
  receive(text: string): void {
    this.#queue.add(async () => {
      if (this.#closed) return;
      try {
        await this.#handle(parseClientEvent(text));
      } catch (error) {
        this.#refuse(error, clientEventId(text));
      }
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#turns.stopWaiting();
    this.#responses.close();
    this.#inputReady?.then(
      (input) => this.#queue.add(() => input.close()),
      () => undefined,
    );
  }

  async #handle(event: ClientEvent): Promise<void> {
    switch (event.type) {
      case 'session.update':
        this.#config = mergeSession(this.#config, event.session, this.#audioWasSpoken);
        this.#input?.configure(this.#config);
        this.#send({ type: 'session.updated', session: this.#config });
        return;
      case 'input_audio_buffer.append':
        return await this.#append(event.audio);
      case 'input_audio_buffer.commit': {
        const input = await this.#openInput();
        await this.#hearWaiting();
        return await input.commit();
      }
      case 'input_audio_buffer.clear':
        this.#waiting = [];
        this.#input?.clear();
        this.#send({ type: 'input_audio_buffer.cleared' });
        return;
      case 'output_audio_buffer.clear':
        throw new RealtimeRequestError({
          code: 'invalid_value',
          message: "'output_audio_buffer.clear' is only supported over WebRTC.",
          param: 'type',
        });
      case 'conversation.item.create':
        return await this.#addFromClient(event.item, event.previous_item_id ?? null);
      case 'conversation.item.retrieve': {
        const item = this.#items.retrieve(event.item_id);
        this.#send({ type: 'conversation.item.retrieved', item });
        return;
      }
      case 'conversation.item.delete':
        this.#items.delete(event.item_id);
        this.#send({ type: 'conversation.item.deleted', item_id: event.item_id });
        return;
      case 'conversation.item.truncate': {
        const { item_id, content_index, audio_end_ms } = event;
        this.#items.truncate(item_id, content_index, audio_end_ms);
        this.#send({ type: 'conversation.item.truncated', item_id, content_index, audio_end_ms });
        return;
      }
      case 'response.create':
        this.#turns.stopWaiting();
        this.#responses.create(event.response ?? {});
        return;
      case 'response.cancel':
        this.#responses.cancel(event.response_id);
        return;
    }
  }

  async #append(base64: string): Promise<void> {
    const bytes = Buffer.from(base64, 'base64');
    if (bytes.length > LARGEST_APPEND) {
      throw new RealtimeRequestError({
        code: 'string_above_max_length',
        message: 'At most 15 MiB of audio can be appended at once.',
        param: 'audio',
      });
    }
    this.#waiting.push(bytes);
    void this.#openInput();
    await this.#hearWaiting();
  }

  async #hearWaiting(): Promise<void> {
    if (this.#input === null || this.#closed) return;
    for (let bytes = this.#waiting.shift(); bytes; bytes = this.#waiting.shift()) {
      await this.#input.append(bytes);
    }
  }

  /** Who only types needs no ears: they are opened when the first audio comes. */
  #openInput(): Promise<InputAudio> {
    if (this.#inputReady !== null) return this.#inputReady;
    this.#inputReady = this.#createInput();
    this.#inputReady.then(
      () => this.#queue.add(() => this.#hearWaiting()),
      (error: unknown) => this.#parts.broken(error),
    );
    return this.#inputReady;
  }

  async #createInput(): Promise<InputAudio> {
    const { mind, detectorLag, createId, logger } = this.#parts;
    const detector = new TurnDetector(await mind.openSpeechDetector(), detectorLag);
    this.#input = new InputAudio({ mind, detector, detectorLag }, this.#config, {
      listening: () => mind.dialogue.listening(this.#responses.conversation()),
      createItemId: () => createId('item'),
      speechStarted: (turn) => this.#turns.started(turn),
      turnFinished: (turn) => this.#turns.finished(turn),
      listeningFailed: (error) => logger.error({ err: error }, 'listening failed'),
    });
    return this.#input;
  }

  async #addFromClient(fromClient: ClientItem, after: string | null): Promise<void> {
    const item = itemFromClient(fromClient, this.#parts.createId);
    const recorded = recordedAudio(fromClient);
    const audio: ItemAudio | null =
      recorded === null
        ? null
        : {
            pieces: [recorded],
            bytesPerMillisecond: bytesPerMillisecond(this.#config.audio.input.format),
          };
    placeItem({ send: this.#send, items: this.#items, item, after, audio });
    if (audio === null) return;
    const input = await this.#openInput();
    const transcript = (await input.transcribe(audio)) ?? '';
    this.#items.setSpokenText(item.id, transcript, { shownAsTranscript: false });
  }

  #refuse(error: unknown, eventId: string | null): void {
    if (error instanceof RealtimeRequestError) {
      const { type, code, message, param } = error;
      this.#send({ type: 'error', error: { type, code, message, param, event_id: eventId } });
      return;
    }
    this.#parts.logger.error({ err: error }, 'a client event failed');
    this.#send({
      type: 'error',
      error: {
        type: 'server_error',
        code: null,
        message: 'The server had an error while processing your event.',
        param: null,
        event_id: eventId,
      },
    });
  }
}
