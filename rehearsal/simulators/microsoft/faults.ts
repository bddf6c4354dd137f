import { z } from 'zod';
import { API_ROUTES } from './api-routes.ts';

const FAULT_KINDS = [
  /** Answers after `milliseconds`. */
  'delay',
  /** Never answers, and does nothing. */
  'hang',
  /** 429 with Retry-After, `seconds`. */
  'throttled',
  /** 503 with Retry-After, `seconds`; nothing was done. */
  'unavailable',
  /** The connection is reset; nothing was done. */
  'connection-reset',
  /** Does what was asked, and never answers. */
  'commit-then-timeout',
  /** Does what was asked, and answers 504. */
  'commit-then-504',
  /** Does what was asked, and resets the connection. */
  'commit-then-reset',
  /** Refuses the token as one that has ended. */
  'expired-token',
  /** Answers 200 with a page to sign in at. */
  'login-page',
] as const;

const OPERATIONS = new Set(API_ROUTES.map(({ operation }) => operation));

const FaultSchema = z.strictObject({
  /** An operation's name, such as `events.create`, or `*` for every one. */
  operation: z
    .string()
    .default('*')
    .refine((name) => name === '*' || OPERATIONS.has(name), 'There is no such operation'),
  kind: z.enum(FAULT_KINDS),
  /** How many requests it strikes; null for all until it is cleared. */
  times: z.int().positive().nullable().default(1),
  /** How many requests of the operation pass before the first is struck. */
  after: z.int().min(0).default(0),
  milliseconds: z.number().min(0).default(0),
  seconds: z.int().min(0).default(1),
});

export type FaultRequest = z.input<typeof FaultSchema>;
export type Fault = z.output<typeof FaultSchema> & { struck: number };

/** Faults that wait for a request of their operation. The first that fits a request strikes it, alone. */
export class Faults {
  #faults: Fault[] = [];

  get waiting(): readonly Fault[] {
    return this.#faults;
  }

  set(request: FaultRequest): Fault {
    const fault = { ...FaultSchema.parse(request), struck: 0 };
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
      fault.struck += 1;
      if (fault.struck === fault.times) {
        this.#faults = this.#faults.filter((each) => each !== fault);
      }
      return fault;
    }
    return null;
  }
}
