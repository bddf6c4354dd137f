import { beforeAll, describe, expect, it } from 'vitest';
import {
  createPhraseCorrection,
  type CorrectPhrase,
} from '../../../../../../rehearsal/simulators/openai-realtime/mind/ears/common-phrases.ts';
import { loadDictionary } from '../../../../../../rehearsal/simulators/openai-realtime/mind/ears/dictionary.ts';
import { SENTENCES } from './natural-voices.ts';
import { SPOKEN, SPOKEN_BY_PHONE, UNRELATED } from '../spoken-sentences.ts';

let correct: CorrectPhrase;
beforeAll(async () => {
  correct = createPhraseCorrection(await loadDictionary());
});

describe('an utterance that the ears doubt', () => {
  it.each([
    ['No Sam Q.', 'no thank you'],
    ['No, Sam Pugh', 'no thank you'],
    ['Go and buy.', 'goodbye'],
    ['U.S. police.', 'yes please'],
    ["That's South M. Q.", "that's all thank you"],
    ['And let her remember, please.', 'another number please'],
    ['The mother mother, please.', 'another number please'],
  ])('is the phrase that it sounds like: "%s"', (heard, phrase) => {
    expect(correct(heard, -0.35)).toBe(phrase);
  });

  it('stays what it is where the ears are sure', () => {
    expect(correct('Go and buy.', -0.1)).toBe('Go and buy.');
  });

  it('stays what it is where it is another sentence', () => {
    const phrases = new Set([
      'no thank you',
      'yes please',
      'goodbye',
      "that's all thank you",
      'another number please',
      // The same wish, and the same answer to it.
      'a different number please',
    ]);
    const others = [...SPOKEN, ...SPOKEN_BY_PHONE]
      .flatMap(({ sentences }) => sentences)
      .concat(SENTENCES, UNRELATED, ['No.', 'Yes.', 'Good.', 'Yes, Thursday.', 'No, Tuesday.'])
      .filter((sentence) => !phrases.has(sentence.toLowerCase().replace(/[,.]/g, '')));
    for (const sentence of others) expect(correct(sentence, -0.5)).toBe(sentence);
  });
});
