import { z } from 'zod';
import { API_ROUTES } from './api-routes.ts';

const FAULT_KINDS = [
  /** Answers after `milliseconds`. */
  'delay',
  /** Never answers, and does nothing. */
  'hang',
  /** 429 with the headers of an exhausted limit; `milliseconds` until its reset. */
  'rate-limited',
  /** A 5xx, `status`; nothing was done. */
  'server-error',
  /** The connection is reset; nothing was done. */
  'connection-reset',
  /** Does what was asked, and never answers. */
  'commit-then-timeout',
  /** Does what was asked, and answers a 5xx, `status`. */
  'commit-then-500',
  /** Does what was asked, and resets the connection. */
  'commit-then-reset',
  /** Lists slots as they were when the fault was set. */
  'stale-slots',
  /** Refuses the key, as if it had been revoked. */
  'revoked-key',
  /** The event type is deleted just before the request is served, and stays so. */
  'event-type-deleted',
] as const;

const OPERATIONS = new Set(API_ROUTES.map((route) => route.operation));

export const faultSchema = z.strictObject({
  /** An operation's name, such as `bookings.create`, or `*` for every one. */
  operation: z
    .string()
    .default('*')
    .refine((name) => name === '*' || OPERATIONS.has(name), 'There is no such operation'),
  kind: z.enum(FAULT_KINDS),
  /** How many requests it strikes; null for all until it is cleared. */
  times: z.int().positive().nullable().default(1),
  /** How many requests of the operation pass before the first is struck. */
  after: z.int().min(0).default(0),
  /** How likely a request is struck, from 0 to 1. */
  probability: z.number().min(0).max(1).default(1),
  milliseconds: z.number().min(0).default(0),
  status: z.int().min(500).max(599).default(500),
});

export type FaultRequest = z.input<typeof faultSchema>;
export type Fault = z.output<typeof faultSchema> & {
  id: number;
  /** How many requests it has struck. */
  struck: number;
  /** The simulator's time when it was set. */
  setAt: number;
};

export interface FaultsOptions {
  /** From 0 to 1, 1 excluded. */
  random: () => number;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Faults that wait for a request of their operation. The first that fits a request strikes it, alone. */
export class Faults {
  readonly #options: FaultsOptions;
  #faults: Fault[] = [];
  #lastId = 0;

  constructor(options: FaultsOptions) {
    this.#options = options;
  }

  get waiting(): readonly Fault[] {
    return this.#faults;
  }

  set(request: FaultRequest): Fault {
    this.#lastId += 1;
    const setAt = this.#options.now();
    const fault = { ...faultSchema.parse(request), id: this.#lastId, struck: 0, setAt };
    this.#faults.push(fault);
    return fault;
  }

  clear(): void {
    this.#faults = [];
  }

  strike(operation: string): Fault | null {
    for (const fault of this.#faults) {
      if (fault.operation !== '*' && fault.operation !== operation) continue;
      if (fault.after > 0) {
        fault.after -= 1;
        continue;
      }
      if (this.#options.random() >= fault.probability) continue;
      fault.struck += 1;
      if (fault.struck === fault.times)
        this.#faults = this.#faults.filter((each) => each !== fault);
      return fault;
    }
    return null;
  }
}
