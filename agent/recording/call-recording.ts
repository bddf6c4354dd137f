import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { beginRecording, endRecording } from '../../db/calls/recordings.ts';
import type { CallKey } from '../../db/calls/calls.ts';
import type { Database } from '../../db/database.ts';
import type { Logger } from '../../runtime/logger.ts';
import { settledWithin } from '../../runtime/within.ts';
import { CallSound } from './call-sound.ts';
import type { Sound } from './call-sound.ts';
import { RecordingFile } from './recording-file.ts';
import { Refusal } from './refusal.ts';
import { finishedPath, unfinishedPath } from './spool.ts';

/** Milliseconds between two writes. */
const WRITE_EVERY = 1_000;
/** Milliseconds for which sound may still be put in order before it is written. */
const SETTLED_AFTER = 1_000;
/** Milliseconds for a disk that hangs. */
const DISCARD_DEADLINE = 2_000;
/** Milliseconds for which a caller waits until their no is written. */
const REFUSAL_DEADLINE = 4_000;
/** Bytes that wait for the disk at the most: half a minute. */
const MOST_WAITING = 30 * 32_000;

export interface CallRecordingOptions {
  db: Database;
  key: CallKey;
  /** A folder of this machine. */
  spool: string;
  logger: Logger;
  /** The file system's unless given. */
  createFile?: (path: string) => Promise<Pick<RecordingFile, 'add' | 'close'>>;
}

/**
 * The recording of one call in this process. It is written as it goes, so that neither a call's length
 * takes memory nor a killed process the recording; whatever goes wrong with it, the call does not notice.
 */
export class CallRecording {
  readonly #options: CallRecordingOptions;
  readonly #id = randomUUID();
  #sound: CallSound | null = null;
  #file: Pick<RecordingFile, 'add' | 'close'> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #written: Promise<void> = Promise.resolve();
  #waiting = 0;
  #incomplete: string | null = null;
  #refusal: Refusal | null = null;
  #isOver = false;

  constructor(options: CallRecordingOptions) {
    this.#options = options;
  }

  /** Whether what is said now is recorded. */
  get isOn(): boolean {
    return this.#sound !== null;
  }

  /** Whether the caller does not want to be recorded. */
  get isRefused(): boolean {
    return this.#refusal !== null;
  }

  /** Begins, once the caller was told; never throws. @returns whether it is on */
  async begin(): Promise<boolean> {
    const { db, key, spool, logger, createFile = RecordingFile.create } = this.#options;
    if (this.#isOver || this.isRefused || this.isOn) return this.isOn;
    // What is said while the row is written is not lost.
    const began = performance.now();
    this.#sound = new CallSound(began);
    try {
      const row = { id: this.#id, age: () => performance.now() - began };
      if ((await beginRecording(db, key, row)) === null) {
        this.#stop();
        return false;
      }
      await mkdir(spool, { recursive: true, mode: 0o700 });
      this.#file = await createFile(unfinishedPath(spool, this.#id));
    } catch (err) {
      logger.error({ err }, 'the call cannot be recorded');
      this.#stop();
      await this.#note({ milliseconds: 0, bytes: 0, incomplete: reasonOf(err) });
      return false;
    }
    if (this.isRefused) {
      await this.#discard();
      return false;
    }
    if (this.#isOver) {
      await this.#finish();
      return false;
    }
    this.#timer = setInterval(() => this.#write(SETTLED_AFTER), WRITE_EVERY).unref();
    return true;
  }

  /** Sound of the caller that came just now. */
  callerSaid(sound: Sound): void {
    this.#sound?.callerSaid(sound, performance.now());
  }

  /** Sound of the agent that is played in so many milliseconds. */
  agentPlays(sound: Sound, ahead: number): void {
    this.#sound?.agentPlays(sound, performance.now() + ahead);
  }

  /** What the agent was about to say is not played. */
  agentStops(): void {
    this.#sound?.agentStops(performance.now());
  }

  /**
   * The caller does not want to be recorded: nothing is, from now on, and what was is deleted. Never
   * throws.
   * @returns false where that could not be written yet: what an earlier process recorded is still there,
   *   and it is tried again
   */
  async refuse(): Promise<boolean> {
    this.#refusal ??= new Refusal(this.#options);
    this.#stop();
    await Promise.all([
      settledWithin(REFUSAL_DEADLINE, this.#refusal.write()),
      // A database that hangs does not keep the file.
      this.#discard(),
    ]);
    return this.#refusal.isWritten;
  }

  /**
   * Writes the rest, and leaves the file to whoever stores it; where the caller did not want one, tries
   * once more to write so. Never throws.
   */
  async end(): Promise<void> {
    if (this.#refusal) {
      await Promise.all([this.#refusal.write(), this.#discard()]);
      return;
    }
    if (this.#isOver) return;
    this.#isOver = true;
    // One that is still beginning ends itself.
    if (this.#file) await this.#finish();
  }

  async #finish(): Promise<void> {
    this.#write(0);
    this.#stop();
    await this.#written;
    await this.#leave();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#sound = null;
  }

  #write(settledAfter: number): void {
    const sound = this.#sound?.take(performance.now() - settledAfter);
    if (!sound || sound.length === 0) return;
    this.#waiting += sound.length;
    if (this.#waiting > MOST_WAITING) {
      this.#giveUp('The disk was too slow.');
      return;
    }
    this.#written = this.#add(this.#written, sound);
  }

  async #add(before: Promise<void>, sound: Uint8Array): Promise<void> {
    await before;
    try {
      await this.#file?.add(sound);
      this.#waiting -= sound.length;
    } catch (err) {
      this.#options.logger.error({ err }, 'the recording cannot be written');
      this.#giveUp(reasonOf(err));
    }
  }

  /** What was written stays. */
  #giveUp(reason: string): void {
    this.#incomplete ??= reason;
    if (this.#isOver) return;
    this.#isOver = true;
    this.#stop();
    void this.#leave();
  }

  async #leave(): Promise<void> {
    const { spool, logger } = this.#options;
    try {
      const file = this.#file;
      this.#file = null;
      if (!file) return;
      const length = await file.close();
      await this.#note({ ...length, incomplete: this.#incomplete });
      // It is deleted.
      if (this.isRefused) return;
      await rename(unfinishedPath(spool, this.#id), finishedPath(spool, this.#id));
    } catch (err) {
      // It is found and mended later, as that of a killed process.
      logger.error({ err }, 'the recording could not be ended');
    }
  }

  async #discard(): Promise<void> {
    const { spool, logger } = this.#options;
    this.#isOver = true;
    try {
      await settledWithin(DISCARD_DEADLINE, this.#written);
      const file = this.#file;
      this.#file = null;
      // What still hangs there keeps nobody waiting, and nothing has a name any more.
      void file?.close().catch(() => {});
      await rm(unfinishedPath(spool, this.#id), { force: true });
      // It may have ended before the caller said no.
      await rm(finishedPath(spool, this.#id), { force: true });
    } catch (err) {
      // Without its row it is deleted by whoever stores recordings.
      logger.error({ err }, 'the recording could not be deleted yet');
    }
  }

  async #note(end: Parameters<typeof endRecording>[2]): Promise<void> {
    const { db, logger } = this.#options;
    await endRecording(db, this.#id, end).catch((err: unknown) => {
      logger.error({ err }, 'could not note how the recording ended');
    });
  }
}

/** For the operator. */
function reasonOf(error: unknown): string {
  const { code } = Object(error) as { code?: unknown };
  if (code === 'ENOSPC') return 'The disk was full.';
  return `It could not be written${typeof code === 'string' ? ` (${code})` : ''}.`;
}
