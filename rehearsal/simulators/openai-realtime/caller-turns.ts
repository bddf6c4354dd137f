import type { ConversationItems, ItemAudio } from './conversation-items.ts';
import type { CreateIdentifier } from './identifiers.ts';
import { IdleTimer } from './idle-timer.ts';
import type { FinishedTurn } from './input-audio.ts';
import { placeItem } from './place-item.ts';
import type { Responses } from './responses.ts';
import type { SendEvent } from './server-events.ts';
import type { SessionConfig } from './session-config.ts';

export interface CallerTurnsParts {
  send: SendEvent;
  items: ConversationItems;
  responses: Responses;
  session: () => SessionConfig;
  /** Null before any audio was heard. */
  input: () => { speaking: boolean; positionMs: number } | null;
  createId: CreateIdentifier;
  now: () => number;
}

/** What a session does when the caller begins to speak, has spoken, or stays silent. */
export class CallerTurns {
  readonly #parts: CallerTurnsParts;
  readonly #idle: IdleTimer;

  constructor(parts: CallerTurnsParts) {
    this.#parts = parts;
    this.#idle = new IdleTimer(parts.now, () => this.#idleTimeout());
  }

  started(turn: { itemId: string; audioStartMs: number }): void {
    const { send, session, responses } = this.#parts;
    this.stopWaiting();
    send({
      type: 'input_audio_buffer.speech_started',
      item_id: turn.itemId,
      audio_start_ms: turn.audioStartMs,
    });
    if (session().audio.input.turn_detection?.interrupt_response === true) responses.interrupt();
  }

  finished(turn: FinishedTurn): void {
    const { send, session, responses } = this.#parts;
    if (turn.endedBy === 'detection') {
      send({
        type: 'input_audio_buffer.speech_stopped',
        item_id: turn.itemId,
        audio_end_ms: turn.audioEndMs,
      });
    }
    this.#commit(turn.itemId, turn.audio);
    this.#transcribed(turn);
    const detection = session().audio.input.turn_detection;
    if (turn.endedBy === 'detection' && detection?.create_response === true) {
      responses.replyToTurn();
    }
  }

  /** Arms the idle timeout, which counts from when the speech has been played. */
  waitForCaller(playedUntil: number): void {
    const timeout = this.#idleMilliseconds();
    if (timeout === null || this.#parts.input()?.speaking === true) return;
    this.#idle.start(playedUntil + timeout);
  }

  stopWaiting(): void {
    this.#idle.stop();
  }

  #idleMilliseconds(): number | null {
    const detection = this.#parts.session().audio.input.turn_detection;
    return detection?.type === 'server_vad' ? detection.idle_timeout_ms : null;
  }

  #idleTimeout(): void {
    const { send, responses, input, createId } = this.#parts;
    const timeout = this.#idleMilliseconds();
    if (timeout === null || responses.isActive || input()?.speaking === true) return;
    const itemId = createId('item');
    const audio_end_ms = input()?.positionMs ?? 0;
    send({
      type: 'input_audio_buffer.timeout_triggered',
      item_id: itemId,
      audio_start_ms: Math.max(0, audio_end_ms - timeout),
      audio_end_ms,
    });
    this.#commit(itemId, { pieces: [], bytesPerMillisecond: 1 });
    responses.replyToTurn();
  }

  /** Makes the audio of a turn an item of the caller. */
  #commit(itemId: string, audio: ItemAudio): void {
    const { send, items } = this.#parts;
    const previous_item_id = items.tailId();
    send({ type: 'input_audio_buffer.committed', item_id: itemId, previous_item_id });
    placeItem({
      send,
      items,
      audio,
      after: null,
      item: {
        id: itemId,
        object: 'realtime.item',
        type: 'message',
        status: 'completed',
        role: 'user',
        content: [{ type: 'input_audio', transcript: null }],
      },
    });
  }

  #transcribed({ itemId, transcript, audio }: FinishedTurn): void {
    const { send, items, session } = this.#parts;
    const shownAsTranscript = session().audio.input.transcription !== null;
    items.setSpokenText(itemId, transcript ?? '', { shownAsTranscript });
    if (!shownAsTranscript) return;
    const at = { item_id: itemId, content_index: 0 };
    if (transcript === null) {
      send({
        type: 'conversation.item.input_audio_transcription.failed',
        ...at,
        error: {
          type: 'transcription_error',
          code: 'audio_unintelligible',
          message: 'The audio could not be transcribed.',
        },
      });
      return;
    }
    for (const delta of transcript.split(/(?=\s)/u).filter(Boolean)) {
      send({ type: 'conversation.item.input_audio_transcription.delta', ...at, delta });
    }
    const bytes = audio.pieces.reduce((length, piece) => length + piece.length, 0);
    send({
      type: 'conversation.item.input_audio_transcription.completed',
      ...at,
      transcript,
      usage: { type: 'duration', seconds: Math.ceil(bytes / audio.bytesPerMillisecond / 1000) },
    });
  }
}
