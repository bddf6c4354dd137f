import { z } from 'zod';

/** Every operation of the API that is served, by its name. */
export const OPERATIONS = [
  'users.me',
  'event_types.list',
  'available_times.list',
  'scheduled_events.list',
  'scheduled_events.get',
  'invitees.list',
  'invitees.get',
  'invitees.create',
  'cancellations.create',
  'webhooks.create',
  'webhooks.list',
  'webhooks.get',
  'webhooks.delete',
] as const;
export type Operation = (typeof OPERATIONS)[number];

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
  /** Refuses the token, as if it had expired. */
  'expired-token',
  /** Refuses for want of a right. */
  'forbidden',
] as const;

export const faultSchema = z.strictObject({
  operation: z.enum([...OPERATIONS, '*']).default('*'),
  kind: z.enum(FAULT_KINDS),
  /** How many requests it strikes; null for all until it is cleared. */
  times: z.int().positive().nullable().default(1),
  /** How many requests of the operation pass before the first is struck. */
  after: z.int().min(0).default(0),
  milliseconds: z.number().min(0).default(0),
  status: z.int().min(500).max(599).default(503),
});

export type FaultRequest = z.input<typeof faultSchema>;
export type Fault = z.output<typeof faultSchema>;

/** Faults that wait for a request of their operation. The first that fits a request strikes it, alone. */
export class Faults {
  #faults: Fault[] = [];

  get waiting(): readonly Fault[] {
    return this.#faults;
  }

  set(request: FaultRequest): Fault {
    const fault = faultSchema.parse(request);
    this.#faults.push(fault);
    return fault;
  }

  clear(): void {
    this.#faults = [];
  }

  strike(operation: Operation): Fault | null {
    for (const fault of this.#faults) {
      if (fault.operation !== '*' && fault.operation !== operation) continue;
      if (fault.after > 0) {
        fault.after -= 1;
        continue;
      }
      if (fault.times !== null) {
        fault.times -= 1;
        if (fault.times === 0) this.#faults = this.#faults.filter((each) => each !== fault);
      }
      return fault;
    }
    return null;
  }
}
