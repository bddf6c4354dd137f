import { mkdtemp, open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordingKey } from '../../calls/recordings/recording-store.ts';
import type { RecordingStore } from '../../calls/recordings/recording-store.ts';
import { HEADER_LENGTH, RECORDING_RATE, SIDES } from '../../calls/recordings/wave-format.ts';
import type { RecordingPart } from '../../db/calls/recordings.ts';
import type { WholeCall } from '../../db/calls/whole-call.ts';
import { decodeMuLaw } from '../../runtime/g711.ts';

/** Milliseconds before a turn's beginning, which a detector notes a little late. */
const BEFORE = 500;
/** Milliseconds of a turn at the most. */
const LONGEST = 55_000;
/** Samples louder than this are no line's noise. */
const AUDIBLE = 600;
/** Milliseconds of silence that are left before and behind what is audible. */
const MARGIN = 150;

type Turn = WholeCall['turns'][number];

/**
 * What a caller said, as it was recorded, turn by turn: 16 kHz, the caller's side alone. A turn that no
 * recording has is not among them.
 *
 * @throws {RecordingStoreError}
 */
export async function cutCallerSounds(
  { turns, recordings }: Pick<WholeCall, 'turns' | 'recordings'>,
  store: RecordingStore,
): Promise<Map<Turn, Int16Array>> {
  const sounds = new Map<Turn, Int16Array>();
  const name = await store.name();
  for (const part of recordings) {
    if (part.store !== name) continue;
    const spans = turns.flatMap((_, index) => spanOf(turns, index, part) ?? []);
    for (const [turn, sound] of await cut(part, spans, store)) sounds.set(turn, sound);
  }
  return sounds;
}

/** Milliseconds in a part. */
interface Span {
  turn: Turn;
  from: number;
  until: number;
}

/** Where a turn of the caller lies in a part; null where it does not. */
function spanOf(turns: readonly Turn[], index: number, part: RecordingPart): Span | null {
  const turn = turns[index];
  if (turn?.role !== 'caller' || turn.medium !== 'speech' || part.milliseconds === null)
    return null;
  const place = (at: Date): number => at.getTime() - part.startedAt.getTime();
  const next = turns[index + 1];
  const before = turns[index - 1];
  const begins = place(turn.at) - BEFORE;
  // The end of the caller's turn before is not heard again.
  const from = Math.max(0, before?.role === 'caller' ? place(turn.at) : begins);
  const ends = next ? place(next.at) - (next.role === 'caller' ? BEFORE : 0) : part.milliseconds;
  const until = Math.min(ends, part.milliseconds, from + LONGEST);
  return place(turn.at) < 0 || until <= from ? null : { turn, from, until };
}

async function cut(
  { id }: RecordingPart,
  spans: readonly Span[],
  store: RecordingStore,
): Promise<[Turn, Int16Array][]> {
  if (spans.length === 0) return [];
  const folder = await mkdtemp(join(tmpdir(), 'slotline-recording-'));
  try {
    const path = join(folder, 'recording.wav');
    await store.copyTo(recordingKey(id), path);
    const file = await open(path);
    try {
      return await cutFile(file, spans);
    } finally {
      await file.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function cutFile(file: FileHandle, spans: readonly Span[]): Promise<[Turn, Int16Array][]> {
  const sounds: [Turn, Int16Array][] = [];
  for (const { turn, from, until } of spans) {
    const [begin, end] = [from, until].map((at) => SIDES * samplesIn(at)) as [number, number];
    const bytes = Buffer.alloc(end - begin);
    await file.read(bytes, 0, bytes.length, HEADER_LENGTH + begin);
    const sound = audible(decodeMuLaw(bytes.filter((_, index) => index % SIDES === 0)));
    if (sound) sounds.push([turn, sound]);
  }
  return sounds;
}

/** Without the silence around it; null where nothing is audible. */
function audible(samples: Int16Array): Int16Array | null {
  const first = samples.findIndex((sample) => Math.abs(sample) > AUDIBLE);
  if (first === -1) return null;
  const last = samples.findLastIndex((sample) => Math.abs(sample) > AUDIBLE);
  const margin = samplesIn(MARGIN);
  return samples.slice(Math.max(0, first - margin), last + margin);
}

function samplesIn(milliseconds: number): number {
  return Math.round((milliseconds / 1_000) * RECORDING_RATE);
}

/** A WAVE file of one side: linear PCM, 16 bits. */
export function writeMono(samples: Int16Array): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RECORDING_RATE, 24);
  header.writeUInt32LE(2 * RECORDING_RATE, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([
    header,
    Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength),
  ]);
}
