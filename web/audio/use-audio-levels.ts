import { createAudioAnalyser, type LocalAudioTrack, type RemoteAudioTrack } from 'livekit-client';
import { useCallback, useEffect, useRef } from 'react';

/** Loudness in bands from low to high, each 0 to 1; all zero while there is no sound. */
export type ReadLevels = () => readonly number[];

/** Speech lies here, in hertz. */
const LOWEST = 90;
const HIGHEST = 5200;

/**
 * Reads a track's loudness without rendering: the function returned may be called once a frame.
 *
 * @param bands - how many, spaced evenly to the ear (that is, logarithmically).
 */
export function useAudioLevels(
  track: LocalAudioTrack | RemoteAudioTrack | null,
  bands: number,
): ReadLevels {
  const read = useRef<ReadLevels>(() => []);
  useEffect(() => {
    const levels = Array.from({ length: bands }, () => 0);
    const silence = () => levels.fill(0);
    read.current = silence;
    if (!track) return undefined;
    let measured: ReturnType<typeof createAudioAnalyser>;
    try {
      measured = createAudioAnalyser(track, {
        fftSize: 1024,
        smoothingTimeConstant: 0.72,
        minDecibels: -78,
        maxDecibels: -24,
      });
    } catch {
      // No Web Audio here: the line stays flat, the call works.
      return undefined;
    }
    const { analyser, cleanup } = measured;
    const spectrum = new Uint8Array(analyser.frequencyBinCount);
    const edges = bandEdges(bands, analyser.context.sampleRate / analyser.fftSize);
    read.current = () => {
      analyser.getByteFrequencyData(spectrum);
      for (let band = 0; band < bands; band += 1) {
        const [from, to] = edges[band] ?? [0, 1];
        let sum = 0;
        for (let bin = from; bin < to; bin += 1) sum += spectrum[bin] ?? 0;
        levels[band] = sum / (to - from) / 255;
      }
      return levels;
    };
    return () => {
      read.current = silence;
      void cleanup();
    };
  }, [track, bands]);
  return useCallback(() => read.current(), []);
}

function bandEdges(bands: number, hertzPerBin: number): [number, number][] {
  const bin = (step: number) =>
    Math.round((LOWEST * (HIGHEST / LOWEST) ** (step / bands)) / hertzPerBin);
  return Array.from({ length: bands }, (_, band) => {
    const from = bin(band);
    return [from, Math.max(from + 1, bin(band + 1))];
  });
}
