import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordingKey, RecordingStoreError } from '../../calls/recordings/recording-store.ts';
import type { RecordingStore } from '../../calls/recordings/recording-store.ts';
import type { Agent } from '../../db/agents.ts';
import { countWaitingRecordings } from '../../db/calls/recordings.ts';
import type { ManageParts } from '../manage-parts.ts';
import { failed, ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';

/** Milliseconds: a place that answers has it by then. */
const STORED_BY = 600_000;

/**
 * Puts something where an agent's recordings lie, reads it and deletes it, and looks whether recordings
 * wait. Nothing where the agent records none and none wait.
 */
export async function examineRecording(
  { db, recordings }: Pick<ManageParts, 'db' | 'recordings'>,
  agent: Pick<Agent, 'slug' | 'organizationId' | 'recording'>,
): Promise<Finding[]> {
  const step = { part: 'recording', of: agent.slug } as const;
  const waiting = await countWaitingRecordings(db, agent.organizationId, STORED_BY);
  const findings: Finding[] = [];
  if (agent.recording && !recordings) {
    findings.push(
      failed(
        step,
        'its calls are to be recorded, and no place is named: nothing is recorded',
        `Set RECORDINGS_FOLDER, or RECORDINGS_S3_BUCKET with its key, for worker, jobs and this command; or slotline agents edit ${agent.slug} --no-recording`,
      ),
    );
  } else if (agent.recording && recordings)
    findings.push(await examineStore(step, recordings.store));
  if (waiting.toStore > 0) {
    findings.push(
      warning(
        step,
        `${waiting.toStore} recording(s) of calls that are over still lie at their worker`,
        'The worker stores them when the place answers, also at its next start: see its log.',
      ),
    );
  }
  if (waiting.toDelete > 0) {
    findings.push(
      warning(
        step,
        `${waiting.toDelete} recording(s) that are to be deleted are still there`,
        'The jobs delete them when the place answers: see their log, and give them the RECORDINGS_… variables of the worker.',
      ),
    );
  }
  return findings;
}

async function examineStore(
  step: Pick<Finding, 'part' | 'of'>,
  store: RecordingStore,
): Promise<Finding> {
  const folder = await mkdtemp(join(tmpdir(), 'slotline-doctor-'));
  const [probe, copy] = [join(folder, 'probe'), join(folder, 'copy')];
  const key = recordingKey(`probe-${randomUUID()}`);
  const words = 'slotline doctor\n';
  const remedy = 'Check the RECORDINGS_… variables, and the rights of the folder or the key.';
  try {
    await writeFile(probe, words);
    await store.put(key, probe);
    await store.copyTo(key, copy);
    await store.delete(key);
    if ((await readFile(copy, 'utf8')) !== words) {
      return failed(
        step,
        `${await store.name()} gave back something else than was put there`,
        remedy,
      );
    }
    return ok(step, `calls are recorded to ${await store.name()}`);
  } catch (error) {
    if (!(error instanceof RecordingStoreError)) throw error;
    return failed(step, error.message, remedy);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
