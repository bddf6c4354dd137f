import { bytesPerMillisecond, encodeSpeech } from './audio-codec.ts';
import type { Voice } from './mind/mind.ts';
import type { AudioFormat } from './session-config.ts';

export interface SpeechChunk {
  bytes: Buffer;
  milliseconds: number;
  /** The words that begin in this chunk, with the spaces that part them from the words before. */
  words: string;
}

const CHUNK_MILLISECONDS = 200;

/** Speaks a text sentence by sentence, the next one being prepared while the last one is sent. */
export async function* speechChunks(
  text: string,
  voice: Voice,
  format: AudioFormat,
): AsyncGenerator<SpeechChunk> {
  const sentences = splitSentences(text);
  let upcoming = speakAhead(voice, sentences[0]);
  for (const [index, sentence] of sentences.entries()) {
    const samples = await upcoming;
    upcoming = speakAhead(voice, sentences[index + 1]);
    yield* chunksOf(encodeSpeech(samples, format), index === 0 ? sentence : ` ${sentence}`, format);
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

function* chunksOf(bytes: Buffer, text: string, format: AudioFormat): Generator<SpeechChunk> {
  const perMillisecond = bytesPerMillisecond(format);
  const size = CHUNK_MILLISECONDS * perMillisecond;
  const words = text.split(/(?=\s)/u);
  const count = Math.max(1, Math.ceil(bytes.length / size));
  let said = 0;
  for (let index = 0; index < count; index += 1) {
    const piece = bytes.subarray(index * size, (index + 1) * size);
    const until = Math.ceil((words.length * (index + 1)) / count);
    yield {
      bytes: piece,
      milliseconds: piece.length / perMillisecond,
      words: words.slice(said, until).join(''),
    };
    said = until;
  }
}
