import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { bytesPerMillisecond } from './audio-codec.ts';
import type { ResponseParameters } from './client-events.ts';
import type { ConversationItems } from './conversation-items.ts';
import { sendFunctionCall } from './function-call-output.ts';
import type { CreateIdentifier } from './identifiers.ts';
import { MessageOutput, type OutputPlace } from './message-output.ts';
import type { Conversation, Mind, Reply } from './mind/mind.ts';
import type { CancelReason, Response, SendEvent } from './server-events.ts';
import type { SessionConfig } from './session-config.ts';
import { speechChunks } from './speech-stream.ts';
import { inputTokens, spokenTokens, textTokens, usageOf, type RateLimits } from './usage.ts';

export interface ResponseParts {
  send: SendEvent;
  createId: CreateIdentifier;
  items: ConversationItems;
  mind: Pick<Mind, 'dialogue' | 'voice'>;
  rateLimits: RateLimits;
  logger: Logger;
  /** How many times faster than it is played speech is sent. */
  speechPace: number;
  /** Milliseconds by which words are sent ahead of their sound. */
  transcriptLead: number;
  now: () => number;
}

/** One response from `response.created` to `response.done`. */
export class ResponseRun {
  readonly response: Response;
  /** Settles when `response.done` was sent. */
  readonly finished: Promise<void>;
  /** When a client that plays the speech as it arrives falls silent; milliseconds since 1970. */
  playedUntil: number;
  readonly #parts: ResponseParts;
  readonly #conversation: Conversation;
  readonly #outsideConversation: boolean;
  readonly #format: SessionConfig['audio']['output']['format'];
  readonly #output = { text: 0, audio: 0 };
  #message: MessageOutput | null = null;
  #finish: () => void = () => undefined;

  constructor(
    parts: ResponseParts,
    session: SessionConfig,
    parameters: ResponseParameters,
    conversation: Conversation,
    conversationId: string,
  ) {
    this.#parts = parts;
    this.#conversation = conversation;
    this.#outsideConversation = parameters.conversation === 'none';
    this.#format = parameters.audio?.output?.format ?? session.audio.output.format;
    this.playedUntil = parts.now();
    const finished = Promise.withResolvers<void>();
    this.finished = finished.promise;
    this.#finish = finished.resolve;
    this.response = {
      object: 'realtime.response',
      id: parts.createId('resp'),
      conversation_id: this.#outsideConversation ? null : conversationId,
      status: 'in_progress',
      status_details: null,
      output: [],
      output_modalities: parameters.output_modalities ?? session.output_modalities,
      max_output_tokens: parameters.max_output_tokens ?? session.max_output_tokens,
      audio: {
        output: {
          format: this.#format,
          voice: parameters.audio?.output?.voice ?? session.audio.output.voice,
        },
      },
      usage: null,
      metadata: parameters.metadata ?? null,
    };
  }

  get active(): boolean {
    return this.response.status === 'in_progress';
  }

  /** Sends `response.created` at once and the rest as it is spoken; never throws. */
  start(): void {
    this.#parts.send({ type: 'response.created', response: this.response });
    this.#parts.send({
      type: 'rate_limits.updated',
      rate_limits: this.#parts.rateLimits.current(),
    });
    void this.#generate().catch((error: unknown) => {
      this.#parts.logger.error({ err: error, responseId: this.response.id }, 'response failed');
      this.#end('failed', {
        type: 'failed',
        error: { type: 'server_error', code: 'server_error' },
      });
    });
  }

  /** Ends the response at once: what was sent stays, marked incomplete. */
  cancel(reason: CancelReason): void {
    this.#end('cancelled', { type: 'cancelled', reason });
  }

  async #generate(): Promise<void> {
    // The events of creating the response leave before the mind takes its time.
    await Promise.resolve();
    const reply = this.#parts.mind.dialogue.reply(this.#conversation);
    if (reply.say !== null && reply.say !== '') await this.#say(reply.say);
    if (this.active) this.#call(reply);
    this.#end('completed', null);
  }

  async #say(text: string): Promise<void> {
    if (this.response.output_modalities.includes('audio')) return await this.#speak(text);
    this.#message = new MessageOutput(this.#place(), null);
    for (const word of text.split(/(?=\s)/u)) this.#message.write(word);
    this.#closeMessage('completed');
  }

  async #speak(text: string): Promise<void> {
    const { mind, speechPace, transcriptLead, now } = this.#parts;
    let startedAt: number | null = null;
    let sent = 0;
    const chunks = speechChunks(text, mind.voice, this.#format, transcriptLead);
    for await (const chunk of chunks) {
      if (!this.active) return;
      startedAt ??= now();
      this.#message ??= new MessageOutput(this.#place(), bytesPerMillisecond(this.#format));
      this.#message.speak(chunk);
      sent += chunk.milliseconds;
      this.#output.audio = spokenTokens(sent);
      this.playedUntil = startedAt + sent;
      await delay(Math.max(0, startedAt + sent / speechPace - now()));
      if (!this.active) return;
    }
    this.#closeMessage('completed');
  }

  #call(reply: Reply): void {
    for (const call of reply.calls) {
      if (!this.#conversation.tools.some((tool) => tool.name === call.name)) {
        this.#parts.logger.warn({ tool: call.name }, 'the dialogue called a tool nobody offered');
        continue;
      }
      const callId = this.#parts.createId('call');
      const item = sendFunctionCall(this.#place(), { callId, ...call });
      this.response.output.push(item);
      this.#output.text += textTokens(item.arguments);
    }
  }

  #closeMessage(status: 'completed' | 'incomplete'): void {
    const message = this.#message;
    if (message === null) return;
    this.#message = null;
    message.close(status);
    this.response.output.push(message.item);
    this.#output.text += textTokens(message.text);
  }

  #end(status: 'completed' | 'cancelled' | 'failed', details: Response['status_details']): void {
    if (!this.active) return;
    this.#closeMessage('incomplete');
    const { instructions, responseInstructions } = this.#conversation;
    const input = inputTokens(this.#parts.items, responseInstructions ?? instructions);
    this.response.status = status;
    this.response.status_details = details;
    this.response.usage = usageOf(input, this.#output);
    this.#parts.rateLimits.spend(this.response.usage.total_tokens);
    this.#parts.send({ type: 'response.done', response: this.response });
    this.#finish();
  }

  #place(): OutputPlace {
    return {
      send: this.#parts.send,
      items: this.#outsideConversation ? null : this.#parts.items,
      responseId: this.response.id,
      outputIndex: this.response.output.length,
      itemId: this.#parts.createId('item'),
    };
  }
}
