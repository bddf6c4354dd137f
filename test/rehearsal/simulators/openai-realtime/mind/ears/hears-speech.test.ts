import { beforeAll, describe, expect, it } from 'vitest';
import { openHearing } from '../../../../../../rehearsal/simulators/openai-realtime/mind/ears/open-hearing.ts';
import type { Listening } from '../../../../../../rehearsal/simulators/openai-realtime/mind/mind.ts';
import { createVoice } from '../../../../../../rehearsal/simulators/openai-realtime/mind/voice.ts';
import { atRest, byTelephone, hear, noise, onTheLine } from '../hearing.ts';
import { hasContent } from './content-words.ts';
import { readRecording, SENTENCES, VOICES } from './natural-voices.ts';
import { NON_SPEECH } from './non-speech.ts';

const mind = openHearing();
const SPELLED: Record<string, Listening> = {
  'My name is Laura Bennett.': { spelled: 'name', offered: [] },
  'My e-mail is laura dot bennett at example dot com.': {
    spelled: 'email',
    offered: ['laura', 'bennett'],
  },
  'You can reach me at two one two, five five five, zero one four six.': {
    spelled: 'number',
    offered: [],
  },
};

/** White noise 15 dB below the speech. */
function noisy(line: Int16Array): Int16Array {
  const power = line.reduce((sum, sample) => sum + sample * sample, 0) / line.length;
  const hiss = noise(line.length, Math.sqrt((3 * power) / 10 ** 1.5), 99);
  return line.map((sample, index) =>
    Math.max(-32_768, Math.min(32_767, sample + (hiss[index] ?? 0))),
  );
}

/** Of twenty-one sentences, a third of them in noise. */
const MOST_MISSES = 2;

beforeAll(async () => {
  await mind.openSpeechDetector();
}, 120_000);

const LINES = [(line: Int16Array) => line, byTelephone, noisy];

describe.each(VOICES)('the natural voice %s', (voice) => {
  it('is understood through good lines, telephones and noise', { timeout: 120_000 }, async () => {
    const misses: string[] = [];
    for (const [index, said] of SENTENCES.entries()) {
      // Each sentence is heard on another line by each voice.
      const line = LINES[(index + VOICES.indexOf(voice)) % LINES.length] ?? noisy;
      const recording = line(atRest(readRecording(voice, said)));
      const heard = await hear(mind, recording, SPELLED[said]);
      if (!hasContent(heard, said)) misses.push(`"${said}" was heard as "${heard}"`);
    }
    process.stdout.write(misses.map((miss) => `${voice}: ${miss}\n`).join(''));
    expect(misses.length).toBeLessThanOrEqual(MOST_MISSES);
  });
});

describe('sentences that were missed once', () => {
  it.each([
    ['rms', 'good morning, do you have anything free on wednesday', 1, (line: Int16Array) => line],
    ['awb', 'good morning, do you have anything free on wednesday', 1, (line: Int16Array) => line],
    ['rms', 'hello, i would like an appointment on tuesday', 1, byTelephone],
    ['awb', 'hello, i would like an appointment on tuesday', 1, byTelephone],
    ['rms', 'yes', 5, (line: Int16Array) => line],
    ['awb', 'yes', 5, byTelephone],
  ] as const)(
    'are heard when %s says "%s"',
    { timeout: 120_000 },
    async (name, sentence, times, line) => {
      const voice = await createVoice({ voice: name });
      const speech = await voice.speak(sentence);
      await voice.close();
      const heard: string[] = [];
      for (let time = 0; time < times; time++) {
        // Each time another quiet noise lies under it.
        heard.push(await hear(mind, line(onTheLine(speech, 7 + time))));
      }
      expect(heard.filter((each) => !hasContent(each, sentence))).toEqual([]);
    },
  );
});

describe('what is not speech', () => {
  it.each(Object.entries(NON_SPEECH))(
    'begins no turn: %s',
    { timeout: 120_000 },
    async (_, sound) => {
      for (const line of [sound, byTelephone(sound)]) {
        const detector = await mind.openSpeechDetector();
        const frames: boolean[] = [];
        for (let at = 0; at + 512 <= line.length; at += 512) {
          frames.push(await detector.process(line.slice(at, at + 512)));
        }
        expect(frames.filter(Boolean)).toHaveLength(0);
        // Taken for speech all the same, it becomes no words.
        const utterance = { samples: line, voiced: 100 };
        const { signal } = new AbortController();
        expect(await mind.ears.hear(utterance, { spelled: null, offered: [] }, signal)).toBe('');
      }
    },
  );
});

describe('the speech detector', () => {
  it.each(['rms', 'awb', 'slt'] as const)(
    'notices that %s speaks within 150 ms, and stops within 200',
    async (name) => {
      const voice = await createVoice({ voice: name });
      const line = onTheLine(await voice.speak('next tuesday afternoon'));
      await voice.close();
      const detector = await mind.openSpeechDetector();
      const frames: boolean[] = [];
      for (let at = 0; at + 512 <= line.length; at += 512) {
        frames.push(await detector.process(line.slice(at, at + 512)));
      }
      const isLoud = (sample: number): boolean => Math.abs(sample) > 1000;
      const onset = line.findIndex(isLoud) / 16;
      const end = line.findLastIndex(isLoud) / 16;
      expect((frames.indexOf(true) + 1) * 32).toBeGreaterThan(onset - 100);
      expect((frames.indexOf(true) + 1) * 32).toBeLessThan(onset + 150);
      expect((frames.lastIndexOf(true) + 1) * 32).toBeGreaterThan(end - 100);
      expect((frames.lastIndexOf(true) + 1) * 32).toBeLessThan(end + 200);
    },
  );
});

describe('ten utterances that end together', () => {
  it(
    'are each heard as they are heard alone, and in little more than the time of ten',
    { timeout: 120_000 },
    async () => {
      const [said] = SENTENCES;
      const line = atRest(readRecording('am_michael', said));
      const begun = performance.now();
      expect(hasContent(await hear(mind, line), said)).toBe(true);
      const alone = performance.now() - begun;
      const together = performance.now();
      const heard = await Promise.all(
        Array.from({ length: 10 }, async () => await hear(mind, line)),
      );
      expect(heard.filter((each) => !hasContent(each, said))).toEqual([]);
      expect(performance.now() - together).toBeLessThan(20 * alone + 1_000);
    },
  );
});
