import { openVoice } from '../../rehearsal/caller/voice.ts';

/** A sentence as a telephone carries it: 8 kHz, with half a second of silence before and two after. */
export async function speakByTelephone(sentence: string): Promise<Int16Array> {
  const samples = await openVoice().speak('rms', sentence);
  const speech = Int16Array.from({ length: Math.floor(samples.length / 2) }, (_, index) =>
    Math.round(((samples[index * 2] ?? 0) + (samples[index * 2 + 1] ?? 0)) / 2),
  );
  return Int16Array.of(...new Int16Array(4_000), ...speech, ...new Int16Array(16_000));
}
