import { llm } from '@livekit/agents';
import type { Logger } from 'pino';
import { BookingError } from '../../booking/desk/booking-error.ts';
import type { CallRecord } from '../call/call-record.ts';
import { hasControls } from './control-characters.ts';

/** A conversation needs a handful a minute; a model in a loop makes hundreds a second. */
const CALLS_A_MINUTE = 20;
const MINUTE = 60_000;
const FAILED =
  'Something went wrong on our side. Nothing was booked by this. Apologise, and ask the caller to try again in a few minutes.';
const NOT_TEXT = 'There are control characters in the words. Call the tool again without them.';

export interface ToolDeskOptions {
  record: CallRecord;
  logger: Logger;
  /** Called after each tool, when what the page shows may have changed. */
  onChange: () => void;
}

/**
 * Runs the model's tool calls: counted, written down, and their failures turned into sentences
 * that the model can say. The model is not trusted: what it sends is checked behind this.
 */
export class ToolDesk {
  readonly #options: ToolDeskOptions;
  #recent: number[] = [];
  readonly #running = new Set<Promise<unknown>>();
  #isClosed = false;

  constructor(options: ToolDeskOptions) {
    this.#options = options;
  }

  /**
   * Runs one tool call.
   * @throws {llm.ToolError} whose message the model sees
   */
  async run<T>(name: string, args: unknown, execute: () => Promise<T>): Promise<T> {
    const finish = this.#options.record.toolCall(name, args);
    const work = this.#run(name, args, execute);
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
      this.#options.onChange();
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

  async #run<T>(name: string, args: unknown, execute: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new llm.ToolError('The call has ended.');
    this.#count();
    if (hasControls(args)) throw new llm.ToolError(NOT_TEXT);
    try {
      return await execute();
    } catch (error) {
      if (error instanceof BookingError) {
        this.#options.logger.info(
          { tool: name, code: error.code, err: error.cause },
          'tool refused',
        );
        throw new llm.ToolError(error.message);
      }
      this.#options.logger.error({ tool: name, err: error }, 'tool failed');
      throw new llm.ToolError(FAILED);
    }
  }

  #count(): void {
    const now = performance.now();
    this.#recent = this.#recent.filter((at) => at > now - MINUTE);
    if (this.#recent.length >= CALLS_A_MINUTE) {
      throw new llm.ToolError('Too many tool calls. Speak with the caller before the next one.');
    }
    this.#recent.push(now);
  }
}
