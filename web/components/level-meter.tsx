import type { LocalAudioTrack } from 'livekit-client';
import { useRef } from 'react';

import { useAnimationFrame } from '../audio/use-animation-frame.ts';
import { useAudioLevels } from '../audio/use-audio-levels.ts';
import './level-meter.css';

const BARS = 5;
const BANDS = 12;

/** Shows that the microphone hears something, and how loud. */
export function LevelMeter({ track }: { track: LocalAudioTrack | null }) {
  const bars = useRef<HTMLDivElement>(null);
  const meter = useRef<HTMLMeterElement>(null);
  const levels = useAudioLevels(track, BANDS);
  useAnimationFrame(track !== null, () => {
    const level = Math.max(0, ...levels());
    if (meter.current) meter.current.value = level;
    bars.current?.setAttribute('data-level', String(Math.ceil(level * BARS)));
  });
  return (
    <>
      <meter className="visually-hidden" aria-label="Microphone level" ref={meter} />
      <div className="level-meter" aria-hidden="true" data-level={0} ref={bars}>
        {Array.from({ length: BARS }, (_, bar) => (
          <i key={bar} />
        ))}
      </div>
    </>
  );
}
