import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { settledWithin } from '../runtime/within.ts';
import { START_MARK } from './marked-processes.ts';
import type { Command } from './part.ts';
import { signalProcess } from './process-register.ts';
import { PartDiedError } from './start-error.ts';

const LINES_KEPT = 20;

/** How a process ended: by itself with a code, or by a signal. */
export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface PartProcess {
  readonly pid: number;
  /** Resolves when the process is gone and its last lines are in the log. */
  readonly gone: Promise<ProcessEnd>;
  /** Resolves at the first log line whose `msg` is "ready". */
  readonly saidReady: Promise<void>;
  lastLines(): readonly string[];
  signal(signal: NodeJS.Signals): void;
  /** Ends the process and its descendants at once. */
  kill(): void;
  /** The error for a process that should not have ended, or for what else went wrong with it. */
  died(how: ProcessEnd | string): PartDiedError;
}

/**
 * Runs a command as the leader of a process group of its own: Ctrl-C in the terminal reaches only
 * the start, which then ends the parts in order, and a part's descendants can be ended with it.
 * Both output streams go to the log file.
 *
 * @throws PartDiedError when the program cannot be run at all
 */
export async function startPartProcess(
  title: string,
  command: Command,
  options: {
    workingDirectory: string;
    logFile: string;
    /** Of this start, for its watchdog. */
    mark: string;
    onSpawn: (pid: number) => void;
  },
): Promise<PartProcess> {
  const log = createWriteStream(options.logFile, { flags: 'a', mode: 0o600 });
  // A full disk costs lines of the log, and not the parts.
  log.on('error', () => undefined);
  const child = spawn(command.file, command.arguments, {
    cwd: options.workingDirectory,
    env: { ...command.environment, [START_MARK]: options.mark },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  // At once: whoever is told ends it if this process is killed in the next moment.
  if (child.pid !== undefined) options.onSpawn(child.pid);
  const tail: string[] = [];
  const died = (how: ProcessEnd | string): PartDiedError => {
    const words = typeof how === 'string' ? how : describeEnd(how);
    return new PartDiedError(title, words, [...tail], options.logFile);
  };

  let sayReady = (): void => undefined;
  const saidReady = new Promise<void>((resolve) => {
    sayReady = resolve;
  });
  const keep = (line: string): void => {
    log.write(`${line}\n`);
    if (line.trim() === '') return;
    tail.push(line);
    if (tail.length > LINES_KEPT) tail.shift();
    if (isReadyLine(line)) sayReady();
  };
  const outputs = [child.stdout, child.stderr].map((stream) => readLines(stream, keep));

  const ended = new Promise<ProcessEnd>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(died(`could not be run (${error.message})`)));
  });
  const pid = child.pid ?? 0;
  const group = process.platform === 'win32' ? pid : -pid;

  const gone = ended.then(async (end) => {
    // Descendants that outlived the leader have nobody left who would stop them.
    if (group < 0) signalProcess(group, 'SIGKILL');
    // The last lines may still be on their way; a stray descendant must not hold us up for ever.
    await settledWithin(500, Promise.all(outputs));
    await new Promise<void>((resolve) => {
      log.end(() => resolve());
    });
    return end;
  });
  return {
    pid,
    gone,
    saidReady,
    lastLines: () => [...tail],
    signal: (signal) => {
      if (child.exitCode === null && child.signalCode === null) signalProcess(pid, signal);
    },
    kill: () => {
      if (child.exitCode === null && child.signalCode === null) signalProcess(group, 'SIGKILL');
    },
    died,
  };
}

function describeEnd(end: ProcessEnd): string {
  return end.signal === null
    ? `stopped by itself with code ${end.code ?? 'unknown'}`
    : `was ended from outside by ${end.signal}`;
}

function isReadyLine(line: string): boolean {
  if (!line.includes('"ready"')) return false;
  try {
    return (JSON.parse(line) as { msg?: unknown }).msg === 'ready';
  } catch {
    return false;
  }
}

async function readLines(stream: Readable, keep: (line: string) => void): Promise<void> {
  const lines = createInterface({ input: stream, crlfDelay: Infinity });
  lines.on('line', keep);
  await new Promise<void>((resolve) => {
    lines.once('close', resolve);
  });
}
