import { HEADER_LENGTH, SIDES } from '../../calls/recordings/wave-format.ts';
import { decodeMuLaw } from '../../runtime/g711.ts';

/** Points of a drawing: as many as a wide screen has. */
const POINTS = 1_200;
const LOUDEST = 32_768;

/** How loud each of the 256 bytes is, 0 to 255. */
const LOUDNESS = Uint8Array.from(
  decodeMuLaw(Uint8Array.from({ length: 256 }, (_, byte) => byte)),
  (sample) => Math.min(255, Math.round((Math.abs(sample) / LOUDEST) * 255)),
);

/**
 * Reads how loud a recording is, while it is read: of each point the loudest sample. All of the caller
 * stands before all of the agent.
 *
 * @param bytes of the whole file
 */
export async function readPeaks(
  file: AsyncIterable<Uint8Array>,
  bytes: number,
): Promise<Buffer<ArrayBuffer>> {
  const frames = Math.max(1, Math.floor((bytes - HEADER_LENGTH) / SIDES));
  const points = Math.min(POINTS, frames);
  const peaks = Buffer.alloc(points * SIDES);
  let at = -HEADER_LENGTH;
  for await (const piece of file) {
    for (const byte of piece) {
      const place = at;
      at += 1;
      if (place < 0) continue;
      const frame = Math.floor(place / SIDES);
      const point = Math.min(points - 1, Math.floor((frame * points) / frames));
      const index = (place % SIDES) * points + point;
      const loudness = LOUDNESS[byte] ?? 0;
      if (loudness > (peaks[index] ?? 0)) peaks[index] = loudness;
    }
  }
  return peaks;
}
