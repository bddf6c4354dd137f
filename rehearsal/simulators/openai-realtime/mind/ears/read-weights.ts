import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';

const MODELS = join(import.meta.dirname, 'models');

/** A file of weights that is not the one that was packed. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';
}

/**
 * Reads a file below `models/`, unpacked where its name ends in `.zst`.
 * @throws WeightsError when its checksum is not the one of SHA256SUMS
 */
export async function readWeights(name: string, folder = MODELS): Promise<Uint8Array> {
  const [bytes, sums] = await Promise.all([
    readFile(join(folder, name)),
    readFile(join(folder, 'SHA256SUMS'), 'utf8'),
  ]);
  const expected = sums
    .split('\n')
    .find((line) => line.endsWith(`  ${name}`))
    ?.slice(0, 64);
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (expected !== actual) {
    throw new WeightsError(
      `${join(folder, name)} is damaged or another file: its sha256 is ${actual}, not ${expected ?? 'listed'}. Check the file out again.`,
    );
  }
  return name.endsWith('.zst') ? await promisify(zstdDecompress)(bytes) : bytes;
}
