import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { watchSources } from '../../start/watch-sources.ts';

let root: string;
let told: string[][];
let endWatch: () => void;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'slotline-watch-'));
  await mkdir(join(root, 'agent', 'tools'), { recursive: true });
  await mkdir(join(root, 'db'));
  told = [];
  endWatch = watchSources(root, ['agent', 'db'], async (changed) => {
    told.push([...changed].toSorted());
    return Promise.resolve();
  });
});
afterEach(async () => {
  endWatch();
  await rm(root, { recursive: true, force: true });
});

describe('watching sources', () => {
  test('tells once of a save that touches several files and folders', async () => {
    await writeFile(join(root, 'agent', 'tools', 'offer.ts'), 'one');
    await writeFile(join(root, 'agent', 'call.ts'), 'two');
    await writeFile(join(root, 'db', 'calls.ts'), 'three');
    await expect.poll(() => told).toEqual([['agent', 'db']]);
  });

  test('passes over files that no part imports', async () => {
    await writeFile(join(root, 'agent', 'notes.md'), 'nothing');
    await writeFile(join(root, 'db', 'calls.ts'), 'something');
    await expect.poll(() => told).toEqual([['db']]);
  });
});
