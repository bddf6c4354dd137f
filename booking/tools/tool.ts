import type { z } from 'zod';
import type { BusinessInfo } from '../desk/business-info.ts';
import type { SpokenLanguage } from '../languages/spoken-language.ts';
import type { CallSummary } from '../desk/call-summary.ts';
import type { MessagePad } from '../desk/message-pad.ts';
import type { BookingDesk } from '../desk/booking-desk.ts';
import type { CallRecord } from '../../calls/call-record.ts';
import type { LineNumbers } from '../../calls/line-numbers.ts';
import type { CallLine } from '../../db/values.ts';

/**
 * Something that a caller can have done, whichever front end passes the wish on. A model asks, which
 * is not trusted: a `ToolDesk` runs tools, checks and writes down.
 *
 * @typeParam Turn what a front end knows of the turn in which the tool is called
 */
export interface Tool<Turn = unknown> {
  readonly name: string;
  /** For the model: what it does and when to call it. */
  readonly description: string;
  /** What the model fills in. */
  readonly schema: z.ZodObject;
  /** Whether it changes something: then the caller must hear its answer. */
  readonly changes: boolean;
  /**
   * @param args as `schema` parsed them
   * @returns what the model is told, as JSON; undefined where it shall not speak again
   * @throws {BookingError} with what the model is to say, ask or call next
   */
  run(args: unknown, turn: Turn): Promise<unknown>;
}

/** What the tools need of a call. */
export interface ServedCall {
  /** What is spoken, and spelled in. */
  language: SpokenLanguage;
  line: CallLine;
  numbers: LineNumbers;
  messages: MessagePad;
  summary: CallSummary;
  /** Null where nothing is written down of the business. */
  business: BusinessInfo | null;
  record: CallRecord;
}

/** A served call that can book. */
export interface BookingCall extends ServedCall {
  desk: BookingDesk;
}

/** A tool whose arguments have the type of its schema. */
export function defineTool<Schema extends z.ZodObject, Turn = unknown>(tool: {
  name: string;
  description: string;
  schema: Schema;
  changes?: boolean;
  run: (args: z.infer<Schema>, turn: Turn) => Promise<unknown>;
}): Tool<Turn> {
  return {
    changes: false,
    ...tool,
    run: (args, turn) => tool.run(args as z.infer<Schema>, turn),
  };
}
