import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { z } from 'zod';
import {
  EnvironmentError,
  flag,
  httpUrl,
  readEnvironment,
  text,
} from '../../runtime/environment.ts';
import { readProxyEnvironment } from '../../runtime/https-proxy.ts';
import { FolderStore } from './folder-store.ts';
import type { RecordingStore } from './recording-store.ts';
import { S3Store } from './s3-store.ts';

const EnvironmentSchema = z.object({
  RECORDINGS_FOLDER: text.optional(),
  RECORDINGS_S3_BUCKET: text.optional(),
  RECORDINGS_S3_ENDPOINT: httpUrl.optional(),
  RECORDINGS_S3_REGION: text.default('us-east-1'),
  /** The bucket stands in the path; unset, where an endpoint is named. */
  RECORDINGS_S3_PATH_STYLE: flag.optional(),
  RECORDINGS_S3_KEY_ID: text.optional(),
  RECORDINGS_S3_SECRET: text.optional(),
  /** The worker's own, where a recording lies until it is stored. */
  RECORDINGS_SPOOL: text.optional(),
});

/** Where recordings of calls are kept. */
export interface RecordingPlaces {
  store: RecordingStore;
  /** The folder of the worker's machine where a recording lies until it is stored. */
  spool: string;
}

/**
 * Opens the place of the recordings, for every process alike; null where none is named: then nothing
 * is recorded.
 * @throws {EnvironmentError}
 */
export function openRecordings(environment: NodeJS.ProcessEnv): RecordingPlaces | null {
  const values = readEnvironment(EnvironmentSchema, environment);
  const { RECORDINGS_FOLDER: folder, RECORDINGS_S3_BUCKET: bucket, RECORDINGS_SPOOL } = values;
  if (folder !== undefined && bucket !== undefined) {
    throw new EnvironmentError(
      'RECORDINGS_FOLDER and RECORDINGS_S3_BUCKET name two places: set one of them.',
    );
  }
  if (folder !== undefined) {
    return { store: new FolderStore(folder), spool: RECORDINGS_SPOOL ?? join(folder, 'spool') };
  }
  if (bucket === undefined) return null;
  const { RECORDINGS_S3_KEY_ID: keyId, RECORDINGS_S3_SECRET: secret } = values;
  if (keyId === undefined || secret === undefined) {
    throw new EnvironmentError(
      'RECORDINGS_S3_BUCKET names a bucket, which needs RECORDINGS_S3_KEY_ID and RECORDINGS_S3_SECRET.',
    );
  }
  const { RECORDINGS_S3_REGION: region, RECORDINGS_S3_ENDPOINT: endpoint } = values;
  return {
    store: new S3Store({
      endpoint: endpoint ?? `https://s3.${region}.amazonaws.com`,
      bucket,
      region,
      pathStyle: values.RECORDINGS_S3_PATH_STYLE ?? endpoint !== undefined,
      keyId,
      secret,
      proxy: readProxyEnvironment(environment),
    }),
    spool: RECORDINGS_SPOOL ?? join(tmpdir(), 'slotline-recordings'),
  };
}
