import type { Task } from 'graphile-worker';
import { describeError } from '../runtime/describe-error.ts';
import type { Logger } from '../runtime/logger.ts';

/** What the queue learns of an error: it logs the message, and keeps it in its table. */
class TaskFailedError extends Error {
  override readonly name = 'TaskFailedError';
}

/**
 * A task whose errors are logged as every part logs them, and reach the queue by name and code
 * alone: their words may quote people.
 */
export function quietTask(name: string, task: Task, logger: Logger): Task {
  return async (payload, helpers) => {
    try {
      await task(payload, helpers);
    } catch (error) {
      logger.error({ err: error, job: name }, 'a job failed');
      const { name: kind, code } = describeError(error);
      throw new TaskFailedError(code === undefined ? kind : `${kind} (${code})`);
    }
  };
}
