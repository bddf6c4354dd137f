import type { Mind } from '../../rehearsal/simulators/openai-realtime/mind/mind.ts';

/** Samples a second. */
const RATE = 24_000;
/** Milliseconds that everything it says takes: a greeting's length. */
const SENTENCE = 2_500;
const EXACTLY = /say exactly this, word for word: "([\s\S]*)"/i;
/** Of 32767: above a line's noise, below a quiet voice. */
const AUDIBLE = 600;

/**
 * Says the sentence it is asked for, or the same one, as a tone that was made once, and hears by loudness
 * alone.
 *
 * @param onAnswer told of each answer to a caller's sentence how long the model itself took, in
 *   milliseconds from the arrival of the last audible sound to the first of its own
 */
export function createScriptedMind(onAnswer: (ownTime: number) => void): Mind {
  const speech = tone(300, SENTENCE);
  let lastHeard: number | null = null;
  return {
    dialogue: {
      reply: ({ responseInstructions }) => {
        const exact = EXACTLY.exec(responseInstructions ?? '');
        return { say: exact?.[1] ?? 'I see, and what else can I do for you today?', calls: [] };
      },
      listening: () => ({ spelled: null, offered: [] }),
    },
    voice: {
      speak: () => {
        if (lastHeard !== null) onAnswer(performance.now() - lastHeard);
        lastHeard = null;
        return Promise.resolve(speech);
      },
    },
    ears: { hear: () => Promise.resolve('hello there') },
    openSpeechDetector: () =>
      Promise.resolve({
        process: (frame) => {
          const isLoud = frame.some((sample) => Math.abs(sample) > AUDIBLE);
          if (isLoud) lastHeard = performance.now();
          return Promise.resolve(isLoud);
        },
      }),
  };
}

function tone(frequency: number, milliseconds: number): Int16Array {
  return Int16Array.from({ length: (milliseconds * RATE) / 1_000 }, (_, index) =>
    Math.round(8_000 * Math.sin((2 * Math.PI * frequency * index) / RATE)),
  );
}
