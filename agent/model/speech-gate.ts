import { randomUUID } from 'node:crypto';
import { ReadableStream } from 'node:stream/web';
import type { llm } from '@livekit/agents';
import type { realtime } from '@livekit/agents-plugin-openai';
import type { FalseSentence, SpokenText } from '../../booking/truth/spoken-text.ts';
import { GatedMessage } from './gated-message.ts';
import type { RealtimeEvent } from './realtime-event.ts';

/** A false sentence, and what became of it. */
export interface StoppedSpeech extends FalseSentence {
  /** Whether its sound was let through before its words came: it has to be taken back aloud. */
  wasHeard: boolean;
  /** What the caller heard of the message before it. */
  heard: string;
  /** Whether a tool was called in the same answer: its result is answered anyway. */
  calledTool: boolean;
}

export interface SpeechGateOptions {
  /** Watches one message of the model. */
  watch: () => SpokenText;
  /**
   * What is false is held back, and the response cancelled; the true sentence is yet to be said.
   * @returns what the model is told of it
   */
  onFalse: (stopped: StoppedSpeech) => string;
  /** Called at the end of each message. */
  onMessage?: (message: {
    /** Milliseconds by which the gate made it end later. */
    delay: number;
    isFalse: boolean;
  }) => void;
}

type Session = Pick<realtime.RealtimeSession, 'on' | 'sendEvent' | 'truncate'>;

/**
 * Lets a session's speech be heard as far as its words are known to be true. The plugin's streams
 * have lost the order in which words and sound came, so that is taken from the server's events.
 */
export function gateSpeech(session: Session, options: SpeechGateOptions): void {
  const gate = new SpeechGate(session, options);
  session.on('openai_server_event_received', (event: RealtimeEvent) => gate.received(event));
  session.on('session_reconnected', () => gate.reconnected());
  // The first listener: whoever plays the generation gets it gated.
  session.on('generation_created', (generation: llm.GenerationCreatedEvent) =>
    gate.open(generation),
  );
}

/** A response as far as it came. */
interface GatedResponse {
  id: string;
  /** By the id of their item. */
  messages: Map<string, GatedMessage>;
  calledTool: boolean;
  /** Nothing more of it may be heard. */
  isStopped: boolean;
}

class SpeechGate {
  readonly #session: Session;
  readonly #options: SpeechGateOptions;
  /** Those that are being given. */
  readonly #responses = new Map<string, GatedResponse>();

  constructor(session: Session, options: SpeechGateOptions) {
    this.#session = session;
    this.#options = options;
  }

  received(event: RealtimeEvent): void {
    const response = this.#responses.get(event.response_id ?? event.response?.id ?? '');
    if (!response) return;
    const { messages } = response;
    const message = messages.get(event.item_id ?? event.item?.id ?? '');
    switch (event.type) {
      case 'response.output_item.added':
        if (event.item?.type === 'message') this.#add(response, event.item.id ?? '');
        break;
      case 'response.output_audio_transcript.delta':
      case 'response.audio_transcript.delta':
      case 'response.output_text.delta':
      case 'response.text.delta':
        message?.takeWords(event.delta ?? '');
        break;
      case 'response.output_audio.delta':
      case 'response.audio.delta':
        message?.takeSound(event.delta ?? '');
        break;
      case 'response.output_item.done':
        if (event.item?.type === 'function_call') response.calledTool = true;
        message?.finish();
        break;
      case 'response.done':
        this.#end(response, event.response?.status === 'cancelled');
        break;
    }
  }

  /** What was being said on the connection that broke does not go on. */
  reconnected(): void {
    for (const response of this.#responses.values()) this.#end(response, true);
  }

  /** Its messages may be read long after they came, while something else is being played. */
  open(generation: llm.GenerationCreatedEvent): void {
    const { responseId: id = '' } = generation;
    const response: GatedResponse = {
      id,
      messages: new Map(),
      calledTool: false,
      isStopped: false,
    };
    this.#responses.set(id, response);
    const reader = generation.messageStream.getReader();
    generation.messageStream = new ReadableStream<llm.MessageGeneration>({
      async pull(controller) {
        for (;;) {
          const { done, value } = await reader.read();
          if (done) {
            controller.close();
            return;
          }
          const message = response.messages.get(value.messageId);
          if (!message) continue;
          controller.enqueue(message.gate(value));
          return;
        }
      },
      cancel: (reason) => reader.cancel(reason),
    });
  }

  #add(response: GatedResponse, id: string): void {
    if (response.isStopped) return;
    const message: GatedMessage = new GatedMessage(this.#options.watch(), (falsehood) =>
      this.#stop(response, id, message, falsehood),
    );
    response.messages.set(id, message);
  }

  #stop(
    response: GatedResponse,
    id: string,
    message: GatedMessage,
    falsehood: FalseSentence,
  ): void {
    response.isStopped = true;
    this.#session.sendEvent({ type: 'response.cancel', response_id: response.id });
    if (message.clearedSound > 0) this.#truncate(id, message);
    else {
      this.#session.sendEvent({
        type: 'conversation.item.delete',
        item_id: id,
        event_id: randomUUID(),
      });
    }
    const facts = this.#options.onFalse({
      ...falsehood,
      wasHeard: message.isLate,
      heard: message.clearedWords,
      calledTool: response.calledTool,
    });
    this.#session.sendEvent({
      type: 'conversation.item.create',
      item: {
        id: `truth_${randomUUID().slice(0, 8)}`,
        type: 'message',
        role: 'system',
        content: [{ type: 'input_text', text: facts }],
      },
    });
  }

  /** What was let through is played to its end; what was not is no part of the conversation. */
  #truncate(messageId: string, { clearedSound, clearedWords }: GatedMessage): void {
    const cut = { messageId, audioEndMs: clearedSound, audioTranscript: clearedWords };
    void this.#session.truncate({ ...cut, modalities: ['audio', 'text'] });
  }

  #end({ id, messages }: GatedResponse, isCancelled: boolean): void {
    this.#responses.delete(id);
    for (const [itemId, message] of messages) {
      // What an interrupted caller did not hear needs no judgement.
      if (isCancelled) message.drop();
      else message.finish();
      const { delay, isFalse, clearedSound } = message;
      // Some more of it came before it was cancelled.
      if (isFalse && clearedSound > 0) this.#truncate(itemId, message);
      this.#options.onMessage?.({ delay, isFalse });
    }
  }
}
