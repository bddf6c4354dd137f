import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openRecordings } from '../../calls/recordings/open-store.ts';
import type { RecordingPlaces } from '../../calls/recordings/open-store.ts';
import type { S3Server } from './s3-server.ts';

/** A folder that is gone after the test. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'slotline-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** How processes are told of a bucket. */
export function environmentOf(s3: S3Server): Record<string, string> {
  return {
    RECORDINGS_S3_BUCKET: s3.bucket,
    RECORDINGS_S3_ENDPOINT: s3.endpoint,
    RECORDINGS_S3_REGION: s3.region,
    RECORDINGS_S3_KEY_ID: s3.keyId,
    RECORDINGS_S3_SECRET: s3.secret,
  };
}

export function openPlaces(environment: Record<string, string>): RecordingPlaces {
  const places = openRecordings(environment);
  if (!places) throw new Error('No place is named.');
  return places;
}
