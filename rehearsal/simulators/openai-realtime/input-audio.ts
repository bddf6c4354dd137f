import { setImmediate as nextTurn } from 'node:timers/promises';
import { bytesPerMillisecond, concatenate, HEARING_RATE, InputDecoder } from './audio-codec.ts';
import type { ItemAudio } from './conversation-items.ts';
import { endOfTurnRule, soundsComplete } from './end-of-turn.ts';
import { findSpeech } from './find-speech.ts';
import { Hearing } from './hearing.ts';
import type { Listening, Mind } from './mind/mind.ts';
import { RealtimeRequestError } from './request-error.ts';
import type { AudioFormat, SessionConfig, TurnDetection } from './session-config.ts';
import { FRAME_MILLISECONDS, FRAME_SAMPLES, type TurnDetector } from './turn-detector.ts';

export interface FinishedTurn {
  itemId: string;
  /** A turn the client commits is not followed by a reply of itself. */
  endedBy: 'detection' | 'client';
  /** From the start of all audio of the session, milliseconds. */
  audioEndMs: number;
  audio: ItemAudio;
  /** '' when nothing was recognised, null when listening failed. */
  transcript: string | null;
}

export interface InputAudioEvents {
  /** What the ears may make use of now. */
  listening: () => Listening;
  createItemId: () => string;
  speechStarted: (turn: { itemId: string; audioStartMs: number }) => void;
  turnFinished: (turn: FinishedTurn) => void;
  listeningFailed: (error: unknown) => void;
}

/** Audio is heard in pieces of this length, so that sessions share the event loop; milliseconds. */
const PIECE_MILLISECONDS = 100;
/** Silence after which listening begins, though more may follow; milliseconds. */
const LISTEN_AHEAD = 200;
/** Nobody says so much in one go: a radio beside the telephone does, and shall be answered; milliseconds. */
const LONGEST_TURN = 60_000;
/** The shortest audio the real service lets a client commit, milliseconds. */
const SHORTEST_COMMIT = 100;

/** The input audio buffer of one session, and the turns found in it. */
export class InputAudio {
  readonly #mind: Mind;
  readonly #hearing: Hearing;
  readonly #detector: TurnDetector;
  readonly #events: InputAudioEvents;
  /** How much audio before the detector's word is heard too, beyond the session's padding; milliseconds. */
  readonly #lag: number;
  #format: AudioFormat;
  #detection: TurnDetection | null;
  #decoder: InputDecoder;
  #buffer: Uint8Array[] = [];
  #rest: Int16Array = new Int16Array();
  #recent: Int16Array[] = [];
  #positionMs = 0;
  #turn: { itemId: string; startedMs: number } | null = null;

  constructor(
    parts: { mind: Mind; detector: TurnDetector; detectorLag: number },
    session: SessionConfig,
    events: InputAudioEvents,
  ) {
    this.#mind = parts.mind;
    this.#hearing = new Hearing(parts.mind.ears);
    this.#detector = parts.detector;
    this.#lag = parts.detectorLag;
    this.#events = events;
    this.#format = session.audio.input.format;
    this.#detection = session.audio.input.turn_detection;
    this.#decoder = new InputDecoder(this.#format);
  }

  get speaking(): boolean {
    return this.#turn !== null;
  }

  /** Length of all audio heard in this session, milliseconds. */
  get positionMs(): number {
    return this.#positionMs;
  }

  configure(session: SessionConfig): void {
    const { format, turn_detection } = session.audio.input;
    if (format.type !== this.#format.type) {
      this.#decoder.close();
      this.#decoder = new InputDecoder(format);
      this.#format = format;
      this.clear();
    }
    this.#detection = turn_detection;
    if (turn_detection === null) this.#forgetTurn();
  }

  async append(bytes: Uint8Array): Promise<void> {
    const size = PIECE_MILLISECONDS * bytesPerMillisecond(this.#format);
    for (let start = 0; start < bytes.length; start += size) {
      if (start > 0) await nextTurn();
      await this.#hear(bytes.subarray(start, start + size));
    }
  }

  /** @throws RealtimeRequestError when the buffer holds less than 100 ms */
  async commit(): Promise<void> {
    const audio = this.#itemAudio();
    const length = audio.pieces.reduce((sum, piece) => sum + piece.length, 0);
    const milliseconds = length / audio.bytesPerMillisecond;
    if (milliseconds < SHORTEST_COMMIT) {
      throw new RealtimeRequestError({
        code: 'input_audio_buffer_commit_empty',
        message: `Error committing input audio buffer: buffer too small. Expected at least ${SHORTEST_COMMIT}ms of audio, but buffer only has ${milliseconds.toFixed(2)}ms of audio.`,
      });
    }
    const itemId = this.#turn?.itemId ?? this.#events.createItemId();
    const transcript =
      this.#turn === null
        ? await this.transcribe(audio)
        : await this.#listen(async () => await this.#hearing.conclude());
    this.#finish({
      itemId,
      endedBy: 'client',
      audioEndMs: this.#positionMs,
      audio,
      transcript,
    });
  }

  /** Hears a recording that is not in the buffer; null when that failed, or when a turn is being heard. */
  async transcribe(audio: ItemAudio): Promise<string | null> {
    if (this.#turn !== null) return null;
    return await this.#listen(async () => {
      const detector = await this.#mind.openSpeechDetector();
      const { samples, voiced } = await findSpeech(this.#decode(audio), detector);
      this.#hearing.begin(this.#events.listening());
      this.#hearing.feed(samples, voiced);
      const transcript = await this.#hearing.conclude();
      this.#hearing.abandon();
      return transcript;
    });
  }

  clear(): void {
    this.#buffer = [];
    this.#rest = new Int16Array();
    this.#recent = [];
    this.#forgetTurn();
  }

  /** Frees the resampler, and wants nothing heard any more. */
  close(): void {
    this.#hearing.abandon();
    this.#decoder.close();
  }

  async #hear(bytes: Uint8Array): Promise<void> {
    this.#buffer.push(bytes);
    const samples = concatenate([this.#rest, this.#decoder.decode(bytes)]);
    let start = 0;
    for (; start + FRAME_SAMPLES <= samples.length; start += FRAME_SAMPLES) {
      this.#positionMs += FRAME_MILLISECONDS;
      if (this.#detection !== null) {
        await this.#hearFrame(samples.slice(start, start + FRAME_SAMPLES), this.#detection);
      }
    }
    this.#rest = samples.slice(start);
    if (this.#detection !== null && this.#turn === null) this.#forgetOldAudio(this.#detection);
  }

  async #hearFrame(frame: Int16Array, detection: TurnDetection): Promise<void> {
    const verdict = await this.#detector.process(frame, isLoudEnough(frame, detection));
    switch (verdict.kind) {
      case 'silence':
        this.#recent.push(frame);
        return;
      case 'started':
        return this.#begin(frame, detection);
      case 'speaking':
        this.#hearing.resume();
        this.#hearing.feed(frame, FRAME_MILLISECONDS);
        if (this.#positionMs - (this.#turn?.startedMs ?? 0) >= LONGEST_TURN)
          await this.#end(() => true);
        return;
      case 'paused':
        this.#hearing.feed(frame, 0);
        return await this.#pause(verdict.silence, detection);
    }
  }

  #begin(frame: Int16Array, detection: TurnDetection): void {
    const lead = this.#lead(detection);
    const itemId = this.#events.createItemId();
    this.#turn = { itemId, startedMs: this.#positionMs };
    const audioStartMs = Math.max(0, this.#positionMs - FRAME_MILLISECONDS - lead);
    this.#events.speechStarted({ itemId, audioStartMs });
    const heard = concatenate([...this.#recent, frame]);
    const wanted = ((lead + FRAME_MILLISECONDS) * HEARING_RATE) / 1000;
    this.#recent = [];
    this.#hearing.begin(this.#events.listening());
    this.#hearing.feed(heard.slice(-wanted), this.#lag);
  }

  async #pause(silence: number, detection: TurnDetection): Promise<void> {
    const rule = endOfTurnRule(detection);
    if (silence >= LISTEN_AHEAD) this.#hearing.concludeAhead();
    if (silence < rule.whenComplete) return;
    await this.#end((transcript) => silence >= rule.atLatest || soundsComplete(transcript));
  }

  /** Ends the turn, if it may end with these words; where listening failed it ends. */
  async #end(mayEnd: (transcript: string) => boolean): Promise<void> {
    const turn = this.#turn;
    if (turn === null) return;
    const transcript = await this.#listen(async () => await this.#hearing.conclude());
    if (transcript !== null && !mayEnd(transcript)) return;
    this.#finish({
      itemId: turn.itemId,
      endedBy: 'detection',
      audioEndMs: this.#positionMs,
      audio: this.#itemAudio(),
      transcript,
    });
  }

  #finish(turn: FinishedTurn): void {
    this.#buffer = [];
    this.#recent = [];
    this.#forgetTurn();
    this.#events.turnFinished(turn);
  }

  #forgetTurn(): void {
    this.#turn = null;
    this.#detector.reset();
    this.#hearing.abandon();
  }

  /** Ears that fail cost a turn its words, not the session its life. */
  async #listen(work: () => Promise<string>): Promise<string | null> {
    try {
      return await work();
    } catch (error) {
      this.#hearing.abandon();
      this.#events.listeningFailed(error);
      return null;
    }
  }

  #lead(detection: TurnDetection): number {
    return (detection.type === 'server_vad' ? detection.prefix_padding_ms : 300) + this.#lag;
  }

  #forgetOldAudio(detection: TurnDetection): void {
    const lead = this.#lead(detection);
    const frames = Math.ceil(lead / FRAME_MILLISECONDS);
    this.#recent = this.#recent.slice(-frames);
    const wanted = lead * bytesPerMillisecond(this.#format);
    let length = this.#buffer.reduce((sum, piece) => sum + piece.length, 0);
    while (length - (this.#buffer[0]?.length ?? length) >= wanted) {
      length -= this.#buffer.shift()?.length ?? 0;
    }
  }

  #itemAudio(): ItemAudio {
    return { pieces: this.#buffer, bytesPerMillisecond: bytesPerMillisecond(this.#format) };
  }

  #decode(audio: ItemAudio): Int16Array {
    const decoder = new InputDecoder(this.#format);
    try {
      return concatenate(audio.pieces.map((piece) => decoder.decode(piece)));
    } finally {
      decoder.close();
    }
  }
}

const DEFAULT_THRESHOLD = 0.5;
const QUIETEST_DBFS = -60;
const LOUDEST_DBFS = -20;

/**
 * A threshold above the default asks for louder audio: from -60 dBFS at 0.5 up to -20 dBFS at 1. The
 * real service documents only that a higher threshold needs louder audio.
 */
function isLoudEnough(frame: Int16Array, detection: TurnDetection): boolean {
  if (detection.type !== 'server_vad' || detection.threshold <= DEFAULT_THRESHOLD) return true;
  const share = (detection.threshold - DEFAULT_THRESHOLD) / (1 - DEFAULT_THRESHOLD);
  const power = frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length;
  const dbfs = 10 * Math.log10(power / 32_768 ** 2);
  return dbfs >= QUIETEST_DBFS + share * (LOUDEST_DBFS - QUIETEST_DBFS);
}
