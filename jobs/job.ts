import type { Task } from 'graphile-worker';

/** Something that the jobs process does, in every process that runs, safe with several at once. */
export interface Job {
  /** Under which it is asked for. */
  name: string;
  task: Task;
  /** In the five fields of cron; null where it runs only when it is asked for. */
  cron: string | null;
}
