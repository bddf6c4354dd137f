import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createVoice,
  type ClosableVoice,
} from '../../../../../rehearsal/simulators/openai-realtime/mind/voice.ts';

let voice: ClosableVoice;
beforeAll(async () => {
  voice = await createVoice({ voice: 'slt' });
});
afterAll(async () => await voice.close());

describe('the voice', () => {
  it('speaks at 24 kHz and keeps a sentence under way apart from the next', async () => {
    const [short, long] = await Promise.all([
      voice.speak('Yes.'),
      voice.speak('Tuesday, November 24 at 2:30 PM for Mary Smith.'),
    ]);
    expect(short.length / 24_000).toBeGreaterThan(0.3);
    expect(long.length).toBeGreaterThan(short.length * 3);
    expect(Math.max(...long.map(Math.abs))).toBeGreaterThan(5000);
  });

  it('says nothing for an empty text', async () => {
    expect(await voice.speak(' ')).toHaveLength(0);
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
