import { useComputedColorScheme, useMantineTheme } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import WaveSurfer from 'wavesurfer.js';
import type { AnswerOf } from '../../api/route-types.ts';
import { styleNonce } from '../../style-nonce.ts';
import classes from './call.module.css';
import type { Playing, Seek } from './recordings.tsx';

interface PlayerProps {
  address: string;
  drawn: AnswerOf<'getRecordingPeaks'>;
  onPlaying: (playing: Playing) => void;
  /** Handed what plays from an instant on. */
  onReady: (play: Seek) => void;
}

/** Pixels, of each side. */
const HEIGHT = 44;

/**
 * The caller above, the agent below. The drawing is the server's: the page reads of the sound only what
 * is played.
 */
export function Player({ address, drawn, onPlaying, onReady }: PlayerProps) {
  const container = useRef<HTMLDivElement>(null);
  const audio = useRef<HTMLAudioElement>(null);
  const { colors } = useMantineTheme();
  const isDark = useComputedColorScheme() === 'dark';
  const tell = useEffectEvent(onPlaying);
  const ready = useEffectEvent(onReady);
  // Read again, it is the same: what is played goes on.
  const [{ caller, agent, milliseconds, startedAt }] = useState(drawn);
  useEffect(() => {
    const [place, media] = [container.current, audio.current];
    if (!place || !media) return undefined;
    const began = Date.parse(startedAt);
    const shade = (name: string, light: number, dark: number): string =>
      colors[name]?.[isDark ? dark : light] ?? 'gray';
    const sides = ['gray', 'harbor'].map((name) => ({
      waveColor: shade(name, 4, 7),
      progressColor: shade(name, 8, 3),
      height: HEIGHT,
    }));
    const wave = WaveSurfer.create({
      container: place,
      media,
      url: address,
      peaks: [caller, agent],
      duration: milliseconds / 1_000,
      splitChannels: sides,
      height: HEIGHT,
      normalize: true,
      barWidth: 2,
      barGap: 1,
      cursorColor: shade('gray', 7, 4),
      cspNonce: styleNonce(),
    });
    wave.on('timeupdate', (seconds) => tell(began + seconds * 1_000));
    wave.on('finish', () => tell(null));
    ready((at) => {
      wave.setTime(Math.max(0, (Date.parse(at) - began) / 1_000));
      void wave.play();
    });
    return () => wave.destroy();
  }, [address, caller, agent, milliseconds, startedAt, colors, isDark]);
  return (
    <>
      {/* By keyboard and by ear it is the player below that is used. */}
      <div ref={container} className={classes['wave']} aria-hidden="true" />
      <audio
        ref={audio}
        className={classes['audio']}
        controls
        preload="metadata"
        aria-label="Recording of the call: the caller on the left, the agent on the right"
      >
        {/* What is said in it stands in the conversation. */}
        <track kind="captions" />
      </audio>
    </>
  );
}
