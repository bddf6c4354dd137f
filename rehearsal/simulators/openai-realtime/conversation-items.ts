import type { ConversationItem } from './mind/mind.ts';
import { RealtimeRequestError } from './request-error.ts';
import type { ContentPart, Item } from './server-events.ts';

/** The audio behind a message, in the session's wire format. */
export interface ItemAudio {
  pieces: Uint8Array[];
  bytesPerMillisecond: number;
}

interface Entry {
  item: Item;
  /** What was recognised in, or spoken as, the item's audio: the mind reads it, the wire may not show it. */
  spokenText: string;
  audio: ItemAudio | null;
}

/** The items of one session in their order. */
export class ConversationItems {
  #entries: Entry[] = [];

  tailId(): string | null {
    return this.#entries.at(-1)?.item.id ?? null;
  }

  has(id: string): boolean {
    return this.#entries.some((entry) => entry.item.id === id);
  }

  /** @returns the item's predecessor, or null when it is the first */
  previousId(id: string): string | null {
    const index = this.#entries.findIndex((entry) => entry.item.id === id);
    return this.#entries[index - 1]?.item.id ?? null;
  }

  /**
   * Inserts an item after another one, at the end when none is given, at the start after `root`.
   *
   * @throws RealtimeRequestError for a duplicate id, an unknown predecessor, or an output without its call
   */
  insert(item: Item, after?: string | null, audio: ItemAudio | null = null): Entry {
    if (this.has(item.id)) {
      throw new RealtimeRequestError({
        code: 'item_create_duplicate_item_id',
        message: `Error adding item: an item with id '${item.id}' already exists.`,
        param: 'item.id',
      });
    }
    if (item.type === 'function_call_output' && !this.#hasCall(item.call_id)) {
      throw new RealtimeRequestError({
        code: 'invalid_tool_call_id',
        message: `Tool call ID '${item.call_id}' not found in conversation.`,
        param: 'item.call_id',
      });
    }
    const entry: Entry = { item, spokenText: '', audio };
    this.#entries.splice(this.#positionAfter(after ?? this.tailId() ?? 'root'), 0, entry);
    return entry;
  }

  /** Keeps what the mind shall read for an audio item, and what a client may read as its transcript. */
  setSpokenText(id: string, text: string, options: { shownAsTranscript: boolean }): void {
    const entry = this.#entries.find((candidate) => candidate.item.id === id);
    if (entry === undefined) return;
    entry.spokenText = text;
    if (!options.shownAsTranscript || entry.item.type !== 'message') return;
    for (const part of entry.item.content) {
      if (part.type === 'input_audio' || part.type === 'output_audio') part.transcript = text;
    }
  }

  /** @returns the item with the audio it holds as base64 */
  retrieve(id: string): Item {
    const { item, audio } = this.#find(id, 'retrieve');
    if (item.type !== 'message' || audio === null) return item;
    const data = Buffer.concat(audio.pieces).toString('base64');
    const content = item.content.map((part): ContentPart =>
      part.type === 'input_audio' || part.type === 'output_audio' ? { ...part, audio: data } : part,
    );
    return { ...item, content };
  }

  delete(id: string): void {
    const entry = this.#find(id, 'delete');
    this.#entries = this.#entries.filter((candidate) => candidate !== entry);
  }

  /**
   * Cuts an assistant's audio to what was played, and its transcript with it: the transcript leaves the
   * wire (openai-node realtime.d.ts, ConversationItemTruncateEvent); the mind keeps the words heard.
   */
  truncate(id: string, contentIndex: number, audioEndMs: number): void {
    const entry = this.#find(id, 'truncate');
    const { item, audio } = entry;
    const part = item.type === 'message' ? item.content[contentIndex] : undefined;
    if (part?.type !== 'output_audio' || audio === null) {
      throw new RealtimeRequestError({
        code: 'invalid_value',
        message: 'Only audio content of model output messages can be truncated.',
        param: 'item_id',
      });
    }
    const whole = audioMilliseconds(audio);
    if (audioEndMs > whole) {
      throw new RealtimeRequestError({
        code: 'invalid_value',
        message: `Audio content of ${Math.floor(whole)}ms is already shorter than ${audioEndMs}ms`,
        param: 'audio_end_ms',
      });
    }
    const words = entry.spokenText.split(' ');
    entry.spokenText = words.slice(0, Math.round((words.length * audioEndMs) / whole)).join(' ');
    const kept = Buffer.concat(audio.pieces).subarray(0, audioEndMs * audio.bytesPerMillisecond);
    audio.pieces = [kept];
    delete part.transcript;
  }

  all(): readonly Readonly<Entry>[] {
    return this.#entries;
  }

  find(id: string): Readonly<Entry> {
    return this.#find(id, 'retrieve');
  }

  #hasCall(callId: string): boolean {
    return this.#entries.some(
      ({ item }) => item.type === 'function_call' && item.call_id === callId,
    );
  }

  #positionAfter(id: string): number {
    if (id === 'root') return 0;
    const index = this.#entries.findIndex((entry) => entry.item.id === id);
    if (index !== -1) return index + 1;
    throw new RealtimeRequestError({
      code: 'item_create_invalid_previous_item_id',
      message: `Error adding item: the previous item with id '${id}' does not exist.`,
      param: 'previous_item_id',
    });
  }

  #find(id: string, action: 'retrieve' | 'delete' | 'truncate'): Entry {
    const entry = this.#entries.find((candidate) => candidate.item.id === id);
    if (entry !== undefined) return entry;
    throw new RealtimeRequestError({
      code: `item_${action}_invalid_item_id`,
      message: `Error: cannot ${action} the item with id '${id}': it does not exist.`,
      param: 'item_id',
    });
  }
}

export function audioMilliseconds(audio: ItemAudio): number {
  const bytes = audio.pieces.reduce((length, piece) => length + piece.length, 0);
  return bytes / audio.bytesPerMillisecond;
}

/** What the mind reads of an item. */
export function asConversationItem({ item, spokenText }: Readonly<Entry>): ConversationItem {
  if (item.type === 'function_call') {
    return {
      type: 'function_call',
      name: item.name,
      callId: item.call_id,
      arguments: item.arguments,
    };
  }
  if (item.type === 'function_call_output') {
    return { type: 'function_call_output', callId: item.call_id, output: item.output };
  }
  const spoken = item.content.some((part) => part.type.endsWith('_audio'));
  const texts = item.content.map((part) => {
    if (part.type === 'input_text' || part.type === 'output_text') return part.text;
    return part.type === 'input_image' ? '' : spokenText;
  });
  return {
    type: 'message',
    role: item.role,
    text: texts.filter((text) => text !== '').join(' '),
    via: spoken ? 'audio' : 'text',
  };
}
