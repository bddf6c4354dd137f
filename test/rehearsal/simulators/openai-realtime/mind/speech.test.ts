import { describe, expect, it } from 'vitest';
import { createDialogue } from '../../../../../rehearsal/simulators/openai-realtime/mind/dialogue/dialogue.ts';
import { openHearing } from '../../../../../rehearsal/simulators/openai-realtime/mind/ears/open-hearing.ts';
import type { Reply } from '../../../../../rehearsal/simulators/openai-realtime/mind/mind.ts';
import { createVoice } from '../../../../../rehearsal/simulators/openai-realtime/mind/voice.ts';
import { byTelephone, hear, onTheLine } from './hearing.ts';
import { SPOKEN, SPOKEN_BY_PHONE, UNRELATED, type Moment } from './spoken-sentences.ts';
import { NUMBER_KNOWN, PHONE_TOOLS, Talk, TOOLS } from './talk.ts';

const mind = { dialogue: createDialogue(), ...openHearing() };

/** A reply that hands the caller's words on does so with the capitals and full stops of the ears. */
function plainly(reply: Reply): string {
  return JSON.stringify(reply)
    .toLowerCase()
    .replace(/[.,?!]/g, '');
}

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
      const heard = await hear(mind, line === 'phone' ? byTelephone(wide) : wide, talk.listening);
      spoken++;
      if (plainly(talk.replyTo(heard)) !== plainly(talk.replyTo(sentence)))
        misses.push(`${moment}: "${sentence}" was heard as "${heard}"`);
    }
  }
  await voice.close();
  process.stdout.write(misses.map((miss) => `${voiceName}: ${miss}\n`).join(''));
  return 1 - misses.length / spoken;
}

describe('ears and dialogue together', () => {
  it('understand what is said at every moment of a call', { timeout: 240_000 }, async () => {
    expect(await hitRate('rms', SPOKEN)).toBeGreaterThanOrEqual(0.85);
  });

  it('understand what is said through a telephone line', { timeout: 120_000 }, async () => {
    expect(await hitRate('awb', SPOKEN_BY_PHONE, 'phone')).toBeGreaterThanOrEqual(0.75);
  });

  it('do not make a wish of other English', { timeout: 120_000 }, async () => {
    const voice = await createVoice({ voice: 'awb' });
    const calls: string[] = [];
    for (const sentence of UNRELATED) {
      const heard = await hear(mind, onTheLine(await voice.speak(sentence)));
      for (const { before } of SPOKEN) {
        const talk = new Talk(mind.dialogue).play(...before);
        if (talk.replyTo(heard).calls.length > 0) calls.push(heard);
      }
    }
    await voice.close();
    expect(calls.length).toBeLessThanOrEqual(0.15 * UNRELATED.length * SPOKEN.length);
  });
});
