import { noise } from '../hearing.ts';

const RATE = 16_000;
type Sound = (seconds: number) => number;

function play(seconds: number, sound: Sound): Int16Array {
  return Int16Array.from({ length: Math.round(seconds * RATE) }, (_, index) =>
    Math.max(-32_768, Math.min(32_767, Math.round(sound(index / RATE)))),
  );
}

const sine = (hertz: number, at: number): number => Math.sin(2 * Math.PI * hertz * at);

/** A string or a pipe: overtones that fade the higher they are. */
function note(hertz: number, at: number): number {
  let sum = 0;
  for (let overtone = 1; overtone <= 8; overtone++) sum += sine(hertz * overtone, at) / overtone;
  return sum;
}

const C_MAJOR = [261.63, 329.63, 392];
const A_MINOR = [220, 261.63, 329.63];
const F_MAJOR = [174.61, 220, 261.63];
const MELODY = [523.25, 587.33, 659.25, 587.33, 523.25, 392, 440, 523.25];

const DTMF_ROWS = [697, 770, 852, 941];
const DTMF_COLUMNS = [1209, 1336, 1477];

/** Noise that a first-order filter made darker; `share` 1 leaves it as it is. */
function dark(samples: Int16Array, share: number, gain: number): Int16Array {
  let last = 0;
  return samples.map((sample) => {
    last += share * (sample - last);
    return Math.max(-32_768, Math.min(32_767, last * gain));
  });
}

/** Bursts of breath that begin at once and fade, as coughs do. */
function coughs(times: readonly number[], seconds: number): Int16Array {
  const breath = dark(noise(seconds * RATE, 20_000, 11), 0.35, 1.6);
  return breath.map((sample, index) => {
    const at = index / RATE;
    const burst = times.map((time) => at - time).find((since) => since >= 0 && since < 0.25);
    return burst === undefined ? 0 : sample * Math.exp(-burst * 14);
  });
}

/** What comes over a line and is not speech, 16 kHz. */
export const NON_SPEECH: Record<string, Int16Array> = {
  silence: new Int16Array(3 * RATE),
  'a quiet line': noise(3 * RATE, 20),
  'loud white noise': noise(3 * RATE, 6_000),
  'traffic behind a window': dark(noise(4 * RATE, 20_000, 3), 0.02, 3),
  wind: dark(noise(4 * RATE, 20_000, 5), 0.1, 1).map(
    (sample, index) => sample * (0.5 + 0.5 * sine(0.7, index / RATE)),
  ),
  'mains hum': play(3, (at) => 5_000 * (sine(50, at) + 0.5 * sine(100, at) + 0.3 * sine(150, at))),
  'a hum of 60 Hz with buzz': play(3, (at) => 3_000 * note(60, at)),
  'a dial tone': play(3, (at) => 4_000 * (sine(350, at) + sine(440, at))),
  'a busy tone': play(4, (at) => (at % 1 < 0.5 ? 4_000 * (sine(480, at) + sine(620, at)) : 0)),
  'a ringing tone': play(6, (at) => (at % 6 < 2 ? 4_000 * (sine(440, at) + sine(480, at)) : 0)),
  'a beep': play(2, (at) => (at > 0.5 && at < 1 ? 10_000 * sine(1_000, at) : 0)),
  'a sweep': play(3, (at) => 8_000 * Math.sin(2 * Math.PI * (200 * at + 300 * at * at))),
  'keys of a telephone': play(4, (at) => {
    const key = Math.floor(at / 0.25);
    if (at % 0.25 > 0.12) return 0;
    return 6_000 * (sine(DTMF_ROWS[key % 4] ?? 0, at) + sine(DTMF_COLUMNS[(key * 2) % 3] ?? 0, at));
  }),
  'a cough': coughs([0.5], 2),
  'three coughs': coughs([0.4, 0.75, 1.5], 3),
  'clicks of a keyboard': noise(3 * RATE, 12_000, 17).map((sample, index) =>
    index % 2_400 < 60 ? sample : 0,
  ),
  'chords of an organ': play(6, (at) => {
    const chord = [C_MAJOR, A_MINOR, F_MAJOR][Math.floor(at / 2)] ?? C_MAJOR;
    return 2_000 * chord.reduce((sum, hertz) => sum + note(hertz, at), 0);
  }),
  'a plucked melody': play(4, (at) => {
    const since = at % 0.5;
    return 7_000 * Math.exp(-since * 5) * note(MELODY[Math.floor(at / 0.5)] ?? 0, at);
  }),
  'music on hold': play(8, (at) => {
    const chord = [C_MAJOR, A_MINOR, F_MAJOR, C_MAJOR][Math.floor(at / 2)] ?? C_MAJOR;
    const melody = note(MELODY[Math.floor(at * 2) % 8] ?? 0, at) * Math.exp(-(at % 0.5) * 4);
    const drum = at % 0.5 < 0.05 ? 1.5 * sine(90, at) : 0;
    return 1_800 * (chord.reduce((sum, hertz) => sum + sine(hertz, at), 0) + melody + drum);
  }),
};
