import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { recordingKey, RecordingStoreError } from '../../calls/recordings/recording-store.ts';
import type { RecordingStore } from '../../calls/recordings/recording-store.ts';
import type { RecordingPart } from '../../db/calls/recordings.ts';
import { ManageError } from '../manage-error.ts';

/** A part with the file that it was copied to; null where it still lies at its worker. */
export interface CopiedRecording extends RecordingPart {
  file: string | null;
}

/**
 * Copies the recordings of a call into a folder, as CALL-1.wav, CALL-2.wav.
 * @throws {ManageError} no place is named, it does not give one, or the file is there already
 */
export async function copyRecordings<Call extends { id: string; recordings: RecordingPart[] }>(
  call: Call,
  store: RecordingStore | undefined,
  folder: string,
): Promise<Call & { recordings: CopiedRecording[] }> {
  const recordings: CopiedRecording[] = [];
  for (const [index, part] of call.recordings.entries()) {
    if (part.store === null) {
      recordings.push({ ...part, file: null });
      continue;
    }
    if (!store) {
      throw new ManageError(
        'Where recordings lie is not known here: set the RECORDINGS_… variables as the worker has them.',
      );
    }
    const file = join(folder, `${call.id}-${index + 1}.wav`);
    try {
      await mkdir(folder, { recursive: true });
      await store.copyTo(recordingKey(part.id), file);
    } catch (cause) {
      if (!(cause instanceof RecordingStoreError)) throw cause;
      throw new ManageError(cause.message, { field: 'withRecording', cause });
    }
    recordings.push({ ...part, file });
  }
  return { ...call, recordings };
}
