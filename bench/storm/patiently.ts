import { setTimeout as pause } from 'node:timers/promises';

/** Tries again for a minute: on a busy machine the database has no time for the storm's own questions. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 12) throw error;
      await pause(5_000);
    }
  }
}
