import { Logger as WorkerLogger } from 'graphile-worker';
import type { LogLevel } from 'graphile-worker';
import type { Logger } from '../runtime/logger.ts';

/**
 * The words of the job queue; what it wants to add (payloads, rows) stays out, and of an error what
 * the log may not say of one.
 */
export function queueLogger(logger: Logger): WorkerLogger {
  const levels: Record<LogLevel, 'error' | 'warn' | 'debug' | 'trace'> = {
    error: 'error',
    warning: 'warn',
    // One line or more a job: the tasks say themselves what is worth saying.
    info: 'debug',
    debug: 'trace',
  } as const;
  return new WorkerLogger(() => (level, message, meta) => {
    const err: unknown = meta?.['error'] ?? meta?.['fatalError'];
    const said = err === undefined ? message : withoutWordsOf(err, message);
    logger[levels[level]]({ queue: true, ...(err === undefined ? {} : { err }) }, said);
  });
}

/** The queue quotes an error behind its own words. */
function withoutWordsOf(error: unknown, message: string): string {
  const quoted = error instanceof Error ? [error.message, String(error)] : [String(error)];
  const places = quoted
    .filter((words) => words !== '')
    .map((words) => message.indexOf(words))
    .filter((place) => place !== -1);
  return message.slice(0, Math.min(message.length, ...places)).replace(/[\s:'"]+$/, '');
}
