import { bytesPerMillisecond, encodeSpeech } from './audio-codec.ts';
import type { Voice } from './mind/mind.ts';
import type { AudioFormat } from './session-config.ts';

export interface SpeechChunk {
  bytes: Buffer;
  milliseconds: number;
  /** The words that come with this chunk, with the spaces that part them from those before. */
  words: string;
}

const CHUNK_MILLISECONDS = 200;
/** A transcript is written before it is spoken. */
export const TRANSCRIPT_LEAD = 200;

/**
 * Speaks a text sentence by sentence, the next one being prepared while the last one is sent.
 * @param lead milliseconds by which words are sent ahead of their sound; behind it, where negative
 */
export async function* speechChunks(
  text: string,
  voice: Voice,
  format: AudioFormat,
  lead: number,
): AsyncGenerator<SpeechChunk> {
  const sentences = splitSentences(text);
  let upcoming = speakAhead(voice, sentences[0]);
  for (const [index, sentence] of sentences.entries()) {
    const samples = await upcoming;
    upcoming = speakAhead(voice, sentences[index + 1]);
    const words = index === 0 ? sentence : ` ${sentence}`;
    yield* chunksOf(encodeSpeech(samples, format), words, { format, lead });
  }
}

/** A sentence may end in the middle of nothing else: "2:30 p.m. on" and "3.5" stay whole. */
function splitSentences(text: string): string[] {
  return text.trim().split(/(?<=[a-z\d]{2}[.!?])\s+(?=[A-Z])/u);
}

function speakAhead(voice: Voice, sentence: string | undefined): Promise<Int16Array> {
  const speech = sentence === undefined ? Promise.resolve(new Int16Array()) : voice.speak(sentence);
  // A response that was cancelled never asks for the sentence prepared ahead, so nobody would see it fail.
  speech.catch(() => undefined);
  return speech;
}

function* chunksOf(
  bytes: Buffer,
  text: string,
  { format, lead }: { format: AudioFormat; lead: number },
): Generator<SpeechChunk> {
  const perMillisecond = bytesPerMillisecond(format);
  const size = CHUNK_MILLISECONDS * perMillisecond;
  const words = text.split(/(?=\s)/u);
  const count = Math.max(1, Math.ceil(bytes.length / size));
  let said = 0;
  let before = 0;
  for (let index = 0; index < count; index += 1) {
    const piece = bytes.subarray(index * size, (index + 1) * size);
    // A long word takes longer to say.
    const ahead = index + 1 + lead / CHUNK_MILLISECONDS;
    const isLast = index + 1 === count;
    const until = ahead < count && !isLast ? (text.length * ahead) / count : Infinity;
    const begun = said;
    for (; said < words.length && before < until; said += 1) {
      before += words[said]?.length ?? 0;
    }
    yield {
      bytes: piece,
      milliseconds: piece.length / perMillisecond,
      words: words.slice(begun, said).join(''),
    };
  }
}
