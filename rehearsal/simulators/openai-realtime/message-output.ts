import type { ConversationItems, ItemAudio } from './conversation-items.ts';
import type { ItemStatus, MessageItem, SendEvent } from './server-events.ts';
import type { SpeechChunk } from './speech-stream.ts';

/** Where an output item belongs; `items` is null when its response is outside the conversation. */
export interface OutputPlace {
  send: SendEvent;
  items: ConversationItems | null;
  responseId: string;
  outputIndex: number;
  itemId: string;
}

/** Streams one assistant message, spoken or written, event by event. */
export class MessageOutput {
  readonly item: MessageItem;
  #text = '';
  readonly #place: OutputPlace;
  readonly #audio: ItemAudio | null;
  #open = true;

  /** @param bytesPerMillisecond of the output format; null for a written message */
  constructor(place: OutputPlace, bytesPerMillisecond: number | null) {
    this.#place = place;
    this.#audio = bytesPerMillisecond === null ? null : { pieces: [], bytesPerMillisecond };
    const { send, items, itemId } = place;
    this.item = {
      id: itemId,
      object: 'realtime.item',
      type: 'message',
      status: 'in_progress',
      role: 'assistant',
      content: [],
    };
    send({ type: 'response.output_item.added', ...this.#inResponse(), item: this.item });
    if (items !== null) {
      const previous_item_id = items.tailId();
      items.insert(this.item, null, this.#audio);
      send({ type: 'conversation.item.added', previous_item_id, item: this.item });
    }
    send({ type: 'response.content_part.added', ...this.#inPart(), part: this.#part() });
  }

  get text(): string {
    return this.#text;
  }

  write(delta: string): void {
    this.#text += delta;
    this.#place.send({ type: 'response.output_text.delta', ...this.#inPart(), delta });
  }

  speak(chunk: SpeechChunk): void {
    const { send } = this.#place;
    if (chunk.words !== '') {
      this.#text += chunk.words;
      send({
        type: 'response.output_audio_transcript.delta',
        ...this.#inPart(),
        delta: chunk.words,
      });
    }
    if (chunk.bytes.length > 0) {
      this.#audio?.pieces.push(chunk.bytes);
      const delta = chunk.bytes.toString('base64');
      send({ type: 'response.output_audio.delta', ...this.#inPart(), delta });
    }
  }

  /** Ends the message; does nothing when it has ended already. */
  close(status: Exclude<ItemStatus, 'in_progress'>): void {
    if (!this.#open) return;
    this.#open = false;
    const { send, items } = this.#place;
    this.item.status = status;
    if (this.#audio === null) {
      this.item.content = [{ type: 'output_text', text: this.#text }];
      send({ type: 'response.output_text.done', ...this.#inPart(), text: this.#text });
    } else {
      this.item.content = [{ type: 'output_audio', transcript: this.#text }];
      items?.setSpokenText(this.item.id, this.#text, { shownAsTranscript: true });
      send({ type: 'response.output_audio.done', ...this.#inPart() });
      send({
        type: 'response.output_audio_transcript.done',
        ...this.#inPart(),
        transcript: this.#text,
      });
    }
    send({ type: 'response.content_part.done', ...this.#inPart(), part: this.#part() });
    send({ type: 'response.output_item.done', ...this.#inResponse(), item: this.item });
    if (items?.has(this.item.id) === true) {
      const previous_item_id = items.previousId(this.item.id);
      send({ type: 'conversation.item.done', previous_item_id, item: this.item });
    }
  }

  #part(): { type: 'text'; text: string } | { type: 'audio'; transcript: string } {
    return this.#audio === null
      ? { type: 'text', text: this.#text }
      : { type: 'audio', transcript: this.#text };
  }

  #inResponse(): { response_id: string; output_index: number } {
    return { response_id: this.#place.responseId, output_index: this.#place.outputIndex };
  }

  #inPart(): { response_id: string; output_index: number; item_id: string; content_index: number } {
    return { ...this.#inResponse(), item_id: this.#place.itemId, content_index: 0 };
  }
}
