import { Logger as WorkerLogger } from 'graphile-worker';
import type { LogLevel } from 'graphile-worker';
import type { Logger } from '../runtime/logger.ts';

/** The words of the job queue; what it wants to add (payloads, errors with rows) stays out. */
export function queueLogger(logger: Logger): WorkerLogger {
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
