import { readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { recordingKey } from '../../calls/recordings/recording-store.ts';
import type { RecordingPlaces } from '../../calls/recordings/open-store.ts';
import { endRecording, isRecordingWanted, noteStored } from '../../db/calls/recordings.ts';
import type { Database } from '../../db/database.ts';
import type { Logger } from '../../runtime/logger.ts';
import { mendRecording } from './recording-file.ts';
import { finishedPath, readSpooled, unfinishedPath } from './spool.ts';

/** Milliseconds between two looks into the spool. */
const LOOKS_EVERY = 5_000;
/** Milliseconds between two tries at a place that fails, at the most. */
const LONGEST_PAUSE = 600_000;
/** Recordings after whose failures the next ones wait too. */
const MOST_FAILURES = 3;
/** Milliseconds without a write, which comes every second, after which a recording's process is dead. */
const DEAD_AFTER = 60_000;

export interface UploadsOptions extends RecordingPlaces {
  db: Database;
  logger: Logger;
  /** Milliseconds after which a recording that nobody writes any more is mended; a minute unless given. */
  deadAfter?: number;
}

/**
 * Brings recordings from the worker's own folder to where they are kept. The folder is on this machine and
 * no other process can reach it, so the worker does it itself: soon after a call, again after a failure,
 * and at its next start. A file is deleted once its row says where it lies.
 */
export class Uploads {
  readonly #options: UploadsOptions;
  /** How long a recording that is written was, and since when, by its id. */
  readonly #seen = new Map<string, { size: number; since: number }>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #pause = LOOKS_EVERY;
  #isStopped = false;

  constructor(options: UploadsOptions) {
    this.#options = options;
  }

  /** Looks into the folder, now and again and again. */
  start(): void {
    if (this.#isStopped) return;
    this.#running = this.#look();
  }

  async #look(): Promise<void> {
    const isDone = await this.sweep();
    this.#pause = isDone ? LOOKS_EVERY : Math.min(2 * this.#pause, LONGEST_PAUSE);
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => this.start(), this.#pause).unref();
  }

  /** Resolves once what lies there has been tried once more; what is left waits for the next start. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#running;
    await this.sweep();
  }

  /** Stores what has ended; never throws. @returns whether nothing went wrong */
  async sweep(): Promise<boolean> {
    const { spool, logger } = this.#options;
    let failures = 0;
    const fail = (err: unknown): void => {
      failures += 1;
      logger.warn({ err }, 'a recording could not be stored yet');
    };
    const names = (await listSpool(spool).catch(fail)) ?? [];
    for (const id of this.#seen.keys()) {
      if (!names.includes(basename(unfinishedPath(spool, id)))) this.#seen.delete(id);
    }
    for (const name of names) {
      const file = readSpooled(name);
      if (!file) continue;
      await (file.isFinished ? this.#store(file.id) : this.#mend(file.id, name)).catch(fail);
      // A place that does not answer is not asked for each of them.
      if (failures >= MOST_FAILURES) break;
    }
    return failures === 0;
  }

  /** A recording whose process died is whole up to there. */
  async #mend(id: string, name: string): Promise<void> {
    const { spool, db, deadAfter = DEAD_AFTER } = this.#options;
    const { size } = await stat(join(spool, name));
    const seen = this.#seen.get(id);
    const since = seen?.size === size ? seen.since : performance.now();
    this.#seen.set(id, { size, since });
    if (performance.now() - since < deadAfter) return;
    this.#seen.delete(id);
    const length = await mendRecording(unfinishedPath(spool, id));
    await endRecording(db, id, { ...length, incomplete: 'The process of the call died.' });
    await rename(unfinishedPath(spool, id), finishedPath(spool, id));
    await this.#store(id);
  }

  async #store(id: string): Promise<void> {
    const { spool, store, db } = this.#options;
    const file = finishedPath(spool, id);
    const key = recordingKey(id);
    if (await isRecordingWanted(db, id)) {
      await store.put(key, file);
      if (await noteStored(db, id, await store.name())) {
        await rm(file, { force: true });
        return;
      }
    }
    // It may have been put there by a process that died before it could note so.
    await store.delete(key);
    await rm(file, { force: true });
  }
}

/** A folder that is not there has nothing in it: no call was recorded yet. */
async function listSpool(spool: string): Promise<string[]> {
  try {
    return await readdir(spool);
  } catch (error) {
    if (Object(error).code === 'ENOENT') return [];
    throw error;
  }
}
