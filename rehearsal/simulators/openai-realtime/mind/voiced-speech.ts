/** 30 ms at 16 kHz: a few periods of any voice. */
const FRAME = 480;
/** Frames with less than this share of the loudest one's energy are pauses. */
const LOUD = 0.1;
/** Vowels cross zero seldom; hiss and wind cross it at nearly every second sample. */
const VOICED_CROSSINGS = 0.2;
/** Even "yes" is a vowel for a third of its loud part. */
const LEAST_VOICED = 0.2;

/** Whether there is a voice in the samples (16 kHz), not only hiss: steady noise resembles "s" and "sh". */
export function hasVoice(samples: Float32Array): boolean {
  const frames: { energy: number; crossings: number }[] = [];
  for (let start = 0; start + FRAME <= samples.length; start += FRAME) {
    let energy = 0;
    let crossings = 0;
    let previous = 0;
    for (const sample of samples.subarray(start, start + FRAME)) {
      energy += sample * sample;
      if (sample < 0 !== previous < 0) crossings++;
      previous = sample;
    }
    frames.push({ energy, crossings: crossings / FRAME });
  }
  const loudest = Math.max(0, ...frames.map(({ energy }) => energy));
  const loud = frames.filter(({ energy }) => energy > 0 && energy >= LOUD * loudest);
  const voiced = loud.filter(({ crossings }) => crossings < VOICED_CROSSINGS);
  return loud.length > 0 && voiced.length >= LEAST_VOICED * loud.length;
}
