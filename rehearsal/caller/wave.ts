import { sampleRate } from './sound.ts';

/** Bytes that are no sound as a caller needs it; the message says what they are instead. */
export class WaveError extends Error {
  override readonly name = 'WaveError';
}

/** Format tags of RIFF (RFC 2361): linear PCM, and one that names its real format behind the others. */
const PCM = 1;
const EXTENSIBLE = 0xff_fe;

function* chunksOf(wave: Buffer): Generator<{ name: string; body: Buffer }> {
  let offset = 12;
  while (offset + 8 <= wave.length) {
    const size = wave.readUInt32LE(offset + 4);
    // What was written to a pipe names a size beyond its end.
    const body = wave.subarray(offset + 8, offset + 8 + size);
    yield { name: wave.toString('latin1', offset, offset + 4), body };
    offset += 8 + size + (size % 2);
  }
}

function written(format: number, bits: number, channels: number, rate: number): string {
  const coding = format === PCM ? `${bits}-bit PCM` : `WAV format ${format} (not PCM)`;
  return `${coding}, ${channels} ${channels === 1 ? 'channel' : 'channels'}, ${rate} Hz`;
}

function checkFormat(head: Buffer): void {
  if (head.length < 16) throw new WaveError('is no WAV file');
  const tag = head.readUInt16LE(0);
  const format = tag === EXTENSIBLE && head.length >= 26 ? head.readUInt16LE(24) : tag;
  const found = written(format, head.readUInt16LE(14), head.readUInt16LE(2), head.readUInt32LE(4));
  const needed = written(PCM, 16, 1, sampleRate);
  if (found !== needed) throw new WaveError(`is ${found}; ${needed} is needed`);
}

/**
 * The samples of a RIFF file.
 *
 * @throws WaveError unless it holds linear PCM of 16 bits, mono, at {@link sampleRate}.
 */
export function readWave(wave: Buffer): Int16Array {
  const kind = wave.toString('latin1', 0, 4) + wave.toString('latin1', 8, 12);
  if (kind !== 'RIFFWAVE') throw new WaveError('is no WAV file');
  for (const { name, body } of chunksOf(wave)) {
    if (name === 'fmt ') checkFormat(body);
    if (name === 'data') {
      return Int16Array.from({ length: Math.floor(body.length / 2) }, (_, index) =>
        body.readInt16LE(index * 2),
      );
    }
  }
  return new Int16Array(0);
}
