import { parentPort } from 'node:worker_threads';
import { spelledGrammar } from '../grammar/spelled-grammar.ts';
import type { Listening } from '../mind.ts';
import { loadRecognizer } from './recognizer.ts';
import { openDecoder } from './spelled-decoder.ts';

/** An utterance, PCM16 mono at 16 kHz; answered by {@link SpelledAnswer} with the same id. */
export interface SpelledRequest {
  id: number;
  spelled: NonNullable<Listening['spelled']>;
  offered: string[];
  samples: Int16Array;
}

export type SpelledAnswer = { id: number; text: string } | { id: number; error: string };

const port = parentPort;
if (port !== null) {
  const recognizer = await loadRecognizer();
  const hear = await openDecoder(recognizer);
  port.on('message', ({ id, spelled, offered, samples }: SpelledRequest) => {
    let answer: SpelledAnswer;
    try {
      answer = { id, text: hear(spelledGrammar(spelled, offered, recognizer.knowsWord), samples) };
    } catch (error) {
      answer = { id, error: String(error) };
    }
    port.postMessage(answer);
  });
}
