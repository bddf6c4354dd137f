/*
 * How a recording is written: a WAVE file (RIFF) of G.711 µ-law, 16 kHz, the caller on the left and the
 * agent on the right. Chromium was seen to play it and to seek in it, it can be written as it goes, and a
 * file that breaks off is whole up to there. A minute takes 1.92 MB.
 */

/** Samples a second and side. */
export const RECORDING_RATE = 16_000;
/** The caller, and the agent. */
export const SIDES = 2;
/** Bytes before the sound. */
export const HEADER_LENGTH = 58;

const MU_LAW = 7;

/** The head of a file with so many bytes of sound. */
export function waveHeader(length: number): Buffer {
  const header = Buffer.alloc(HEADER_LENGTH);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(HEADER_LENGTH - 8 + length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(18, 16);
  header.writeUInt16LE(MU_LAW, 20);
  header.writeUInt16LE(SIDES, 22);
  header.writeUInt32LE(RECORDING_RATE, 24);
  header.writeUInt32LE(RECORDING_RATE * SIDES, 28);
  header.writeUInt16LE(SIDES, 32);
  header.writeUInt16LE(8, 34);
  // Other formats than PCM say how many samples there are (RFC 2361, "fact").
  header.write('fact', 38, 'latin1');
  header.writeUInt32LE(4, 42);
  header.writeUInt32LE(length / SIDES, 46);
  header.write('data', 50, 'latin1');
  header.writeUInt32LE(length, 54);
  return header;
}

/** How long a file of so many bytes of sound plays; milliseconds. */
export function playingTime(length: number): number {
  return Math.round((length / SIDES / RECORDING_RATE) * 1_000);
}
