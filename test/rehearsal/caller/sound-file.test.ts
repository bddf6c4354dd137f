import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readSoundFile, SoundFileError } from '../../../rehearsal/caller/sound-file.ts';
import { madeWave, tone } from '../../support/made-wave.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slotline-sounds-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function read(bytes: Buffer): Promise<Int16Array> {
  await writeFile(join(folder, 'hello.wav'), bytes);
  return readSoundFile(folder, 'hello.wav');
}

async function refusal(bytes: Buffer): Promise<string> {
  try {
    await read(bytes);
  } catch (error) {
    if (error instanceof SoundFileError) return error.message;
    throw error;
  }
  return '';
}

const conversion =
  'ffmpeg -i hello.wav -ac 1 -ar 16000 -c:a pcm_s16le hello-16k.wav (or sox hello.wav -c 1 -r 16000 -b 16 hello-16k.wav)';

describe('a sound file', () => {
  it('is read as it is, but for the silence at its ends', async () => {
    const speech = tone(0.5);
    const samples = Int16Array.of(...new Int16Array(1600), ...speech, ...new Int16Array(3200));
    const heard = await read(madeWave({ samples }));
    // A tone begins and ends softly.
    expect(Math.abs(heard.length - speech.length)).toBeLessThan(10);
    const start = speech.findIndex((sample) => sample === heard[0]);
    expect(heard).toEqual(speech.slice(start, start + heard.length));
  });

  it('may hold other chunks, an extensible format, or a length that a pipe could not know', async () => {
    const plain = await read(madeWave({ samples: tone(0.5) }));
    const others = madeWave({ samples: tone(0.5), before: { LIST: 'INFOISFT odd' } });
    expect(await read(others)).toEqual(plain);
    expect(await read(madeWave({ samples: tone(0.5), extensible: true }))).toEqual(plain);
    const piped = madeWave({ samples: tone(0.5) });
    piped.writeUInt32LE(0xff_ff_ff_ff, 40);
    expect(await read(piped)).toEqual(plain);
  });

  it.each([
    ['of another rate', { rate: 44_100 }, 'is 16-bit PCM, 1 channel, 44100 Hz'],
    ['in stereo', { channels: 2 }, 'is 16-bit PCM, 2 channels, 16000 Hz'],
    ['of another depth', { bits: 24 }, 'is 24-bit PCM, 1 channel, 16000 Hz'],
    ['that is not PCM', { format: 7, bits: 8 }, 'is WAV format 7 (not PCM), 1 channel, 16000 Hz'],
  ])('%s is refused with the command that converts it', async (_what, odd, found) => {
    expect(await refusal(madeWave({ samples: tone(0.5), ...odd }))).toBe(
      `hello.wav ${found}; 16-bit PCM, 1 channel, 16000 Hz is needed: convert it with ${conversion}`,
    );
  });

  it.each([
    ['no WAV file', Buffer.from('ID3, an MP3 file perhaps, or anything else there is')],
    ['nothing at all', Buffer.alloc(0)],
  ])('that is %s is refused with the command that makes one', async (_what, bytes) => {
    expect(await refusal(bytes)).toBe(`hello.wav is no WAV file: convert it with ${conversion}`);
  });

  it('is refused where nothing could be heard, or a caller would speak for minutes', async () => {
    const empty = 'hello.wav has no sound loud enough to hear: record it again, or make it louder';
    expect(await refusal(madeWave({ samples: new Int16Array(0) }))).toContain(empty);
    expect(await refusal(madeWave({ samples: new Int16Array(16_000) }))).toContain(empty);
    expect(await refusal(madeWave({ samples: tone(61) }))).toBe(
      'hello.wav lasts 61 s, and a turn at most 60 s: cut it into several turns',
    );
  });

  it('that is missing is refused with where it was looked for', () => {
    expect(() => readSoundFile(folder, 'sounds/none.wav')).toThrow(
      `sounds/none.wav cannot be read (ENOENT) at ${join(folder, 'sounds/none.wav')}: check the path, which begins at the scenario's folder`,
    );
  });
});
