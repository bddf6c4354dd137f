import { Logger as WorkerLogger } from 'graphile-worker';
import type { LogLevel } from 'graphile-worker';
import { pino } from 'pino';
import type { DestinationStream, LevelWithSilent, Logger } from 'pino';

/**
 * JSON lines on stdout. Of an error only name, message, code and stack are logged: a database error
 * carries rows of people in its further fields.
 */
export function createLogger(level: LevelWithSilent, destination?: DestinationStream): Logger {
  const options = { name: 'jobs', level, serializers: { err: describe } };
  return destination ? pino(options, destination) : pino(options);
}

function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, message, stack } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { name, message, code, stack };
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
