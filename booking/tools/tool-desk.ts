import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { languageName } from '../../calls/languages.ts';
import { hasControls } from '../../calls/control-characters.ts';
import type { Logger } from '../../runtime/logger.ts';
import { SlidingWindow } from '../../runtime/sliding-window.ts';
import type { BookingDesk } from '../desk/booking-desk.ts';
import { BookingError } from '../booking-error.ts';
import { recordProgress } from './record-progress.ts';
import type { ServedCall, Tool } from './tool.ts';

/** A conversation needs a handful a minute; a model in a loop makes hundreds a second. */
const CALLS_A_MINUTE = 20;
const MINUTE = 60_000;
/** Milliseconds that further calls beyond the limit wait for their refusal. */
const HELD_BACK = 2_000;
const TOO_MANY = 'Too many tool calls. Speak with the caller before the next one.';
const FAILED =
  'Something went wrong on our side. Nothing was booked by this. Apologise, and ask the caller to try again in a few minutes.';
const NOT_TEXT = 'There are control characters in the words. Call the tool again without them.';

/** A tool did not do what it was asked; the message is for the model. */
export class ToolRefusedError extends Error {
  override readonly name = 'ToolRefusedError';
}

export interface ToolDeskOptions {
  call: Pick<ServedCall, 'language' | 'messages' | 'record'> & { desk: BookingDesk | null };
  /** Whether the caller was put through to a person; never, unless given. */
  wasTransferred?: () => boolean;
  logger: Logger;
  /** Called after each tool, when what the page shows may have changed. */
  onChange: () => void;
}

/**
 * Runs the tools of one call: counted, written down, and their failures turned into sentences that
 * the model can say. The model is not trusted: what it sends is checked here and behind this.
 */
export class ToolDesk {
  readonly #options: ToolDeskOptions;
  readonly #window = new SlidingWindow(CALLS_A_MINUTE, MINUTE);
  /** Calls in a row beyond the limit. */
  #beyond = 0;
  readonly #running = new Set<Promise<unknown>>();
  #isClosed = false;

  constructor(options: ToolDeskOptions) {
    this.#options = options;
  }

  /**
   * Runs one tool.
   * @param args as the model sent them
   * @throws {ToolRefusedError}
   */
  async run<Turn>(tool: Tool<Turn>, args: unknown, turn: Turn): Promise<unknown> {
    const { call, wasTransferred, onChange } = this.#options;
    this.#beyond = this.#window.take() ? 0 : this.#beyond + 1;
    if (this.#beyond > 1) {
      // The first one is written down. A model in a loop gets neither rows nor speed.
      await pause(HELD_BACK);
      throw new ToolRefusedError(TOO_MANY);
    }
    const finish = call.record.toolCall(tool.name, args);
    const work = this.#run(tool, args, turn);
    this.#running.add(work);
    try {
      const result = await work;
      finish({ result });
      return result;
    } catch (error) {
      finish({ error: error instanceof Error ? error.message : FAILED });
      throw error;
    } finally {
      this.#running.delete(work);
      recordProgress(call, { transferred: wasTransferred?.() ?? false });
      onChange();
    }
  }

  /** Whether a tool is running. */
  get isBusy(): boolean {
    return this.#running.size > 0;
  }

  /**
   * Takes no further calls and resolves when none is running: a booking that was begun is finished,
   * also after a hang-up.
   */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#running);
  }

  /** Tells the model what to speak, once that is another language than it began with. */
  #inTheirLanguage(result: unknown): unknown {
    const { now, ofAgent } = this.#options.call.language;
    if (now === ofAgent || typeof result !== 'object' || result === null) return result;
    return { ...result, speak: languageName(now) };
  }

  async #run<Turn>(tool: Tool<Turn>, args: unknown, turn: Turn): Promise<unknown> {
    if (this.#isClosed) throw new ToolRefusedError('The call has ended.');
    if (this.#beyond > 0) throw new ToolRefusedError(TOO_MANY);
    if (hasControls(args)) throw new ToolRefusedError(NOT_TEXT);
    const parsed = tool.schema.safeParse(args);
    if (!parsed.success) throw new ToolRefusedError(z.prettifyError(parsed.error));
    try {
      return this.#inTheirLanguage(await tool.run(parsed.data, turn));
    } catch (error) {
      const { logger } = this.#options;
      if (error instanceof BookingError) {
        logger.info({ tool: tool.name, code: error.code, err: error.cause }, 'tool refused');
        throw new ToolRefusedError(error.message);
      }
      logger.error({ tool: tool.name, err: error }, 'tool failed');
      throw new ToolRefusedError(FAILED);
    }
  }
}
