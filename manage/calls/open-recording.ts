import { recordingKey, RecordingStoreError } from '../../calls/recordings/recording-store.ts';
import type { ByteRange, RecordingStore } from '../../calls/recordings/recording-store.ts';
import { findListedCall } from '../../db/calls/list-calls.ts';
import { findPeaks, listRecordings, storePeaks } from '../../db/calls/recordings.ts';
import type { Database } from '../../db/database.ts';
import { ManageError } from '../manage-error.ts';
import { readPeaks } from './read-peaks.ts';

/** A part of a call's recording that can be read. */
export interface OpenedRecording {
  /** The name of its object. */
  id: string;
  startedAt: Date;
  /** Of the WAVE file. */
  bytes: number;
  milliseconds: number;
  /** @throws {ManageError} the place does not answer, or has it no more */
  read(range: ByteRange): AsyncIterable<Uint8Array>;
}

interface Parts {
  db: Database;
  /** Where recordings lie; null where no place is named. */
  store: RecordingStore | null;
}

/**
 * Finds a part of the recording of a call of the organization.
 * @param of.part counted from 1
 * @throws {ManageError} there is none, it is not there yet, or its place is not known here
 */
export async function openRecording(
  { db, store }: Parts,
  organizationId: string,
  { callId: id, part }: { callId: string; part: string | number },
): Promise<OpenedRecording> {
  const call = await findListedCall(db, { organizationId, id, rehearsals: false });
  if (!call) throw new ManageError('There is no such call.', { field: 'callId', fault: 'missing' });
  const row = (await listRecordings(db, id))[Number(part) - 1];
  if (!row) {
    throw new ManageError('There is no such recording, or it is deleted.', {
      field: 'part',
      fault: 'missing',
    });
  }
  const { milliseconds, bytes, startedAt } = row;
  if (milliseconds === null || bytes === null || row.store === null) {
    throw new ManageError('It is not stored yet: it is within a minute of the end of the call.', {
      fault: 'unavailable',
    });
  }
  const place = store ?? refuse('Where recordings lie is not known here: set RECORDINGS_….');
  const name = await place.name().catch(toManageError);
  if (name !== row.store) refuse('It lies elsewhere than the RECORDINGS_… variables say.');
  return {
    id: row.id,
    startedAt,
    bytes,
    milliseconds,
    read: (range) => readFrom(place, recordingKey(row.id), range),
  };
}

/**
 * How loud the caller and the agent are over a part, evenly over the whole, each from 0 to 1. It is
 * read once and kept beside the part.
 */
export async function peaksOf(
  db: Database,
  recording: OpenedRecording,
): Promise<[caller: number[], agent: number[]]> {
  let peaks = await findPeaks(db, recording.id);
  if (!peaks) {
    const { bytes } = recording;
    peaks = await readPeaks(recording.read({ first: 0, last: bytes - 1 }), bytes);
    await storePeaks(db, recording.id, peaks);
  }
  const half = peaks.length / 2;
  const shown = [...peaks].map((peak) => Math.round((peak / 255) * 1_000) / 1_000);
  return [shown.slice(0, half), shown.slice(half)];
}

async function* readFrom(
  store: RecordingStore,
  key: string,
  range: ByteRange,
): AsyncIterable<Uint8Array> {
  try {
    yield* store.read(key, range);
  } catch (error) {
    toManageError(error);
  }
}

function toManageError(cause: unknown): never {
  if (!(cause instanceof RecordingStoreError)) throw cause;
  // Its words name places that callers' voices lie in: they are for the log.
  throw new ManageError('The place where the recording lies does not give it now: try again.', {
    fault: 'unavailable',
    cause,
  });
}

function refuse(message: string): never {
  throw new ManageError(message, { fault: 'unavailable' });
}
