import { describe, expect, it } from 'vitest';
import { createEars } from '../../../../../../rehearsal/simulators/openai-realtime/mind/ears/create-ears.ts';
import type { Transcript } from '../../../../../../rehearsal/simulators/openai-realtime/mind/ears/moonshine.ts';
import type { Listening } from '../../../../../../rehearsal/simulators/openai-realtime/mind/mind.ts';

const NAME: Listening = { spelled: 'name', offered: [] };

/** What is made of it when the free ears hear something, at the second try at the latest, and the grammar another. */
async function hear(
  heard: { free: Transcript; second?: Transcript; letters: string; voiced: number },
  listening = NAME,
): Promise<string> {
  const ears = createEars({
    moonshine: {
      transcribe: async (_, { mayBeEmpty }) =>
        await Promise.resolve(mayBeEmpty ? heard.free : (heard.second ?? heard.free)),
    },
    spelled: { hear: async () => await Promise.resolve(heard.letters) },
    correct: (text) => text,
    correctPhrase: (text) => text,
  });
  const utterance = { samples: new Int16Array(16_000), voiced: heard.voiced };
  return await ears.hear(utterance, listening, new AbortController().signal);
}

const NOTHING = { text: '', mean: 0 };

describe('the ears', () => {
  it('make no name of a short noise that the free ears take for nothing', async () => {
    expect(await hear({ free: NOTHING, letters: 'sharon miller', voiced: 100 })).toBe('');
  });

  it('believe the letters of somebody who surely speaks', async () => {
    const second = { text: 'Esam I th.', mean: -0.9 };
    expect(await hear({ free: NOTHING, second, letters: 's m i t h', voiced: 900 })).toBe(
      's m i t h',
    );
  });

  it('hear nothing in a sentence that a recogniser makes of music, again and again', async () => {
    const free = { text: "I'm not a good person ".repeat(5).trim(), mean: -0.2 };
    for (const listening of [NAME, { spelled: null, offered: [] }]) {
      expect(await hear({ free, letters: '', voiced: 3_000 }, listening)).toBe('');
    }
  });

  it('hear nothing that is written in no letters', async () => {
    expect(await hear({ free: { text: '\uFFFD', mean: -0.1 }, letters: '', voiced: 400 })).toBe('');
  });

  it('hear a caller who asks three times', async () => {
    const free = { text: 'Are you there? Are you there? Are you there?', mean: -0.1 };
    expect(await hear({ free, letters: '', voiced: 3_000 })).toBe(free.text);
  });
});
