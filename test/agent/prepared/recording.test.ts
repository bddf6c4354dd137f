import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OUT_OF_SERVICE } from '../../../agent/call/answer-phone.ts';
import { readRecording } from '../../../agent/prepared/recording.ts';
import { RECORDINGS, SENTENCES } from '../../../agent/prepared/sentences.ts';
import { REFUSAL_SENTENCES } from '../../../calls/insert-admitted-call.ts';
import { encodeSpeech } from '../../../rehearsal/simulators/openai-realtime/audio-codec.ts';
import { createVoice } from '../../../rehearsal/simulators/openai-realtime/mind/voice.ts';
import type { ClosableVoice } from '../../../rehearsal/simulators/openai-realtime/mind/voice.ts';

const FOLDER = new URL('../../../agent/prepared/', import.meta.url);

let voice: ClosableVoice;
beforeAll(async () => {
  voice = await createVoice({ voice: 'slt' });
});
afterAll(() => voice?.close());

describe('a recorded sentence', () => {
  it.each([...RECORDINGS])('%s is what flite makes of it', async (file, sentence) => {
    const sound = encodeSpeech(await voice.speak(sentence), { type: 'audio/pcmu' });
    const url = new URL(file, FOLDER);
    if (process.env['RECORD'] === '1') writeFileSync(url, wave(sound));
    const recorded = readFileSync(url).subarray(58);
    // Resamplers of other machines may round otherwise: the length to a percent, the loudness by parts.
    expect(Math.abs(recorded.length - sound.length)).toBeLessThan(sound.length / 100);
    const { frames } = await readRecording(sentence);
    expect(frames.reduce((sum, frame) => sum + frame.samplesPerChannel, 0)).toBe(recorded.length);
    expect(Math.max(...frames.map(({ data }) => Math.max(...data)))).toBeGreaterThan(5_000);
  });

  it('is there for everything that a call is refused with, and nothing else lies there', async () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.wav'));
    expect(files.sort()).toEqual([...RECORDINGS.keys()].sort());
    for (const sentence of [...REFUSAL_SENTENCES, OUT_OF_SERVICE, ...Object.values(SENTENCES)]) {
      expect((await readRecording(sentence)).sentence).toBe(sentence);
    }
  });

  it('is another one where nobody recorded it', async () => {
    const { sentence, frames } = await readRecording('Hello there.');
    expect(sentence).toBe(SENTENCES.outOfOrder);
    expect(frames.length).toBeGreaterThan(100);
  });
});

/** A WAVE file of µ-law, with the fact chunk that its format asks for. */
function wave(sound: Uint8Array): Buffer {
  const head = Buffer.alloc(58);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(50 + sound.length + (sound.length % 2), 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(18, 16);
  head.writeUInt16LE(7, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(8_000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('fact', 38, 'latin1');
  head.writeUInt32LE(4, 42);
  head.writeUInt32LE(sound.length, 46);
  head.write('data', 50, 'latin1');
  head.writeUInt32LE(sound.length, 54);
  return Buffer.concat([head, sound, Buffer.alloc(sound.length % 2)]);
}
