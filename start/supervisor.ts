import { join } from 'node:path';
import type { Command, Part, Preparation, StartStep } from './part.ts';
import { startPartProcess } from './part-process.ts';
import type { PartProcess } from './part-process.ts';
import type { ProcessRegister } from './process-register.ts';
import { StartError } from './start-error.ts';
import type { PartDiedError } from './start-error.ts';
import { stopInOrder } from './stop-in-order.ts';
import { waitUntilReady } from './wait-until-ready.ts';

export interface SupervisorOptions {
  steps: readonly StartStep[];
  workingDirectory: string;
  logDirectory: string;
  register: ProcessRegister;
  /** Of this start: in the environment of every process. */
  mark: string;
  /** Told of every process at the moment it begins. */
  onSpawn: (pid: number) => void;
  /** Receives the lines for the person at the terminal. */
  report: (line: string) => void;
  /** In development a part that dies is reported and waits for the next change. */
  keepGoing: boolean;
}

/** Runs the steps of a start and watches over the parts among them. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  /** When each step that was begun is ready, by its name. */
  readonly #ready = new Map<string, Promise<void>>();
  readonly #running = new Map<string, { part: Part; child: PartProcess }>();
  /** Processes of preparations, and of parts that are just coming up. */
  readonly #helpers = new Set<PartProcess>();
  /** Children that end because we asked them to. */
  readonly #dismissed = new WeakSet<PartProcess>();
  readonly #stopping = new AbortController();
  readonly #died = Promise.withResolvers<PartDiedError>();
  #stopped: Promise<void> | undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /** Settles with the error of the first part that ends by itself after the start. */
  get died(): Promise<PartDiedError> {
    return this.#died.promise;
  }

  /**
   * Starts every step as soon as what it needs is ready.
   *
   * @throws the error of the first step that failed; the others are still to be stopped
   */
  async start(): Promise<void> {
    await Promise.all(this.#options.steps.map((step) => this.#begin(step)));
  }

  /** Stops one part and starts it again. */
  async restart(name: string): Promise<void> {
    const entry = this.#running.get(name);
    const step = this.#findStep(name);
    if (this.#stopping.signal.aborted || step.kind !== 'part') return;
    if (entry) {
      this.#dismissed.add(entry.child);
      await stopInOrder([entry]);
    }
    const began = performance.now();
    await this.#startPart(step);
    const title = capitalise(step.title);
    this.#options.report(`✓ ${title} started again, ${secondsSince(began)} s`);
  }

  /** Stops all in order. May be called at any time, also during the start. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  /** Ends everything at once. */
  kill(): void {
    this.#stopping.abort(new StartError('The start was stopped.'));
    const parts = [...this.#running.values()].map(({ child }) => child);
    for (const child of [...this.#helpers, ...parts]) child.kill();
  }

  #begin(step: StartStep): Promise<void> {
    const known = this.#ready.get(step.name);
    if (known) return known;
    const begun = this.#run(step);
    this.#ready.set(step.name, begun);
    return begun;
  }

  async #run(step: StartStep): Promise<void> {
    await Promise.all(step.needs.map((name) => this.#begin(this.#findStep(name))));
    const began = performance.now();
    let detail: string | undefined;
    if (step.kind === 'part') {
      await this.#startPart(step);
      detail = step.detail ?? '';
    } else detail = await this.#prepare(step);
    if (detail === undefined) return;
    const title = capitalise(step.title).padEnd(16);
    this.#options.report(`✓ ${title} ${detail.padEnd(28)} ${secondsSince(began)} s`);
  }

  async #prepare(step: Preparation): Promise<string | undefined> {
    return step.run({
      report: (line) => this.#options.report(`… ${line}`),
      signal: this.#stopping.signal,
      runToEnd: async (command) => {
        const child = await this.#launch(step, command);
        const end = await child.gone;
        this.#stopping.signal.throwIfAborted();
        if (end.code !== 0) throw child.died(end);
      },
    });
  }

  async #startPart(part: Part): Promise<void> {
    const child = await this.#launch(part, await part.command());
    this.#helpers.delete(child);
    this.#running.set(part.name, { part, child });
    const ended = child.gone.then((end) => {
      if (this.#running.get(part.name)?.child === child) this.#running.delete(part.name);
      return child.died(end);
    });
    await waitUntilReady(part, child, ended, this.#stopping.signal);
    void this.#watch(part, child, ended);
  }

  async #watch(part: Part, child: PartProcess, ended: Promise<PartDiedError>): Promise<void> {
    const error = await ended;
    if (this.#stopping.signal.aborted || this.#dismissed.has(child)) return;
    const { keepGoing, report } = this.#options;
    if (!keepGoing) this.#died.resolve(error);
    else report(`✗ ${error.message}\n  The ${part.title} starts again at the next change.`);
  }

  async #launch({ name, title }: StartStep, command: Command): Promise<PartProcess> {
    const { workingDirectory, logDirectory, register, mark, onSpawn } = this.#options;
    this.#stopping.signal.throwIfAborted();
    const logFile = join(logDirectory, `${name}.log`);
    const child = await startPartProcess(title, command, {
      workingDirectory,
      logFile,
      mark,
      onSpawn,
    });
    this.#helpers.add(child);
    await register.add(name, child.pid);
    void child.gone.then(() => {
      this.#helpers.delete(child);
      return register.remove(child.pid);
    });
    // The whole may have been stopped while the process came up.
    if (this.#stopping.signal.aborted) child.kill();
    return child;
  }

  async #stopAll(): Promise<void> {
    this.#stopping.abort(new StartError('The start was stopped.'));
    for (const helper of this.#helpers) helper.kill();
    await Promise.all([...this.#helpers].map((helper) => helper.gone));
    await stopInOrder([...this.#running.values()]);
  }

  #findStep(name: string): StartStep {
    const step = this.#options.steps.find((candidate) => candidate.name === name);
    if (!step) throw new Error(`No step is named "${name}".`);
    return step;
  }
}

function capitalise(title: string): string {
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** @param began of `performance.now()` */
function secondsSince(began: number): string {
  return ((performance.now() - began) / 1_000).toFixed(1);
}
