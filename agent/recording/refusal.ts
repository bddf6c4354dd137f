import type { CallKey } from '../../db/calls/calls.ts';
import type { Database } from '../../db/database.ts';
import { refuseRecording } from '../../db/calls/recordings.ts';
import type { Logger } from '../../runtime/logger.ts';

/** Milliseconds between the first two tries; twice as long each time after that. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;

/** A caller's no on its way into the database: it is tried for as long as the process lives. */
export class Refusal {
  readonly #options: { db: Database; key: CallKey; logger: Logger };
  #isWritten = false;
  #trying: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #pause = FIRST_PAUSE;

  constructor(options: { db: Database; key: CallKey; logger: Logger }) {
    this.#options = options;
  }

  /** Whether it is written: what earlier processes recorded is being deleted, and no later one records. */
  get isWritten(): boolean {
    return this.#isWritten;
  }

  /** Tries now, and again and again after a failure; never throws. */
  async write(): Promise<void> {
    if (this.#isWritten) return;
    this.#trying ??= this.#try();
    await this.#trying;
  }

  async #try(): Promise<void> {
    clearTimeout(this.#timer);
    const { db, key, logger } = this.#options;
    try {
      await refuseRecording(db, key);
      this.#isWritten = true;
    } catch (err) {
      logger.error(
        { err, callId: key.callId },
        'a caller does not want to be recorded, and that could not be written yet',
      );
      this.#timer = setTimeout(() => void this.write(), this.#pause).unref();
      this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE);
    } finally {
      this.#trying = null;
    }
  }
}
