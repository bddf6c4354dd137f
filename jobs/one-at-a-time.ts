import type { Task } from 'graphile-worker';

/**
 * Runs a task that finds its work itself once at a time in this process: who asks for it meanwhile
 * is done at once, and it looks once more at its end. A provider or a mail server that hangs holds
 * one place among the jobs, and not all of them. Not a queue of the worker's: a process that is
 * killed would lock it for hours.
 *
 * When it fails, what was asked for meanwhile waits for its time table.
 */
export function oneAtATime(task: Task): Task {
  let isRunning = false;
  let isAskedFor = false;
  return async (payload, helpers) => {
    isAskedFor = true;
    if (isRunning) return;
    isRunning = true;
    try {
      while (isAskedFor) {
        isAskedFor = false;
        await task(payload, helpers);
      }
    } finally {
      isRunning = false;
    }
  };
}
