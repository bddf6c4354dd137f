import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWeights } from '../../../../../../rehearsal/simulators/openai-realtime/mind/ears/read-weights.ts';

const MODELS = join(
  import.meta.dirname,
  '../../../../../../rehearsal/simulators/openai-realtime/mind/ears/models',
);

describe('a file of weights', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slotline-weights-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is unpacked when it is the one that was packed', async () => {
    const packed = zstdCompressSync(Buffer.from('weights'));
    await writeFile(join(folder, 'a.zst'), packed);
    const sum = createHash('sha256').update(packed).digest('hex');
    await writeFile(join(folder, 'SHA256SUMS'), `${sum}  a.zst\n`);
    expect(Buffer.from(await readWeights('a.zst', folder)).toString()).toBe('weights');
  });

  it.each([
    ['was changed', `${'0'.repeat(64)}  a.zst\n`],
    ['is not listed', ''],
  ])('is refused when it %s, and the error says what to do', async (_, sums) => {
    await writeFile(join(folder, 'a.zst'), 'other');
    await writeFile(join(folder, 'SHA256SUMS'), sums);
    await expect(readWeights('a.zst', folder)).rejects.toThrow(/a\.zst is damaged.*out again/);
  });
});

describe('the weights of the repository', () => {
  it('have a licence beside them and take at most 60 MB', async () => {
    const sums = await readFile(join(MODELS, 'SHA256SUMS'), 'utf8');
    const listed = sums
      .trim()
      .split('\n')
      .map((line) => line.slice(66));
    const files = await readdir(MODELS, { recursive: true });
    const weights = files.filter((file) => /\.(?:zst|bin|onnx)$/.test(file));
    expect(listed.toSorted()).toEqual(weights.toSorted());
    const sizes = await Promise.all(
      weights.map(async (file) => (await stat(join(MODELS, file))).size),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(60e6);
    for (const file of weights) {
      const licence = await readFile(join(MODELS, file, '../LICENSE'), 'utf8');
      expect(licence).toContain('MIT License');
    }
  });
});
