/** Samples a second of everything a caller says and hears. */
export const sampleRate = 16_000;

/** Cuts what is too soft to hear off both ends: latencies count from the last audible sample. */
export function trimSilence(samples: Int16Array, threshold = 300): Int16Array {
  const first = samples.findIndex((sample) => Math.abs(sample) > threshold);
  const last = samples.findLastIndex((sample) => Math.abs(sample) > threshold);
  return first === -1 ? new Int16Array(0) : samples.slice(first, last + 1);
}
