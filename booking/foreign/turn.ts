import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { beginWork, endWork, goOnWorking, WORD_EVERY } from '../../db/assistants/foreign-calls.ts';
import type { WorkedCall } from '../../db/assistants/foreign-calls.ts';
import type { Database } from '../../db/database.ts';
import type { Logger } from '../../runtime/logger.ts';

/** Milliseconds between two looks whether a call is free. */
const LOOK_EVERY = 50;

/**
 * The one turn in which a call is worked on: of all requests of a call, on all servers, one has it.
 * Held by a row and not by a lock of PostgreSQL, which would keep a connection for as long as a
 * calendar takes to answer; where its process dies, it is free again after a few seconds.
 */
export class Turn {
  readonly worked: WorkedCall;
  readonly #db: Database;
  readonly #callId: string;
  readonly #worker: string;
  readonly #words: NodeJS.Timeout;

  private constructor(db: Database, callId: string, worker: string, worked: WorkedCall) {
    this.worked = worked;
    this.#db = db;
    this.#callId = callId;
    this.#worker = worker;
    this.#words = setInterval(() => {
      // Whoever has it meanwhile is found out when the turn ends.
      goOnWorking(db, callId, worker).catch(() => false);
    }, WORD_EVERY).unref();
  }

  /**
   * Waits for the turn.
   * @param until of `performance.now()`
   * @returns undefined when the time was over first
   */
  static async take(db: Database, callId: string, until: number): Promise<Turn | undefined> {
    const worker = randomUUID();
    for (;;) {
      const worked = await beginWork(db, callId, worker);
      if (worked) return new Turn(db, callId, worker, worked);
      if (performance.now() + LOOK_EVERY > until) return undefined;
      await pause(LOOK_EVERY);
    }
  }

  /** Does something in the turn, and gives it up where that fails. */
  async guard<T>(work: () => Promise<T>, parts: { logger: Logger }): Promise<T> {
    try {
      return await work();
    } catch (error) {
      // Where that fails too, the turn is free after a few seconds.
      await this.end(parts).catch(() => undefined);
      throw error;
    }
  }

  /**
   * Ends the turn and keeps what is known by now.
   * @param keep what else is written in the same transaction, where the turn is still ours
   */
  async end(
    { desk, logger }: { desk?: unknown; logger: Pick<Logger, 'warn'> },
    keep: (transaction: Database) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    clearInterval(this.#words);
    const [callId, worker] = [this.#callId, this.#worker];
    await this.#db.transaction().execute(async (transaction) => {
      const isOurs = await endWork(transaction, {
        callId,
        worker,
        ...(desk === undefined ? { isLeft: this.worked.wasLeft } : { desk }),
      });
      if (isOurs) await keep(transaction);
      else logger.warn({ callId }, 'another process took a call over that was worked on here');
    });
  }
}
