import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readStartConfig } from './config.ts';
import { explainFileError } from './explain-file-error.ts';
import { readLivekitTemplate } from './livekit-config.ts';
import type { StartStep } from './part.ts';
import { listPorts, makePlan } from './plan.ts';
import { MADE_UP_CALENDAR } from './demo-calendars.ts';
import type { DemoCalendar } from './demo-calendars.ts';
import type { StartPlan } from './plan.ts';
import { requireFreePorts } from './ports.ts';
import { openRegister } from './process-register.ts';
import { removeRunning, writeRunning } from '../runtime/running/running-file.ts';
import type { Running } from '../runtime/running/running-file.ts';
import { loadSecrets } from './secrets.ts';
import type { PartDiedError } from './start-error.ts';
import { slotlineSteps } from './steps.ts';
import { hasOffice, officeUrl } from './steps/office.ts';
import { Supervisor } from './supervisor.ts';
import { watchSources } from './watch-sources.ts';

export interface StartOptions {
  /** Where secrets, data and logs are kept; default `.slotline` of the working directory. */
  dataDirectory?: string;
  /** Free ports for everything; without `dataDirectory` the data is thrown away at the end. */
  ephemeral?: boolean;
  /** The page's port; default PORT or 3000. */
  port?: number;
  /** Restart changed parts, and serve the page with hot reload. */
  dev?: boolean;
  /** Use the rehearsal model although OPENAI_API_KEY is set. */
  rehearsal?: boolean;
  /** What the demo agent books into; default: the fake calendar. */
  calendar?: DemoCalendar;
  /** Run LiveKit SIP and the Redis it needs, with a demo number. */
  phone?: boolean;
  /** Default: this process's. */
  environment?: NodeJS.ProcessEnv;
  /** Receives the lines for a person; default: nobody does. */
  report?: (line: string) => void;
  /** Aborting it during the start stops what has begun. */
  signal?: AbortSignal;
  /** The parts to run; default: all of Slotline's. */
  steps?: (plan: StartPlan) => readonly StartStep[];
}

export interface StartedSlotline extends Running {
  /** The office's address; null where it is switched off. */
  office: string | null;
  /** Stops all parts in order, within 5 s. */
  stop(): Promise<void>;
  /** Ends all parts at once, without order. */
  kill(): void;
  /** Settles when a part ends by itself; the others go on until `stop`. */
  readonly died: Promise<PartDiedError>;
}

const projectRoot = dirname(import.meta.dirname);

/**
 * Starts all of Slotline as processes and watches over them.
 *
 * @throws StartError when a part cannot start, a port is taken or the data directory cannot be used;
 *   what had begun is stopped by then
 */
export async function startSlotline(options: StartOptions = {}): Promise<StartedSlotline> {
  try {
    return await start(options);
  } catch (error) {
    throw explainFileError(error);
  }
}

async function start(options: StartOptions): Promise<StartedSlotline> {
  const environment = options.environment ?? process.env;
  const config = readStartConfig(environment);
  const livekitTemplate = await readLivekitTemplate(join(projectRoot, 'livekit.yaml'));
  const throwaway = options.ephemeral === true && options.dataDirectory === undefined;
  const dataDirectory = throwaway
    ? await mkdtemp(join(tmpdir(), 'slotline-'))
    : resolve(options.dataDirectory ?? '.slotline');
  const logDirectory = join(dataDirectory, 'logs');
  await mkdir(logDirectory, { recursive: true, mode: 0o700 });
  // As root the database runs as the user "postgres", who must get through to its own folder.
  await chmod(dataDirectory, process.getuid?.() === 0 ? 0o711 : 0o700);

  // Undone in reverse order, however far the start came.
  const cleanUps: (() => Promise<void>)[] = [];
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= (async () => {
      for (const cleanUp of cleanUps.toReversed()) await cleanUp();
    })();
    return stopped;
  };
  if (throwaway) {
    cleanUps.push(() => rm(dataDirectory, { recursive: true, force: true, maxRetries: 3 }));
  }
  try {
    const register = await openRegister(dataDirectory);
    const mark = randomUUID();
    const watchdog = startWatchdog(dataDirectory, mark);
    cleanUps.push(async () => {
      await register.release();
      watchdog.end();
    });
    // Of a start that was killed together with its watchdog.
    await removeRunning(dataDirectory);
    const secrets = await loadSecrets(dataDirectory);
    const plan = await makePlan({
      projectRoot,
      dataDirectory,
      environment,
      config,
      secrets,
      livekitTemplate,
      throwaway,
      ephemeral: options.ephemeral ?? false,
      dev: options.dev ?? false,
      rehearsal: options.rehearsal ?? false,
      calendar: options.calendar ?? MADE_UP_CALENDAR,
      phone: options.phone ?? false,
      port: options.port,
    });
    await requireFreePorts(listPorts(plan));

    const report = options.report ?? (() => undefined);
    const steps = (options.steps ?? slotlineSteps)(plan);
    const supervisor = new Supervisor({
      steps,
      workingDirectory: projectRoot,
      logDirectory,
      register,
      mark,
      onSpawn: watchdog.tell,
      report,
      keepGoing: plan.dev,
    });
    cleanUps.push(() => supervisor.stop());
    const onAbort = (): void => void stop();
    options.signal?.addEventListener('abort', onAbort, { once: true });
    options.signal?.throwIfAborted();
    await supervisor.start();
    options.signal?.removeEventListener('abort', onAbort);

    await writeRunning(dataDirectory, plan.running);
    cleanUps.push(() => removeRunning(dataDirectory));
    if (plan.dev) {
      const endWatch = restartOnChange(steps, (name) =>
        supervisor
          .restart(name)
          .catch((error: unknown) =>
            report(`✗ ${error instanceof Error ? error.message : String(error)}`),
          ),
      );
      cleanUps.push(() => Promise.resolve(endWatch()));
    }
    const office = hasOffice(plan) ? `${officeUrl(plan)}/office` : null;
    return { ...plan.running, office, stop, kill: () => supervisor.kill(), died: supervisor.died };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Ends the parts when this process is killed and cannot do it itself. */
function startWatchdog(
  dataDirectory: string,
  mark: string,
): { tell: (pid: number) => void; end: () => void } {
  const program = fileURLToPath(new URL('watchdog.ts', import.meta.url));
  const watchdog = spawn(process.execPath, [program, dataDirectory, String(process.pid), mark], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  watchdog.stdin.on('error', () => undefined);
  watchdog.on('error', () => undefined);
  watchdog.unref();
  return {
    tell: (pid) => void watchdog.stdin.write(`${pid}\n`),
    end: () => void watchdog.kill('SIGKILL'),
  };
}

function restartOnChange(
  steps: readonly StartStep[],
  restart: (name: string) => Promise<void>,
): () => void {
  const parts = steps.filter((step) => step.kind === 'part');
  const folders = [...new Set(parts.flatMap((part) => part.sources))];
  return watchSources(projectRoot, folders, async (changed) => {
    const touched = parts.filter((part) => part.sources.some((folder) => changed.has(folder)));
    await Promise.all(touched.map((part) => restart(part.name)));
  });
}
