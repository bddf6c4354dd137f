import {
  finishCall,
  finishToolCall,
  insertCallTurn,
  insertToolCall,
  noteSignOfLife,
  recordCallProgress,
  SIGN_OF_LIFE_EVERY,
} from '../db/calls/calls.ts';
import type { CallKey, CallProgress } from '../db/calls/calls.ts';
import type { Database } from '../db/database.ts';
import type { CallOutcome, TurnRole } from '../db/values.ts';
import type { Logger } from '../runtime/logger.ts';
import { withoutControls, withoutControlsIn } from './control-characters.ts';
import { KeyedSecrets } from './keyed-secrets.ts';

/**
 * Writes a call down as it happens, one thing after the other, so that a killed process loses
 * nothing that was said. A write that fails is logged and does not disturb the conversation.
 */
export class CallRecord {
  /** Kept out of what is written. */
  readonly secrets = new KeyedSecrets();
  readonly #db: Database;
  readonly #key: CallKey;
  readonly #logger: Logger;
  #last: Promise<unknown> = Promise.resolve();
  #finished: Promise<unknown> | null = null;
  #signs: NodeJS.Timeout | undefined;
  /** As it was written last. */
  #progress = '';

  constructor(db: Database, key: CallKey, logger: Logger) {
    this.#db = db;
    this.#key = key;
    this.#logger = logger;
  }

  /** Until the end of the call its row says that its process is alive: a dead call holds no line. */
  keepAlive(): void {
    this.#signs = setInterval(() => {
      noteSignOfLife(this.#db, this.#key).catch((error: unknown) => {
        this.#logger.warn({ err: error }, 'could not give a sign of life');
      });
    }, SIGN_OF_LIFE_EVERY).unref();
  }

  /** Something was said or typed; what is empty is not written. */
  turn(role: TurnRole, said: string, interrupted: boolean): void {
    if (said.trim() === '') return;
    const text = this.#storable(said);
    const saidAt = performance.now();
    void this.#write('turn', () =>
      insertCallTurn(this.#db, this.#key, {
        role,
        text,
        interrupted,
        saidAgo: performance.now() - saidAt,
      }),
    );
  }

  /** A tool begins; the answer writes how it ended. */
  toolCall(name: string, args: unknown): (end: { result?: unknown; error?: string }) => void {
    const inserted = this.#write('tool call', () =>
      insertToolCall(this.#db, this.#key, { name, arguments: this.#storableIn(args) }),
    );
    return (end) => {
      void this.#write('end of tool call', async () => {
        const id = await inserted;
        if (id === undefined) return;
        await finishToolCall(
          this.#db,
          { ...this.#key, id },
          {
            ...(end.result === undefined ? {} : { result: this.#storableIn(end.result) }),
            ...(end.error === undefined ? {} : { error: this.#storable(end.error) }),
          },
        );
      });
    };
  }

  /** How the call counts by now: on its row at once. */
  progress(progress: CallProgress): void {
    const text = JSON.stringify(progress);
    if (text === this.#progress) return;
    this.#progress = text;
    void this.#write('progress', () => recordCallProgress(this.#db, this.#key, progress));
  }

  /** Resolves when everything so far is written. */
  async written(): Promise<void> {
    await this.#last;
  }

  /** Closes the call's row after everything before it is written; the first end counts. */
  async finish(end: {
    outcome: CallOutcome;
    reason: string;
    usage: Record<string, number>;
  }): Promise<void> {
    this.#finished ??= this.#write('end of call', () => finishCall(this.#db, this.#key, end));
    await this.#finished;
    clearInterval(this.#signs);
  }

  #storable(text: string): string {
    return this.secrets.hide(withoutControls(text));
  }

  #storableIn(value: unknown): unknown {
    return this.secrets.hideIn(withoutControlsIn(value));
  }

  #write<T>(what: string, write: () => Promise<T>): Promise<T | undefined> {
    const written = this.#last.then(write).catch((error: unknown) => {
      this.#logger.error({ err: error, what }, 'could not write the call down');
      return undefined;
    });
    this.#last = written;
    return written;
  }
}
