import type { Decoder } from 'soundswallower';
import { LETTER_A, LETTER_A_PHONES } from './letter-a.ts';
import type { Recognizer } from './recognizer.ts';

const RATE = 16_000;
/** The decoder wants quiet around an utterance: without it the first and last sounds are lost. */
const QUIET_BEFORE = 0.1 * RATE;
const QUIET_AFTER = 0.3 * RATE;
/**
 * Mean distance a 10 ms frame from what the words should sound like, times 100, above which they
 * are not believed. Measured: booking sentences 0.1 to 0.4, other English 0.45 to 0.6.
 */
const BELIEVED_MEAN = 0.44;
/** A single word ("yes") is all beginning and end, where sounds blur: it may fit less well. */
const BELIEVED_SHORT = 0.55;
const SHORT = 0.8;
/** The same for the worst word: noise fits one word well and the next not at all. */
const BELIEVED_WORST = 1.25;

/** A grammar the recogniser refuses: a mistake in a rule, or a word its dictionary lacks. */
export class GrammarError extends Error {
  override readonly name = 'GrammarError';
}

/** Hears an utterance, PCM16 mono at 16 kHz, against a JSGF grammar; '' when it fits badly. */
export type HearGrammar = (grammar: string, samples: Int16Array) => string;

/**
 * Opens a decoder (about 35 MB and 0.3 s). It computes for about a tenth of the utterance, on the
 * calling thread.
 */
export async function openDecoder({ module }: Recognizer): Promise<HearGrammar> {
  const decoder = new module.Decoder({
    samprate: RATE,
    // Digital silence, as a muted microphone sends it, ruins the recognition of what follows.
    dither: true,
    // Callers pause between spelled letters; by default a further letter is likelier than a pause.
    silprob: 0.5,
    // Prefers few long words to many short ones.
    wip: 0.2,
    loglevel: 'FATAL',
    hmm: module.get_model_path('en-us'),
  });
  await decoder.initialize();
  decoder.add_words([LETTER_A, LETTER_A_PHONES]);
  let current = '';
  return (grammar, samples) => {
    if (grammar !== current) {
      current = '';
      try {
        decoder.set_grammar(grammar);
      } catch (cause) {
        throw new GrammarError('The recogniser refused a grammar', { cause });
      }
      current = grammar;
    }
    const utterance = new Float32Array(QUIET_BEFORE + samples.length + QUIET_AFTER);
    for (const [index, sample] of samples.entries()) {
      utterance[QUIET_BEFORE + index] = sample / 32_768;
    }
    decoder.start();
    try {
      decoder.process_audio(utterance, false, true);
    } finally {
      decoder.stop();
    }
    return believedText(decoder);
  };
}

/**
 * A grammar decoder always finds some sentence. Each word's probability is relative to the best
 * sound in each frame, so its logarithm by time tells how badly the words fit what was heard.
 */
function believedText(decoder: Decoder): string {
  const text = decoder.get_text().replaceAll(LETTER_A, 'a');
  if (text === '') return '';
  const words = (decoder.get_alignment().w ?? []).filter(({ t }) => !/^[<([]/.test(t));
  let distance = 0;
  let seconds = 0;
  let worst = 0;
  for (const { d, p } of words) {
    const wordDistance = -Math.log(Math.max(p, 1e-9));
    distance += wordDistance;
    seconds += d;
    worst = Math.max(worst, wordDistance / d);
  }
  const mean = seconds === 0 ? Infinity : distance / seconds;
  const bearable = seconds < SHORT ? BELIEVED_SHORT : BELIEVED_MEAN;
  return mean <= bearable && worst <= BELIEVED_WORST ? text : '';
}
