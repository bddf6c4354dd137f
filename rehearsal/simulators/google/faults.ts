import type { Operation } from './model.ts';

/** What goes wrong with requests of an operation. */
export type FaultKind =
  /** The answer takes so long. */
  | { kind: 'delay'; milliseconds: number }
  /** The connection breaks, and nothing was done. */
  | { kind: 'reset' }
  /** It is done, and the connection breaks before the answer. */
  | { kind: 'lost-answer' }
  /** It is done, and no answer comes. */
  | { kind: 'commit-then-hang' }
  /** No answer comes, and nothing was done. */
  | { kind: 'hang' }
  /** It is refused so. */
  | {
      kind: 'refuse';
      status: 400 | 401 | 403 | 404 | 412 | 429 | 500 | 503;
      reason: string;
      domain?: string;
    }
  /** A page of something that stands between answers, with that status; nothing was done. */
  | { kind: 'page'; status: number };

export type Fault = FaultKind & {
  operation: Operation;
  /** Null: every time, until {@link Faults.clear}. */
  times: number | null;
};

/** The faults that are set, each for its operation. */
export class Faults {
  #set: Fault[] = [];

  set(fault: Fault): void {
    this.#set.push({ ...fault });
  }

  clear(): void {
    this.#set = [];
  }

  /** What happens to the request at hand; the one that was set first comes first. */
  take(operation: Operation): FaultKind | undefined {
    const fault = this.#set.find((each) => each.operation === operation);
    if (fault && fault.times !== null && (fault.times -= 1) <= 0) {
      this.#set = this.#set.filter((each) => each !== fault);
    }
    return fault;
  }
}
