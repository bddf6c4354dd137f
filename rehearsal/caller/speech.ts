import type { Scenario } from '../scenario/scenario-schema.ts';
import type { Turn } from '../scenario/turn-schema.ts';
import { speechlikeNoise } from './noise.ts';
import type { Voice } from './voice.ts';

/** What {@link speechlikeNoise} turns around. */
const murmur = {
  voice: 'rms',
  text: 'the quick brown fox jumps over the lazy dog and a man in the street sells fresh bread every morning',
};

/** Everything a scenario's caller says, spoken beforehand: a synthesis in the middle of a call would stop its line. */
export type Speech = ReadonlyMap<Turn, Int16Array>;

/** Prepares what the caller says. */
export async function prepareSpeech(scenario: Scenario, voice: Voice): Promise<Speech> {
  const speech = new Map<Turn, Int16Array>();
  for (const turn of scenario.turns) {
    if (turn.kind === 'say' || turn.kind === 'interrupt') {
      speech.set(turn, await voice.speak(scenario.caller.voice, turn.text));
    } else if (turn.kind === 'play') {
      speech.set(turn, turn.sound.samples);
    } else if (turn.kind === 'noise') {
      speech.set(turn, speechlikeNoise(await voice.speak(murmur.voice, murmur.text), turn.seconds));
    }
  }
  return speech;
}

/** Whose voice is heard in a call: the caller's, or that of its recordings where it has no other. */
export function voiceOf({ turns, caller }: Scenario): string {
  const speaks = turns.some(({ kind }) => kind === 'say' || kind === 'interrupt');
  return !speaks && turns.some(({ kind }) => kind === 'play') ? 'recording' : caller.voice;
}

/** Why a scenario cannot be played by text, with what to do; undefined where it can. */
export function findSpokenOnly({ line, turns }: Scenario): string | undefined {
  if (line === 'phone') return 'line: phone: play it without --text';
  for (const [position, turn] of turns.entries()) {
    if (turn.kind === 'interrupt' || turn.kind === 'noise' || turn.kind === 'press') {
      return `turns[${position}].${turn.kind}: play it without --text`;
    }
    if (turn.kind === 'play' && turn.text === undefined) {
      return `turns[${position}].play: add words: what is said in ${turn.sound.file}`;
    }
  }
  return undefined;
}
