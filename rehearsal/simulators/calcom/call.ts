import type { SettableClock } from './clock.ts';
import type { CountsBooking } from './availability.ts';
import type { Account } from './model.ts';
import type { SlotsCache } from './slots-cache.ts';
import type { CalcomState } from './state.ts';
import type { WebhookSender } from './webhook-sender.ts';

/** What every handler is given of the instance it runs in. */
export interface Instance {
  state: CalcomState;
  clock: SettableClock;
  webhooks: WebhookSender;
  /** Where visitors book by hand; it appears in booking pages' addresses. */
  bookerUrl: string;
  /** Resolves after the time that passes between a booking's check and its commit. */
  raceWindow: () => Promise<void>;
  slotsCache: SlotsCache;
  /** Versions for bookings that hosted Cal.com has, and an instance of one's own may not. */
  laterVersions: readonly string[];
}

/** One request, as a handler sees it. */
export interface Call extends Instance {
  parameters: Record<string, string>;
  query: URLSearchParams;
  body: Record<string, unknown>;
  /** Whose key the request carried. */
  caller: Account | null;
  /** Which bookings a list of slots knows of; a fault may make it lag behind. */
  countsBooking: CountsBooking;
}

export interface Answer {
  status: number;
  body: object;
}

export type Handler = (call: Call) => Answer | Promise<Answer>;

export function success(data: unknown, options: { status?: number } = {}): Answer {
  return { status: options.status ?? 200, body: { status: 'success', data } };
}

/** The account behind a route that only answers with a key. */
export function callerOf(call: Call): Account {
  if (call.caller === null) throw new Error('The route is not guarded');
  return call.caller;
}
