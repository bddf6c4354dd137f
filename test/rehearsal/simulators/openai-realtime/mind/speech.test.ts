import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMind } from '../../../../../rehearsal/simulators/openai-realtime/mind/create-mind.ts';
import type { Ears, Mind } from '../../../../../rehearsal/simulators/openai-realtime/mind/mind.ts';
import { createVoice } from '../../../../../rehearsal/simulators/openai-realtime/mind/voice.ts';
import { byTelephone, hear, noise, onTheLine } from './hearing.ts';
import { SPOKEN, SPOKEN_BY_PHONE, UNRELATED, type Moment } from './spoken-sentences.ts';
import { NUMBER_KNOWN, PHONE_TOOLS, Talk, TOOLS } from './talk.ts';

let mind: Mind;
let ears: Ears;

beforeAll(async () => {
  mind = await createMind();
  ears = await mind.openEars();
});
afterAll(() => ears.close());

/** How many sentences lead to the reply that their exact words lead to. */
async function hitRate(
  voiceName: 'rms' | 'awb',
  moments: readonly Moment[],
  line: 'web' | 'phone' = 'web',
): Promise<number> {
  const voice = await createVoice({ voice: voiceName });
  const misses: string[] = [];
  let spoken = 0;
  for (const { moment, before, sentences } of moments) {
    const tools = line === 'phone' ? PHONE_TOOLS : TOOLS;
    const talk = new Talk(mind.dialogue, tools, NUMBER_KNOWN).play(...before);
    for (const sentence of sentences) {
      const wide = onTheLine(await voice.speak(sentence));
      const heard = hear(ears, talk.grammar, line === 'phone' ? byTelephone(wide) : wide);
      spoken++;
      const right = JSON.stringify(talk.replyTo(heard)) === JSON.stringify(talk.replyTo(sentence));
      if (!right) misses.push(`${moment}: "${sentence}" was heard as "${heard}"`);
    }
  }
  await voice.close();
  const rate = (spoken - misses.length) / spoken;
  process.stdout.write(
    `${voiceName}: ${spoken - misses.length} of ${spoken} sentences understood (${Math.round(rate * 100)} %)\n`,
  );
  if (misses.length > 0) process.stdout.write(`  ${misses.join('\n  ')}\n`);
  return rate;
}

describe('ears', () => {
  it(
    'understand what the voice rms says at every moment of a call',
    { timeout: 150_000 },
    async () => {
      expect(await hitRate('rms', SPOKEN)).toBeGreaterThanOrEqual(0.9);
    },
  );

  it('understand most wishes and choices of the voice awb', { timeout: 150_000 }, async () => {
    const errand = SPOKEN.filter(({ moment }) => moment.startsWith('a wish about'));
    const moments = [...SPOKEN.slice(0, 3), ...errand];
    expect(await hitRate('awb', moments)).toBeGreaterThanOrEqual(0.85);
  });

  it(
    'understand what the voice rms says through a telephone line',
    { timeout: 60_000 },
    async () => {
      expect(await hitRate('rms', SPOKEN_BY_PHONE, 'phone')).toBeGreaterThanOrEqual(0.9);
    },
  );

  it('accept the grammar of every moment of a call', () => {
    for (const { before } of SPOKEN) {
      const talk = new Talk(mind.dialogue).play(...before);
      expect(() => ears.begin(talk.grammar)).not.toThrow();
    }
    const asked = new Talk(mind.dialogue).play(
      'tuesday',
      'tool:alsoAsks',
      'yes',
      'typed:My name is Mary Smith and my e-mail is mary.smith@example.com',
    );
    expect(() => ears.begin(asked.grammar)).not.toThrow();
    const lost = new Talk(mind.dialogue).play('friday', 'tool:notOffered');
    expect(() => ears.begin(lost.grammar)).not.toThrow();
    const strangeName = new Talk(mind.dialogue).play(
      'soonest',
      'tool:soonest',
      'the first',
      'typed:My name is Zbigniew Łoś',
    );
    expect(() => ears.begin(strangeName.grammar)).not.toThrow();
    expect(ears.end()).toBe('');
  });

  it('take noise and silence for nothing', () => {
    for (const { moment, before } of SPOKEN) {
      const { grammar } = new Talk(mind.dialogue).play(...before);
      const heard = [
        hear(ears, grammar, new Int16Array(32_000)),
        hear(ears, grammar, noise(32_000, 20)),
        hear(ears, grammar, noise(32_000, 6000)),
      ];
      expect({ moment, heard }).toStrictEqual({ moment, heard: ['', '', ''] });
    }
  });

  it('do not make a wish of other English', { timeout: 150_000 }, async () => {
    const voice = await createVoice({ voice: 'awb' });
    let refused = 0;
    for (const sentence of UNRELATED) {
      const speech = onTheLine(await voice.speak(sentence));
      for (const { before } of [SPOKEN[0], SPOKEN[2], SPOKEN[6]].filter(
        (each) => each !== undefined,
      )) {
        const talk = new Talk(mind.dialogue).play(...before);
        const reply = talk.replyTo(hear(ears, talk.grammar, speech));
        if (reply.calls.length === 0) refused++;
      }
    }
    await voice.close();
    process.stdout.write(`other English: ${refused} of ${UNRELATED.length * 3} led to no call\n`);
    expect(refused / (UNRELATED.length * 3)).toBeGreaterThanOrEqual(0.9);
  });

  it('refuse a grammar with an unknown word by name', () => {
    expect(() => ears.begin('#JSGF V1.0; grammar g; public <s> = xyzzyx;')).toThrow(
      /refused a grammar/,
    );
  });
});

describe('the speech detector', () => {
  it('tells speech from silence and notices it within 200 ms', async () => {
    const voice = await createVoice({ voice: 'rms' });
    const detector = await mind.openSpeechDetector();
    const line = onTheLine(await voice.speak('next tuesday afternoon'));
    await voice.close();
    const frames: boolean[] = [];
    for (let start = 0; start + 480 <= line.length; start += 480) {
      frames.push(detector.process(line.subarray(start, start + 480)));
    }
    detector.close();
    const onset = (line.findIndex((sample) => Math.abs(sample) > 1000) * 1000) / 16_000;
    const noticed = frames.indexOf(true) * 30;
    expect(noticed).toBeGreaterThan(onset - 100);
    expect(noticed).toBeLessThan(onset + 200);
    expect(frames.at(-1)).toBe(false);
  });
});

describe('the voice', () => {
  it('speaks at 24 kHz and keeps a sentence under way apart from the next', async () => {
    const [short, long] = await Promise.all([
      mind.voice.speak('Yes.'),
      mind.voice.speak('Tuesday, November 24 at 2:30 PM for Mary Smith.'),
    ]);
    expect(short.length / 24_000).toBeGreaterThan(0.3);
    expect(long.length).toBeGreaterThan(short.length * 3);
    expect(Math.max(...long.map(Math.abs))).toBeGreaterThan(5000);
  });

  it('says nothing for an empty text', async () => {
    expect(await mind.voice.speak(' ')).toHaveLength(0);
  });

  it('speaks the 8 kHz voice at 24 kHz too', async () => {
    const kal = await createVoice({ voice: 'kal' });
    const seconds = (await kal.speak('one two three')).length / 24_000;
    await kal.close();
    expect(seconds).toBeGreaterThan(0.7);
    expect(seconds).toBeLessThan(3);
    await expect(kal.speak('again')).rejects.toThrow(/closed/);
  });
});
