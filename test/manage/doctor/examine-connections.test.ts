import { expect, it, onTestFinished } from 'vitest';
import { readConnectionCounts, WORKER_APPLICATION } from '../../../db/connections.ts';
import { openDatabase } from '../../../db/database.ts';
import { examineConnections } from '../../../manage/doctor/examine-connections.ts';
import type { Finding } from '../../../manage/doctor/finding.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase();

async function examine(ofWorker: number): Promise<Finding[]> {
  const found: Finding[] = [];
  for await (const finding of examineConnections(database, ofWorker)) found.push(finding);
  return found;
}

it('says where the workers there are may open more connections than PostgreSQL takes', async () => {
  const { allowed, workers } = await readConnectionCounts(database.db);
  const worker = openDatabase({
    connectionString: database.url,
    maxConnections: 1,
    applicationName: WORKER_APPLICATION,
  });
  onTestFinished(() => worker.destroy());
  expect((await readConnectionCounts(worker)).workers).toBeGreaterThan(workers);
  expect(await examine(1)).toEqual([]);
  expect(await examine(allowed)).toMatchObject([
    {
      part: 'database',
      state: 'warning',
      found: expect.stringContaining(`takes ${allowed} connections`) as string,
      remedy: expect.stringContaining('max_connections') as string,
    },
  ]);
});
