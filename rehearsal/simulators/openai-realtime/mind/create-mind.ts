import { createDialogue } from './dialogue/dialogue.ts';
import { openEars } from './ears.ts';
import type { Mind } from './mind.ts';
import { loadRecognizer } from './recognizer.ts';
import { openSpeechDetector } from './speech-detector.ts';
import { createVoice } from './voice.ts';

/** Loads ears and voice from the npm packages (about 0.3 s); one mind serves all sessions. */
export async function createMind(): Promise<Mind> {
  const [recognizer, voice] = await Promise.all([loadRecognizer(), createVoice({ voice: 'slt' })]);
  return {
    dialogue: createDialogue({ knowsWord: recognizer.knowsWord }),
    voice,
    openEars: async () => await openEars(recognizer),
    openSpeechDetector: async () => openSpeechDetector(recognizer),
  };
}
