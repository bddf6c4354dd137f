import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { transport } from '../runtime/http-transport.ts';
import type { Command, Part, Preparation, Readiness, StartStep } from './part.ts';
import { startPartProcess } from './part-process.ts';
import type { PartProcess } from './part-process.ts';
import type { ProcessRegister } from './process-register.ts';
import { StartError } from './start-error.ts';
import type { PartDiedError } from './start-error.ts';
import { stopInOrder } from './stop-in-order.ts';

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

export interface Supervisor {
  /**
   * Starts every step as soon as what it needs is ready.
   *
   * @throws the error of the first step that failed; the others are still to be stopped
   */
  start(): Promise<void>;
  /** Settles with the error of the first part that ends by itself after the start. */
  readonly died: Promise<PartDiedError>;
  /** Stops one part and starts it again. */
  restart(name: string): Promise<void>;
  /** Stops all in order. May be called at any time, also during the start. */
  stop(): Promise<void>;
  /** Ends everything at once. */
  kill(): void;
}

/** Runs the steps of a start and watches over the parts among them. */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  const running = new Map<string, { part: Part; child: PartProcess }>();
  const helpers = new Set<PartProcess>();
  const stopping = new AbortController();
  /** Children that end because we asked them to. */
  const dismissed = new WeakSet<PartProcess>();
  let tellDied = (_error: PartDiedError): void => undefined;
  const died = new Promise<PartDiedError>((resolve) => {
    tellDied = resolve;
  });

  const launch = async (name: string, title: string, command: Command): Promise<PartProcess> => {
    stopping.signal.throwIfAborted();
    const child = await startPartProcess(title, command, {
      workingDirectory: options.workingDirectory,
      logFile: join(options.logDirectory, `${name}.log`),
      mark: options.mark,
      onSpawn: options.onSpawn,
    });
    helpers.add(child);
    await options.register.add(name, child.pid);
    void child.gone.then(() => {
      helpers.delete(child);
      return options.register.remove(child.pid);
    });
    // The whole may have been stopped while the process came up.
    if (stopping.signal.aborted) child.kill();
    return child;
  };

  const startPart = async (part: Part): Promise<void> => {
    const child = await launch(part.name, part.title, await part.command());
    helpers.delete(child);
    running.set(part.name, { part, child });
    const ended = child.gone.then((end) => {
      if (running.get(part.name)?.child === child) running.delete(part.name);
      return child.died(end);
    });
    await waitUntilReady(part, child, ended, stopping.signal);
    void watch(part, child, ended);
  };

  const watch = async (
    part: Part,
    child: PartProcess,
    ended: Promise<PartDiedError>,
  ): Promise<void> => {
    const error = await ended;
    if (stopping.signal.aborted || dismissed.has(child)) return;
    if (options.keepGoing) {
      options.report(`✗ ${error.message}\n  The ${part.title} starts again at the next change.`);
    } else tellDied(error);
  };

  const prepare = async (step: Preparation): Promise<string | undefined> =>
    step.run({
      report: (line) => options.report(`… ${line}`),
      signal: stopping.signal,
      runToEnd: async (command) => {
        const child = await launch(step.name, step.title, command);
        const end = await child.gone;
        stopping.signal.throwIfAborted();
        if (end.code !== 0) throw child.died(end);
      },
    });

  const ready = new Map<string, Promise<void>>();
  const begin = (step: StartStep): Promise<void> => {
    const known = ready.get(step.name);
    if (known) return known;
    const begun = (async () => {
      await Promise.all(step.needs.map((name) => begin(findStep(options.steps, name))));
      const began = performance.now();
      const detail =
        step.kind === 'part'
          ? await startPart(step).then(() => step.detail ?? '')
          : await prepare(step);
      if (detail === undefined) return;
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      options.report(`✓ ${capitalise(step.title).padEnd(16)} ${detail.padEnd(28)} ${seconds} s`);
    })();
    ready.set(step.name, begun);
    return begun;
  };

  let stopped: Promise<void> | undefined;
  return {
    died,
    async start() {
      await Promise.all(options.steps.map((step) => begin(step)));
    },
    async restart(name) {
      const entry = running.get(name);
      const step = findStep(options.steps, name);
      if (stopping.signal.aborted || step.kind !== 'part') return;
      if (entry) {
        dismissed.add(entry.child);
        await stopInOrder([entry]);
      }
      const began = performance.now();
      await startPart(step);
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      options.report(`✓ ${capitalise(step.title)} started again, ${seconds} s`);
    },
    stop() {
      stopped ??= (async () => {
        stopping.abort(new StartError('The start was stopped.'));
        for (const helper of helpers) helper.kill();
        await Promise.all([...helpers].map((helper) => helper.gone));
        await stopInOrder([...running.values()]);
      })();
      return stopped;
    },
    kill() {
      stopping.abort(new StartError('The start was stopped.'));
      for (const child of [...helpers, ...[...running.values()].map((entry) => entry.child)]) {
        child.kill();
      }
    },
  };
}

function capitalise(title: string): string {
  return title.charAt(0).toUpperCase() + title.slice(1);
}

function findStep(steps: readonly StartStep[], name: string): StartStep {
  const step = steps.find((candidate) => candidate.name === name);
  if (!step) throw new Error(`No step is named "${name}".`);
  return step;
}

async function waitUntilReady(
  part: Part,
  child: PartProcess,
  ended: Promise<PartDiedError>,
  signal: AbortSignal,
): Promise<void> {
  const patience = new AbortController();
  const limit = part.readyWithin ?? 60_000;
  try {
    await Promise.race([
      untilReady(part.readiness, child, AbortSignal.any([signal, patience.signal])),
      ended.then((error) => {
        signal.throwIfAborted();
        throw error;
      }),
      delay(limit, undefined, { signal: patience.signal }).then(() => {
        throw child.died(`was not ready after ${limit / 1_000} s`);
      }),
    ]);
  } finally {
    patience.abort();
  }
}

async function untilReady(
  readiness: Readiness,
  child: PartProcess,
  signal: AbortSignal,
): Promise<void> {
  switch (readiness.by) {
    case 'log':
      return child.saidReady;
    case 'http':
      return untilAnswers(readiness.url, signal);
    case 'tcp':
      return untilListens(readiness.port, signal);
  }
}

/** Knocks until a port of 127.0.0.1 takes the connection. */
async function untilListens(port: number, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const listens = await new Promise<boolean>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.once('error', () => resolve(false));
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
    });
    if (listens) return;
    await delay(40, undefined, { signal });
  }
}

/** Asks until something answers with a good status; a refused connection means "not yet". */
async function untilAnswers(url: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const answer = await transport(url, { signal }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await delay(40, undefined, { signal });
  }
}
