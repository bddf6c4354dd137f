import { join } from 'node:path';

import { readRunning, startSlotline } from '../start/running.ts';
import type { Running } from '../start/running.ts';

/** The parts that calls are made to. */
export interface OpenParts {
  running: Running;
  /** Stops what was started here; parts that ran before run on. */
  close(): Promise<void>;
}

/**
 * Finds the parts that run on a data directory, or starts all of them on free ports.
 *
 * @param options.keep keeps the data and logs of parts started here, under `rehearsals/` of the data directory.
 * @param options.progress receives lines for a person.
 */
export async function openParts(options: {
  dataDirectory: string;
  keep: boolean;
  progress: (line: string) => void;
}): Promise<OpenParts> {
  const running = await readRunning(options.dataDirectory);
  if (running !== undefined) {
    options.progress(`Calling the parts that run at ${running.url}\n`);
    return { running, close: () => Promise.resolve() };
  }
  options.progress('Nothing is running: starting all parts on free ports');
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const started = await startSlotline({
    ephemeral: true,
    rehearsal: true,
    report: options.progress,
    ...(options.keep
      ? { dataDirectory: join(options.dataDirectory, 'rehearsals', `parts-${stamp}`) }
      : {}),
  });
  options.progress('');
  return { running: started, close: () => started.stop() };
}
