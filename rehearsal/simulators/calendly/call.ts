import type { SimulatorClock } from './clock.ts';
import type { Account } from './model.ts';
import type { RateLimits } from './rate-limits.ts';
import type { CalendlyState } from './state.ts';
import type { WebhookSender } from './webhook-sender.ts';

/** What every handler is given of the stand-in it runs in. */
export interface Instance {
  state: CalendlyState;
  clock: SimulatorClock;
  webhooks: WebhookSender;
  /** Of bookings, which are counted apart from other requests; null for none. */
  bookingLimits: RateLimits | null;
  /** Whether meetings that overlap are refused by the one code that was ever seen, or by no code. */
  tellsTaken: boolean;
}

/** One request, as a handler sees it. */
export interface Call extends Instance {
  parameters: Record<string, string>;
  query: URLSearchParams;
  body: Record<string, unknown>;
  /** Whose token the request carried. */
  caller: Account;
}

export interface Answer {
  status: number;
  body: object | null;
  headers?: Record<string, string>;
}

export type Handler = (call: Call) => Answer | Promise<Answer>;

export function resource(data: object, status = 200): Answer {
  return { status, body: { resource: data } };
}
