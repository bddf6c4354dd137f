import { describe, expect, it } from 'vitest';
import { spelledGrammar } from '../../../../../../rehearsal/simulators/openai-realtime/mind/grammar/spelled-grammar.ts';
import { openSpelledEars } from '../../../../../../rehearsal/simulators/openai-realtime/mind/ears/spelled-ears.ts';
import { loadRecognizer } from '../../../../../../rehearsal/simulators/openai-realtime/mind/ears/recognizer.ts';
import { openDecoder } from '../../../../../../rehearsal/simulators/openai-realtime/mind/ears/spelled-decoder.ts';
import { createVoice } from '../../../../../../rehearsal/simulators/openai-realtime/mind/voice.ts';
import { noise, onTheLine } from '../hearing.ts';

const ears = openSpelledEars();

describe('ears for what is spelled', () => {
  it.each([
    ['robert jones', 'name', [], 'robert jones'],
    [
      'J, M, I, L, L, at example dot com',
      'email',
      ['john', 'miller'],
      'j m i l l at example dot com',
    ],
    [
      'mary dot smith at example dot com',
      'email',
      ['mary', 'smith'],
      'mary dot smith at example dot com',
    ],
  ] as const)('hear "%s"', { timeout: 120_000 }, async (said, spelled, offered, text) => {
    const voice = await createVoice({ voice: 'rms' });
    const line = onTheLine(await voice.speak(said));
    await voice.close();
    expect(await ears.hear(line, spelled, [...offered])).toBe(text);
  });

  it('expect the address to be made of the name, and not of times that were offered', () => {
    const offered = ['tuesday', 'november twenty fourth', 'two thirty', 'four', 'mary', 'smith'];
    const grammar = spelledGrammar('email', offered, () => true);
    expect(grammar).toMatch(/<own_local> = .* mary \[<joint>\] smith/);
    expect(grammar).not.toContain('tuesday');
  });

  it('hear nothing in noise and silence', async () => {
    expect(await ears.hear(new Int16Array(32_000), 'name', [])).toBe('');
    expect(await ears.hear(noise(32_000, 20), 'email', [])).toBe('');
  });

  it('take any name into their grammar', async () => {
    const recognizer = await loadRecognizer();
    const hearGrammar = await openDecoder(recognizer);
    const names = [[], ['mary'], ['zbigniew', 'łoś'], ['x'], ["o'brien", 'conan'], ['a', 'b', 'c']];
    for (const offered of names) {
      for (const spelled of ['name', 'email', 'number'] as const) {
        const grammar = spelledGrammar(spelled, offered, recognizer.knowsWord);
        expect(() => hearGrammar(grammar, new Int16Array(1600))).not.toThrow();
      }
    }
    expect(() =>
      hearGrammar('#JSGF V1.0; grammar g; public <s> = xyzzyx;', new Int16Array(1600)),
    ).toThrow(/refused a grammar/);
  });
});
