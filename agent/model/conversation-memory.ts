import type { RealtimeEvent, RealtimeItem } from './realtime-event.ts';

interface Remembered {
  item: RealtimeItem & { id: string };
  /** What was said or written so far; of a function call its arguments. */
  text: string;
  /** Whether nothing more comes of it. */
  isWhole: boolean;
}

/** An item as a client creates it. */
type NewItem = Record<string, unknown> & { id: string };

/**
 * The conversation as the model's server knows it, item by item and with the function calls, so that
 * another connection can be given all of it. The plugin's own memory has no arguments of function calls
 * and leaves calls and outputs out: the model would not know what it booked and what it offered.
 */
export class ConversationMemory {
  readonly #items: Remembered[] = [];
  /** Sent, and not acknowledged: a connection that broke may have lost them. By item. */
  readonly #unacknowledged = new Map<string, { item: NewItem; eventId: string | undefined }>();
  readonly #isForgotten: (id: string) => boolean;

  /** @param isForgotten of an item that is given anew for every connection */
  constructor(isForgotten: (id: string) => boolean) {
    this.#isForgotten = isForgotten;
  }

  /** To be told of every event that goes to the model. */
  sent({ type, item, event_id: eventId }: RealtimeEvent): void {
    if (type !== 'conversation.item.create' || item?.id === undefined) return;
    if (this.#isForgotten(item.id)) return;
    this.#unacknowledged.set(item.id, { item: item as NewItem, eventId });
  }

  /** To be told of every event that the model sends. */
  received(event: RealtimeEvent): void {
    switch (event.type) {
      case 'conversation.item.added':
      case 'conversation.item.created':
        this.#add(event);
        break;
      case 'conversation.item.deleted':
        this.#delete(event.item_id);
        break;
      case 'conversation.item.input_audio_transcription.completed':
        this.#edit(event.item_id, (known) => ({ ...known, text: event.transcript ?? '' }));
        break;
      case 'response.output_audio_transcript.delta':
      case 'response.output_text.delta':
        this.#edit(event.item_id, (known) => ({
          ...known,
          text: known.text + (event.delta ?? ''),
        }));
        break;
      case 'response.output_item.done':
        this.#finish(event.item);
        break;
      case 'error':
        this.#refused(event.error?.event_id);
        break;
    }
  }

  /** Of a message that was broken off, only so much was heard. */
  heard(id: string, words: string): void {
    this.#edit(id, (known) => ({ ...known, text: words, isWhole: true }));
  }

  /** Whether the result of a function call is there, or on its way. */
  hasResult(callId: string): boolean {
    const sent = [...this.#unacknowledged.values(), ...this.#items];
    return sent.some(
      ({ item }) => item.type === 'function_call_output' && item['call_id'] === callId,
    );
  }

  /** Whether the model's server has acknowledged this item, and it is not deleted. */
  has(id: string): boolean {
    return this.#items.some(({ item }) => item.id === id);
  }

  /**
   * The conversation for a new connection: everything that is whole.
   * @param audioOf a turn of the caller's whose words are not written down; base64
   */
  recall(audioOf: (id: string) => string | null): NewItem[] {
    return this.#items.flatMap((known) => (known.isWhole ? (toNewItem(known, audioOf) ?? []) : []));
  }

  /** Takes what was sent on the connection that broke, and did not arrive for all that is known. */
  takeLost(): NewItem[] {
    const lost = [...this.#unacknowledged.values()].map(({ item }) => item);
    this.#unacknowledged.clear();
    return lost.filter(({ id }) => !this.has(id));
  }

  #add({ item, previous_item_id: previous }: RealtimeEvent): void {
    const id = item?.id;
    if (item === undefined || id === undefined) return;
    this.#unacknowledged.delete(id);
    if (this.#isForgotten(id) || this.has(id)) return;
    const text = item.content?.map((part) => part.text ?? part.transcript ?? '').join('') ?? '';
    const known = { item: { ...item, id }, text, isWhole: isWhole(item, text) };
    const at = this.#items.findIndex((other) => other.item.id === previous);
    this.#items.splice(at === -1 ? this.#items.length : at + 1, 0, known);
  }

  #finish(item: RealtimeItem | undefined): void {
    if (item?.id === undefined) return;
    this.#edit(item.id, (known) => ({ ...known, item: { ...known.item, ...item }, isWhole: true }));
  }

  #refused(eventId: string | null | undefined): void {
    for (const [id, sent] of this.#unacknowledged) {
      if (eventId && sent.eventId === eventId) this.#unacknowledged.delete(id);
    }
  }

  #edit(id: string | undefined, edit: (known: Remembered) => Remembered): void {
    const at = this.#items.findIndex(({ item }) => item.id === id);
    const known = this.#items[at];
    if (known) this.#items[at] = edit(known);
  }

  #delete(id: string | undefined): void {
    const at = this.#items.findIndex(({ item }) => item.id === id);
    if (at !== -1) this.#items.splice(at, 1);
  }
}

/** What the model makes is added before it is made. */
function isWhole({ type, role, arguments: given }: RealtimeItem, text: string): boolean {
  if (type === 'function_call') return (given ?? '') !== '';
  return role !== 'assistant' || text !== '';
}

/** Null for what cannot be told again: a message without words. */
function toNewItem(
  { item, text }: Remembered,
  audioOf: (id: string) => string | null,
): NewItem | null {
  const { id, type, role, name, call_id } = item;
  switch (type) {
    case 'function_call':
      return { id, type, name, call_id, arguments: item.arguments ?? '{}' };
    case 'function_call_output':
      return { id, type, call_id, output: item.output ?? '' };
    case 'message': {
      if (text !== '') {
        const kind = role === 'assistant' ? 'output_text' : 'input_text';
        return { id, type, role, content: [{ type: kind, text }] };
      }
      const audio = role === 'user' ? audioOf(id) : null;
      return audio === null ? null : { id, type, role, content: [{ type: 'input_audio', audio }] };
    }
    default:
      return null;
  }
}
