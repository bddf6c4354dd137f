import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { AudioFrame, AudioResampler } from '@livekit/rtc-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRecording } from '../../../agent/prepared/recording.ts';
import { fileOf, SENTENCES } from '../../../agent/prepared/sentences.ts';
import type { RecordedName } from '../../../agent/prepared/sentences.ts';
import { LANGUAGES } from '../../../calls/languages.ts';
import type { Language } from '../../../calls/languages.ts';
import { encodeMuLaw } from '../../../runtime/g711.ts';
import { encodeSpeech } from '../../../rehearsal/simulators/openai-realtime/audio-codec.ts';
import { createVoice } from '../../../rehearsal/simulators/openai-realtime/mind/voice.ts';
import type { ClosableVoice } from '../../../rehearsal/simulators/openai-realtime/mind/voice.ts';

const FOLDER = new URL('../../../agent/prepared/', import.meta.url);

let voice: ClosableVoice;
beforeAll(async () => {
  voice = await createVoice({ voice: 'slt' });
});
afterAll(() => voice?.close());

/** Of espeak-ng, which Debian has: flite speaks English alone. */
const ESPEAK: Record<Exclude<Language, 'en'>, string> = {
  es: 'es',
  fr: 'fr',
  de: 'de',
  pt: 'pt-br',
  it: 'it',
};

/** What a voice makes of a sentence, as a telephone carries it. */
async function speak(sentence: string, language: Language): Promise<Uint8Array> {
  if (language === 'en') {
    return encodeSpeech(await voice.speak(sentence), { type: 'audio/pcmu' });
  }
  const said = execFileSync('espeak-ng', [
    '-v',
    ESPEAK[language],
    '-s',
    '150',
    '--stdout',
    sentence,
  ]);
  // 16-bit samples, 22,050 a second, behind a head of 44 bytes.
  const samples = new Int16Array(
    said.buffer.slice(said.byteOffset + 44, said.byteOffset + said.length),
  );
  const resampler = new AudioResampler(22_050, 8_000, 1);
  const frames = [
    ...resampler.push(new AudioFrame(samples, 22_050, 1, samples.length)),
    ...resampler.flush(),
  ];
  return encodeMuLaw(Int16Array.from(frames.flatMap(({ data }) => [...data])));
}

describe('a recorded sentence', () => {
  const all = LANGUAGES.flatMap((language) =>
    (Object.keys(SENTENCES[language]) as RecordedName[]).map((name) => [language, name] as const),
  );

  it.each(process.env['RECORD'] === '1' ? all : [])(
    '%s/%s is recorded anew',
    async (language, name) => {
      const sound = await speak(SENTENCES[language][name], language);
      const url = new URL(fileOf(name, language), FOLDER);
      writeFileSync(url, wave(sound));
      expect(readFileSync(url)).toHaveLength(58 + sound.length + (sound.length % 2));
    },
  );

  it.each(all.filter(([language]) => language === 'en'))(
    '%s/%s is what flite makes of it',
    async (language, name) => {
      const sound = await speak(SENTENCES[language][name], language);
      const recorded = readFileSync(new URL(fileOf(name, language), FOLDER)).subarray(58);
      // Resamplers of other machines may round otherwise: the length to a percent.
      expect(Math.abs(recorded.length - sound.length)).toBeLessThan(sound.length / 100);
    },
  );

  it.each(all)('%s/%s is as loud and as long as its words', async (language, name) => {
    const { frames, sentence } = await readRecording(name, language);
    const seconds = frames.reduce((sum, frame) => sum + frame.samplesPerChannel, 0) / 8_000;
    expect(sentence).toBe(SENTENCES[language][name]);
    expect(seconds / sentence.length).toBeGreaterThan(0.045);
    expect(seconds / sentence.length).toBeLessThan(0.1);
    expect(Math.max(...frames.map(({ data }) => Math.max(...data)))).toBeGreaterThan(5_000);
  });

  it('is there in each language, and nothing else lies there', () => {
    const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' });
    const waves = files
      .filter((name) => name.endsWith('.wav'))
      .map((name) => name.replace('\\', '/'));
    expect(waves.sort()).toEqual(all.map(([language, name]) => fileOf(name, language)).sort());
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
