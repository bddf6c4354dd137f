import { join } from 'node:path';
import { recordingKey } from '../../calls/recordings/recording-store.ts';

/*
 * The spool is a folder of the worker's machine. A recording lies there while it is written, under a name
 * that says so, and from its end until it is stored.
 */

const UNFINISHED = '.part';

/** Where a recording lies in the spool once it has ended. */
export function finishedPath(spool: string, id: string): string {
  return join(spool, recordingKey(id));
}

/** Where it lies while it is written. */
export function unfinishedPath(spool: string, id: string): string {
  return `${finishedPath(spool, id)}${UNFINISHED}`;
}

/** What a file in the spool is; null where it is none of ours. */
export function readSpooled(name: string): { id: string; isFinished: boolean } | null {
  const read = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.wav(\.part)?$/.exec(name);
  return read?.[1] === undefined ? null : { id: read[1], isFinished: read[2] === undefined };
}
