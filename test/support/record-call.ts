import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { recordingKey } from '../../calls/recordings/recording-store.ts';
import type { RecordingStore } from '../../calls/recordings/recording-store.ts';
import { playingTime, waveHeader } from '../../calls/recordings/wave-format.ts';
import type { CallKey } from '../../db/calls/calls.ts';
import type { Database } from '../../db/database.ts';

interface Recorded {
  startedAt: Date;
  store: RecordingStore;
  /** G.711 µ-law, the caller's samples and the agent's in turn. */
  sound: Buffer;
}

/** Gives a call a recording that is stored. */
export async function recordCall(
  db: Database,
  key: CallKey,
  { startedAt, store, sound }: Recorded,
): Promise<void> {
  const id = randomUUID();
  const wave = Buffer.concat([waveHeader(sound.length), sound]);
  const file = join(tmpdir(), `${id}.wav`);
  await writeFile(file, wave);
  await store.put(recordingKey(id), file);
  await rm(file);
  await db
    .insertInto('callRecordings')
    .values({
      id,
      ...key,
      startedAt: sql<Date>`${startedAt}`,
      milliseconds: playingTime(sound.length),
      bytes: wave.length,
      incomplete: null,
      store: await store.name(),
    })
    .execute();
  await db
    .updateTable('calls')
    .set({ recording: 'announced' })
    .where('id', '=', key.callId)
    .execute();
}
