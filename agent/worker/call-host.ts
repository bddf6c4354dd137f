import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Logger } from '../../runtime/logger.ts';
import type { FromHost, ToHost } from './host-messages.ts';
import type { AssignedCall } from './livekit-worker.ts';

const PROGRAM = fileURLToPath(new URL('host-process.ts', import.meta.url));
/** Milliseconds between two questions whether it lives. */
const BEAT = 1_000;
/**
 * Questions without an answer after which a host hangs; a busy machine may keep it from answering. They
 * are counted, and not the time: where the worker itself stood still, nobody else did.
 */
const HANGS_AFTER = 15;
/** Beats; a machine that is busy loads slowly. */
const LOADS_WITHIN = 90;
/** Calls after which a host is replaced: what libraries leave behind adds up. */
const MOST_SERVED = 500;

export interface CallHostOptions {
  /** The path of what runs in the process; the host of calls unless given. */
  program?: string;
  /** Questions without an answer, one a second, after which it is ended; 15 unless given. */
  hangsAfter?: number;
  /** Bytes of memory after which a host takes no more calls; with half as many more it is ended. */
  memory: number;
  logger: Logger;
  /** The host changed: it is ready, takes no more calls, or a call is over. */
  onChange: () => void;
  /** The process is gone, with the calls it had. */
  onGone: (lost: AssignedCall[]) => void;
}

/** A process in which calls live, as the worker sees it. */
export class CallHost {
  /** Names it on the rows of its calls. */
  readonly id = randomUUID();
  /** The calls that live in it, by the id of their job. */
  readonly calls = new Map<string, AssignedCall>();
  /** Resolves when the process has ended. */
  readonly gone: Promise<void>;
  readonly #options: CallHostOptions;
  readonly #process: ChildProcess;
  readonly #beat: NodeJS.Timeout;
  #isReady = false;
  #isWorn = false;
  #served = 0;
  #unanswered = 0;

  constructor(options: CallHostOptions) {
    this.#options = options;
    this.#process = fork(options.program ?? PROGRAM);
    const gone = Promise.withResolvers<void>();
    this.gone = gone.promise;
    this.#process.once('exit', (code, signal) => {
      this.#end(code, signal);
      gone.resolve();
    });
    this.#process.on('message', (message: FromHost) => this.#receive(message));
    // A host that is gone cannot be told anything; its end is told of by itself.
    this.#process.on('error', (err) => options.logger.error({ err }, 'a host of calls failed'));
    this.#beat = setInterval(() => this.#look(), BEAT);
  }

  /** Whether it ever could be given calls. */
  get wasReady(): boolean {
    return this.#isReady;
  }

  /** Whether calls can be given to it. */
  get isOpen(): boolean {
    return this.#isReady && !this.#isWorn;
  }

  /** Whether it takes no more calls, and another is to take its place. */
  get isWorn(): boolean {
    return this.#isWorn;
  }

  /** Hands it a call; to be used only while it is open. */
  serve(call: AssignedCall): void {
    this.calls.set(call.id, call);
    this.#served += 1;
    this.#send({ kind: 'serve', call, holder: this.id });
    if (this.#served >= MOST_SERVED) this.wear();
  }

  /** Asks it to end a call; `onChange` follows once the call is over. */
  end(id: string): void {
    this.#send({ kind: 'end', id });
  }

  /** Takes no more calls, and goes when its last one is over. */
  wear(): void {
    if (this.#isWorn) return;
    this.#isWorn = true;
    this.#leaveIfEmpty();
    this.#options.onChange();
  }

  /** Ends the process at once, with the calls it has: `onGone` gets them. */
  kill(): void {
    this.#isWorn = true;
    this.#process.kill('SIGKILL');
  }

  #receive(message: FromHost): void {
    this.#unanswered = 0;
    switch (message.kind) {
      case 'ready':
        this.#isReady = true;
        this.#options.onChange();
        break;
      case 'over':
        this.calls.delete(message.id);
        this.#leaveIfEmpty();
        this.#options.onChange();
        break;
      case 'worn':
        this.wear();
        break;
      case 'pong':
        this.#weigh(message.residentBytes);
        break;
    }
  }

  #look(): void {
    const { logger, hangsAfter = HANGS_AFTER } = this.#options;
    this.#unanswered += 1;
    if (this.#unanswered > (this.#isReady ? hangsAfter : LOADS_WITHIN)) {
      logger.error({ host: this.#process.pid, calls: this.calls.size }, 'a host of calls hangs');
      this.kill();
    } else this.#send({ kind: 'ping' });
  }

  #weigh(residentBytes: number): void {
    const { memory, logger } = this.#options;
    if (residentBytes <= memory) return;
    const megabytes = Math.round(residentBytes / 1e6);
    if (!this.#isWorn) {
      logger.warn(
        { host: this.#process.pid, megabytes },
        'a host of calls is replaced for its memory',
      );
      this.wear();
    }
    if (residentBytes > memory * 1.5) this.kill();
  }

  #leaveIfEmpty(): void {
    if (this.#isWorn && this.calls.size === 0 && this.#process.connected)
      this.#process.disconnect();
  }

  #end(code: number | null, signal: string | null): void {
    clearInterval(this.#beat);
    const lost = [...this.calls.values()];
    this.calls.clear();
    const { logger, onGone } = this.#options;
    if (lost.length > 0 || !this.#isWorn) {
      logger.error(
        { host: this.#process.pid, code, signal, calls: lost.length },
        'a host of calls is gone',
      );
    }
    this.#isWorn = true;
    onGone(lost);
  }

  #send(message: ToHost): void {
    // Without a listener, what cannot be sent any more would be thrown.
    if (this.#process.connected) this.#process.send(message, () => {});
  }
}
