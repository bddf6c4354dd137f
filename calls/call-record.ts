import {
  appendLatency,
  finishToolCall,
  insertCallCharge,
  insertCallMark,
  insertCallTurn,
  insertToolCall,
} from '../db/calls/call-log.ts';
import type { NewCharge } from '../db/calls/call-log.ts';
import { noteSignOfLife, SIGN_OF_LIFE_EVERY } from '../db/calls/call-lease.ts';
import type { HeldCall } from '../db/calls/call-lease.ts';
import { finishCall, recordCallLanguage, recordCallProgress } from '../db/calls/calls.ts';
import type { CallProgress } from '../db/calls/calls.ts';
import { readClock } from '../db/clock.ts';
import type { Database } from '../db/database.ts';
import type { CallOutcome, EndedBy, TurnMedium, TurnRole } from '../db/values.ts';
import type { Logger } from '../runtime/logger.ts';
import { withoutControls, withoutControlsIn } from './control-characters.ts';
import { KeyedSecrets } from './keyed-secrets.ts';

/** Something that was said or typed. */
export interface SaidTurn {
  role: TurnRole;
  text: string;
  /** Its end was not heard. */
  interrupted?: boolean;
  medium?: TurnMedium;
  /** Milliseconds from the end of what the caller said to this answer's first sound. */
  latency?: number | null;
  /** Milliseconds since it began to be said. */
  saidAgo?: number;
}

/**
 * What can be noted of a call beside turns and tools.
 *
 * - `agent`, `caller`: a new state, `{state}`.
 * - `language`: what is spoken from now on, `{language}`.
 * - `disclosure`: whether the caller heard that it is an AI, `{said}`.
 * - `outcome`: how the call counts by now, `{outcome, appointmentId, status, start, before}`.
 * - `model`: its connection or an answer, `{trouble}`.
 * - `recording`: when its caller was told of it, `{said}`.
 * - `claims`: how many sentences of a message claimed what is true, `{made}`.
 * - `wish`: for which times the caller asked, `{event, weekday, part, isFree}`.
 * - `truth.…`: how what was said, or was about to be, stood to what is true.
 */
export type MarkKind =
  | 'agent'
  | 'caller'
  | 'disclosure'
  | 'language'
  | 'outcome'
  | 'model'
  | 'recording'
  | 'claims'
  | 'wish'
  | `truth.${string}`;

/**
 * Writes a call down as it happens, one thing after the other, so that a killed process loses
 * nothing that was said. A write that fails is logged and does not disturb the conversation.
 */
export class CallRecord {
  /** Kept out of what is written. */
  readonly secrets = new KeyedSecrets();
  readonly #db: Database;
  readonly #key: HeldCall;
  readonly #logger: Logger;
  readonly #lost = Promise.withResolvers<void>();
  #last: Promise<unknown> = Promise.resolve();
  #finished: Promise<boolean | undefined> | null = null;
  #signs: NodeJS.Timeout | undefined;
  /** As it was written last. */
  #progress = '';
  /** Milliseconds by which the database's clock is ahead of `performance.now()`. */
  #ahead: number | null = null;

  /** @param key.holder the process that writes, as the call's row names it */
  constructor(db: Database, key: HeldCall, logger: Logger) {
    this.#db = db;
    this.#key = key;
    this.#logger = logger;
  }

  /**
   * Until the end of the call its row says that its process is alive: a dead call holds no line, and
   * another process takes it over.
   */
  keepAlive(): void {
    this.#signs = setInterval(() => {
      void this.#giveSign();
    }, SIGN_OF_LIFE_EVERY).unref();
  }

  async #giveSign(): Promise<void> {
    try {
      if (!(await noteSignOfLife(this.#db, this.#key))) this.#lost.resolve();
    } catch (error) {
      this.#logger.warn({ err: error }, 'could not give a sign of life');
    }
  }

  /** Resolves when another process has the call, which took this one for dead; else never. */
  get lost(): Promise<void> {
    return this.#lost.promise;
  }

  /** Something was said or typed; what is empty is not written. */
  turn({ role, text: said, latency: waited = null, saidAgo = 0, ...turn }: SaidTurn): void {
    if (said.trim() === '') return;
    const text = this.#storable(said);
    const latency = waited === null ? null : Math.max(0, Math.round(waited));
    const { interrupted = false, medium = 'speech' } = turn;
    const began = performance.now() - saidAgo;
    void this.#write('turn', async () =>
      insertCallTurn(this.#db, this.#key, {
        role,
        text,
        interrupted,
        medium,
        latency,
        saidAt: await this.#dated(began),
      }),
    );
    if (latency === null) return;
    void this.#write('latency', () => appendLatency(this.#db, this.#key, latency));
  }

  /** A tool begins; the answer writes how it ended. */
  toolCall(name: string, args: unknown): (end: { result?: unknown; error?: string }) => void {
    const called = performance.now();
    const inserted = this.#write('tool call', async () =>
      insertToolCall(this.#db, this.#key, {
        name,
        arguments: this.#storableIn(args),
        calledAt: await this.#dated(called),
      }),
    );
    return (end) => {
      const ended = performance.now();
      void this.#write('end of tool call', async () => {
        const id = await inserted;
        if (id === undefined) return;
        await finishToolCall(
          this.#db,
          { ...this.#key, id },
          {
            ...(end.result === undefined ? {} : { result: this.#storableIn(end.result) }),
            ...(end.error === undefined ? {} : { error: this.#storable(end.error) }),
            endedAt: await this.#dated(ended),
          },
        );
      });
    };
  }

  /** An answer of the model, or the transcript of a turn, is to be paid. */
  charge(charge: NewCharge): void {
    void this.#write('charge', () => insertCallCharge(this.#db, this.#key, charge));
  }

  /**
   * Notes a state that changed, or how what was said stood to what is true.
   *
   * @param details figures and names of states; they stay when the caller is forgotten, so that no
   *   word of a caller or of the agent belongs into them
   * @param words what was said, where the mark is about words; forgotten like a turn
   */
  mark(kind: MarkKind, details: Record<string, unknown> = {}, words: string | null = null): void {
    const said = words === null ? null : this.#storable(words);
    const marked = performance.now();
    void this.#write('mark', async () =>
      insertCallMark(this.#db, this.#key, {
        kind,
        details,
        words: said,
        markedAt: await this.#dated(marked),
      }),
    );
  }

  /** How the call counts by now: on its row at once. */
  progress(progress: CallProgress): void {
    const text = JSON.stringify(progress);
    if (text === this.#progress) return;
    this.#progress = text;
    void this.#write('progress', () => recordCallProgress(this.#db, this.#key, progress));
    const { appointmentId, status, start, before } = progress.appointment ?? {};
    this.mark('outcome', { outcome: progress.outcome, appointmentId, status, start, before });
  }

  /** What is spoken from now on, ISO 639-1. */
  language(language: string): void {
    void this.#write('language', () => recordCallLanguage(this.#db, this.#key, language));
    this.mark('language', { language });
  }

  /** Resolves when everything so far is written. */
  async written(): Promise<void> {
    await this.#last;
  }

  /**
   * Closes the call's row after everything before it is written; the first end counts.
   * @returns false where another process has the call, and it goes on there
   */
  async finish(end: { outcome: CallOutcome; reason: string; by: EndedBy }): Promise<boolean> {
    this.#finished ??= this.#write('end of call', () => finishCall(this.#db, this.#key, end));
    const isOurs = await this.#finished;
    clearInterval(this.#signs);
    return isOurs ?? true;
  }

  /** Says no more that the call lives: it goes on in another process. */
  release(): void {
    clearInterval(this.#signs);
  }

  /**
   * The instant by the database's clock, which is read once: writes wait for each other, and what
   * happened in one order is dated in it.
   *
   * @param at of `performance.now()`
   */
  async #dated(at: number): Promise<Date> {
    if (this.#ahead === null) {
      const asked = performance.now();
      const now = await readClock(this.#db);
      this.#ahead = now.getTime() - (asked + performance.now()) / 2;
    }
    return new Date(this.#ahead + at);
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
