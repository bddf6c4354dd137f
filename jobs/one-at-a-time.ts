import type { Task } from 'graphile-worker';

/**
 * Runs a task that finds its work itself once at a time in this process. A request that comes
 * meanwhile is answered at once, and the task looks once more at its end: a provider or a mail server
 * that hangs holds one place among the jobs, and not all of them. A queue of the worker's would stay
 * locked for hours after a kill.
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
