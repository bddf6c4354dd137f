import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { DemoCalendar } from '../start/demo-calendars.ts';
import { readRunning } from '../runtime/running/running-file.ts';
import type { Running } from '../runtime/running/running-file.ts';
import { startSlotline } from '../start/running.ts';

/** The parts that calls are made to. */
export interface OpenParts {
  running: Running;
  /** Stops what was started here; parts that ran before run on. */
  close(): Promise<void>;
}

/**
 * Finds the parts that run on a data directory, or starts all of them on free ports.
 *
 * @param options.keep keeps the data and logs of parts started here, in a folder that is told.
 * @param options.progress receives lines for a person.
 */
export async function openParts(options: {
  dataDirectory: string;
  keep: boolean;
  progress: (line: string) => void;
  /** Whether calls will be made by phone. */
  phone: boolean;
  /** What the demo agent of parts started here books into. */
  calendar: DemoCalendar;
}): Promise<OpenParts> {
  const running = await readRunning(options.dataDirectory);
  if (running !== undefined) {
    options.progress(`Calling the parts that run at ${running.url}\n`);
    return { running, close: () => Promise.resolve() };
  }
  options.progress('Nothing is running: starting all parts on free ports');
  // Outside the data directory: PostgreSQL may run as another user, who cannot enter a private folder.
  const kept = options.keep ? await mkdtemp(join(tmpdir(), 'slotline-kept-')) : undefined;
  const started = await startSlotline({
    ephemeral: true,
    rehearsal: true,
    phone: options.phone,
    calendar: options.calendar,
    report: options.progress,
    ...(kept === undefined ? {} : { dataDirectory: kept }),
  });
  options.progress(kept === undefined ? '' : `Data and logs stay in ${kept}\n`);
  return { running: started, close: () => started.stop() };
}
