import { Logger as WorkerLogger } from 'graphile-worker';
import type { LogLevel } from 'graphile-worker';
import { pino } from 'pino';
import type { DestinationStream, LevelWithSilent, Logger } from 'pino';
import { describeError } from '../runtime/describe-error.ts';

/** JSON lines on stdout; of an error only what `describeError` lets through. */
export function createLogger(level: LevelWithSilent, destination?: DestinationStream): Logger {
  const options = { name: 'jobs', level, serializers: { err: describeError } };
  return destination ? pino(options, destination) : pino(options);
}

/** The words of the job queue; what it wants to add (payloads, errors with rows) stays out. */
export function workerLogger(logger: Logger): WorkerLogger {
  const levels: Record<LogLevel, 'error' | 'warn' | 'debug' | 'trace'> = {
    error: 'error',
    warning: 'warn',
    // One line or more a job: the tasks say themselves what is worth saying.
    info: 'debug',
    debug: 'trace',
  } as const;
  return new WorkerLogger(() => (level, message) => {
    logger[levels[level]]({ queue: true }, message);
  });
}
