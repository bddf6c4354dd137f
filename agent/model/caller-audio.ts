import { BYTES_A_MILLISECOND } from './frame-cutter.ts';
import type { RealtimeEvent } from './realtime-event.ts';

/** Milliseconds kept of a caller who does not speak: their first word may not have been noticed yet. */
const QUIET_KEPT = 2_000;
/** Milliseconds kept of one turn. */
const LONGEST_TURN = 60_000;
/** Turns kept whose words are not written down. */
const MOST_TURNS = 4;

interface Piece {
  audio: Buffer;
  milliseconds: number;
}

/**
 * What the caller said and the model may not have understood: the turn that goes on, and those that are
 * not written down yet. A connection that breaks takes it along.
 */
export class CallerAudio {
  #pieces: Piece[] = [];
  #length = 0;
  #isSpeaking = false;
  /** Whole turns by their items. */
  readonly #turns = new Map<string, Buffer>();

  /** Whether the model hears a turn of the caller's that goes on. */
  get isSpeaking(): boolean {
    return this.#isSpeaking;
  }

  /** To be told of every event that goes to the model. */
  sent({ type, audio }: RealtimeEvent): void {
    if (type !== 'input_audio_buffer.append' || audio === undefined) return;
    const bytes = Buffer.from(audio, 'base64');
    const milliseconds = bytes.length / BYTES_A_MILLISECOND;
    this.#pieces.push({ audio: bytes, milliseconds });
    this.#length += milliseconds;
    const kept = this.#isSpeaking ? LONGEST_TURN : QUIET_KEPT;
    while (this.#length > kept) this.#length -= this.#pieces.shift()?.milliseconds ?? Infinity;
  }

  /** To be told of every event that the model sends. */
  received({ type, item_id: id = '' }: RealtimeEvent): void {
    switch (type) {
      case 'input_audio_buffer.speech_started':
        this.#isSpeaking = true;
        break;
      case 'input_audio_buffer.committed':
        this.#turns.set(id, this.#take());
        for (const oldest of this.#turns.keys()) {
          if (this.#turns.size > MOST_TURNS) this.#turns.delete(oldest);
        }
        break;
      case 'input_audio_buffer.cleared':
        this.#take();
        break;
      case 'conversation.item.input_audio_transcription.completed':
      case 'conversation.item.deleted':
        this.#turns.delete(id);
        break;
    }
  }

  /** A turn whose words are not written down; base64. */
  ofTurn(id: string): string | null {
    return this.#turns.get(id)?.toString('base64') ?? null;
  }

  /** Takes what belongs to no turn yet, for another connection; base64, null for none. */
  takeRest(): string | null {
    const rest = this.#take();
    return rest.length === 0 ? null : rest.toString('base64');
  }

  #take(): Buffer {
    const whole = Buffer.concat(this.#pieces.map(({ audio }) => audio));
    this.#pieces = [];
    this.#length = 0;
    this.#isSpeaking = false;
    return whole;
  }
}
