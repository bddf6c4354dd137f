import type { Task } from 'graphile-worker';
import { recordingKey } from '../../calls/recordings/recording-store.ts';
import type { RecordingStore } from '../../calls/recordings/recording-store.ts';
import { deleteRecordingRow, listUnwantedRecordings } from '../../db/calls/recordings.ts';
import type { UnwantedRecording } from '../../db/calls/recordings.ts';
import type { Database } from '../../db/database.ts';
import type { Logger } from '../../runtime/logger.ts';

/** Rows that are read at once. */
const BATCH = 100;
/** Objects after which a place that answers to none of them is left alone until the next run. */
const MOST_FAILURES = 3;

/**
 * Deletes recordings that nobody may have any more: the object, and then its row. A row stays until its
 * object is gone. One of which no place is on record may have been put there by a worker that died before
 * it could note so; one that never left its worker is deleted there, where no row is found for it.
 *
 * @param store null where the jobs know of no place
 */
export function deleteRecordings({
  db,
  logger,
  store,
}: {
  db: Database;
  logger: Logger;
  store: RecordingStore | null;
}): Task {
  return async () => {
    let elsewhere = 0;
    let failures = 0;
    const tryOne = async ({ id, store: place }: UnwantedRecording): Promise<void> => {
      try {
        if (store === null || (place !== null && place !== (await store.name()))) {
          elsewhere += 1;
          return;
        }
        await store.delete(recordingKey(id));
        await deleteRecordingRow(db, id);
      } catch (err) {
        failures += 1;
        logger.warn({ err, recordingId: id }, 'a recording could not be deleted yet');
      }
    };
    let after: string | null = null;
    for (;;) {
      const unwanted: UnwantedRecording[] = await listUnwantedRecordings(db, {
        after,
        limit: BATCH,
      });
      for (const one of unwanted) {
        if (failures < MOST_FAILURES) await tryOne(one);
      }
      after = unwanted.at(-1)?.id ?? null;
      if (after === null || failures >= MOST_FAILURES) break;
    }
    if (elsewhere > 0) {
      logger.error(
        { count: elsewhere },
        'recordings that are to be deleted lie where the jobs cannot reach them: give the jobs the RECORDINGS_… variables that the worker had',
      );
    }
  };
}
