import type { Mailbox } from './mailbox.ts';
import type { Notifier } from './notifier.ts';

/** One request, as a handler sees it. */
export interface Call {
  /** Whose token the request carried. */
  mailbox: Mailbox;
  parameters: Readonly<Record<string, string>>;
  query: URLSearchParams;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Record<string, unknown>;
  /** Where the simulator is reached, with `/v1.0`; of the links in its answers. */
  root: string;
  notifier: Notifier;
  now: () => number;
}

export interface Answer {
  status: number;
  /** Null for an answer without a body. */
  body: object | null;
}

export type Handler = (call: Call) => Answer | Promise<Answer>;
