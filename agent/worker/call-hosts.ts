import { setTimeout as pause } from 'node:timers/promises';
import { settledWithin } from '../../runtime/within.ts';
import { CallHost } from './call-host.ts';
import type { CallHostOptions } from './call-host.ts';
import type { AssignedCall } from './livekit-worker.ts';

/** Milliseconds before a host that never was ready is begun anew: it may fail at once again. */
const BEGIN_AGAIN = 1_000;
/** Milliseconds after which a call that no process took is given up. */
const WAITS_AT_MOST = 20_000;

export interface CallHostsOptions extends Omit<CallHostOptions, 'onChange' | 'onGone'> {
  /** Processes; calls are spread over them. */
  count: number;
  /** There are fewer calls than before. */
  onChange: () => void;
  /**
   * No process of this worker has this call any more; its row may be held under these names, or by
   * another worker.
   */
  onLost: (call: AssignedCall, holders: string[]) => void;
}

/**
 * The processes in which calls live: a few, each with many calls and loaded once, since a process takes
 * over a second of a core to load and 160 MB, and a call in one that lives a fraction of that.
 */
export class CallHosts {
  readonly #options: CallHostsOptions;
  readonly #hosts = new Set<CallHost>();
  /** Calls that no host could take yet. */
  readonly #waiting: AssignedCall[] = [];
  readonly #firstReady = Promise.withResolvers<void>();
  #isClosing = false;

  constructor(options: CallHostsOptions) {
    this.#options = options;
  }

  /** Starts the processes, one after the other; resolves when the first can take calls. */
  async start(): Promise<void> {
    this.#begin();
    await this.#firstReady.promise;
    this.#fill();
  }

  /** Calls that live in one of the processes, or wait for one. */
  get size(): number {
    return this.#calls.length;
  }

  /** Of the calls those that are served, and those that are told that no line is free. */
  count(): { served: number; turnedAway: number } {
    const turnedAway = this.#calls.filter((call) => call.isTurnedAway).length;
    return { served: this.size - turnedAway, turnedAway };
  }

  /** Whether the call of a room lives in one of the processes, or waits for one. */
  has(roomName: string): boolean {
    return this.#calls.some((call) => call.roomName === roomName);
  }

  get #calls(): AssignedCall[] {
    return [...this.#waiting, ...[...this.#hosts].flatMap(({ calls }) => [...calls.values()])];
  }

  /** Calls in each process. */
  get sizes(): number[] {
    return [...this.#hosts].map(({ calls }) => calls.size);
  }

  /** Processes that take calls. */
  get open(): number {
    return [...this.#hosts].filter(({ isOpen }) => isOpen).length;
  }

  /** Gives a call to the process with the fewest; it waits where none can take it. */
  serve(call: AssignedCall): void {
    this.#waiting.push(call);
    this.#assign();
    if (this.#waiting.includes(call)) {
      setTimeout(() => this.#giveUp(call), WAITS_AT_MOST).unref();
    }
  }

  /**
   * Ends a call that LiveKit wants ended. Of one that was taken over it wants that as the place of the
   * process that died is given up: its room tells when it is over.
   */
  end(id: string): void {
    for (const host of this.#hosts) {
      if (host.calls.get(id)?.takenFrom === null) host.end(id);
    }
  }

  /** Resolves when no call is left. */
  async empty(): Promise<void> {
    this.#isClosing = true;
    for (const host of this.#hosts) host.wear();
    await this.#allGone();
  }

  /** Ends the calls; those that are not over in so many milliseconds are broken off. */
  async close(deadline: number): Promise<void> {
    for (const call of this.#waiting.splice(0)) this.#lose(call);
    for (const host of this.#hosts) for (const id of host.calls.keys()) host.end(id);
    await settledWithin(deadline, this.empty());
    for (const host of this.#hosts) host.kill();
    await this.#allGone();
  }

  async #allGone(): Promise<void> {
    await Promise.all([...this.#hosts].map(({ gone }) => gone));
  }

  #begin(): void {
    const host = new CallHost({
      ...this.#options,
      onChange: () => this.#changed(host),
      onGone: (lost) => void this.#replace(host, lost),
    });
    this.#hosts.add(host);
  }

  #changed(host: CallHost): void {
    if (host.isOpen) this.#firstReady.resolve();
    this.#fill();
    this.#assign();
    this.#options.onChange();
  }

  /** Begins hosts in the place of those that take no calls any more, one at a time. */
  #fill(): void {
    if (this.#isClosing) return;
    const own = [...this.#hosts].filter(({ isWorn }) => !isWorn);
    if (own.length < this.#options.count && own.every(({ isOpen }) => isOpen)) this.#begin();
  }

  /** Nobody waits in silence for a process that does not come. */
  #giveUp(call: AssignedCall): void {
    const place = this.#waiting.indexOf(call);
    if (place === -1) return;
    this.#waiting.splice(place, 1);
    this.#lose(call);
    this.#options.onChange();
  }

  /** @param hostId the process that had it */
  #lose(call: AssignedCall, hostId?: string): void {
    const { takenFrom } = call;
    const holders = [takenFrom, hostId].filter((holder) => typeof holder === 'string');
    this.#options.onLost(call, holders);
  }

  /** Gives what waits to the host with the fewest calls. */
  #assign(): void {
    for (;;) {
      const [host] = [...this.#hosts]
        .filter(({ isOpen }) => isOpen)
        .toSorted((one, other) => one.calls.size - other.calls.size);
      const call = host && this.#waiting.shift();
      if (!host || !call) return;
      host.serve(call);
    }
  }

  async #replace(host: CallHost, lost: readonly AssignedCall[]): Promise<void> {
    this.#hosts.delete(host);
    for (const call of lost) {
      // One that was taken over before may be what its processes die of.
      if (call.takenFrom !== null || this.#isClosing) this.#lose(call, host.id);
      else this.serve({ ...call, takenFrom: host.id });
    }
    if (this.#isClosing) return;
    this.#options.onChange();
    if (!host.wasReady) await pause(BEGIN_AGAIN);
    this.#fill();
  }
}
