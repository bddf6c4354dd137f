import { useRef, type CSSProperties } from 'react';

import type { ReadLevels } from '../audio/use-audio-levels.ts';
import { useAnimationFrame } from '../audio/use-animation-frame.ts';
import './slot-line.css';

/** A quarter of an hour a tick, from seven to seven. */
const TICKS = 49;
const FIRST_MINUTE = 7 * 60;
const MINUTES_PER_TICK = 15;
const MIDDLE = (TICKS - 1) / 2;
const HOURS = [
  { tick: 0, word: '7 AM' },
  { tick: 12, word: '10' },
  { tick: 24, word: '1 PM' },
  { tick: 36, word: '4' },
  { tick: 48, word: '7 PM' },
];

/** Bands a {@link ReadLevels} for this line should have: one a tick from the middle out. */
export const SLOT_LINE_BANDS = MIDDLE + 1;

const SILENCE: ReadLevels = () => [];

export interface SlotLineProps {
  /** `calling` sweeps, `thinking` breathes, `open` follows the voices, `still` rests. */
  mode: 'still' | 'calling' | 'thinking' | 'open';
  /** Rises above the line. */
  agentLevels?: ReadLevels;
  /** Falls below the line. */
  callerLevels?: ReadLevels;
  /** Minutes after midnight of the times on offer, or of the one booked. */
  marks?: readonly number[];
  booked?: boolean;
}

/**
 * The day as a ruler, and the call's voice on it: the receptionist above, the caller below,
 * the times on offer marked where they lie in the day. Decoration; the words are elsewhere.
 */
export function SlotLine({
  mode,
  agentLevels = SILENCE,
  callerLevels = SILENCE,
  marks = [],
  booked = false,
}: SlotLineProps) {
  const line = useRef<HTMLDivElement>(null);

  useAnimationFrame(mode === 'open' || mode === 'thinking', () => {
    const agent = agentLevels();
    const caller = callerLevels();
    const ticks = line.current?.children ?? [];
    for (let index = 0; index < TICKS; index += 1) {
      const band = Math.abs(index - MIDDLE);
      const style = (ticks[index] as HTMLElement | undefined)?.style;
      style?.setProperty('--up', (agent[band] ?? 0).toFixed(3));
      style?.setProperty('--down', (caller[band] ?? 0).toFixed(3));
    }
  });

  const marked = new Set(marks.map(tickOf));
  return (
    <div className="slot-line" data-mode={mode} data-booked={booked} aria-hidden="true">
      <div className="slot-line-ticks" ref={line}>
        {Array.from({ length: TICKS }, (_, index) => (
          <span
            key={index}
            className="slot-line-tick"
            data-size={index % 4 === 0 ? 'hour' : index % 2 === 0 ? 'half' : 'quarter'}
            data-marked={marked.has(index)}
            style={{ '--distance': Math.abs(index - MIDDLE), '--index': index } as CSSProperties}
          >
            <i />
            <i />
          </span>
        ))}
      </div>
      <div className="slot-line-hours" data-shown={marks.length > 0}>
        {HOURS.map(({ tick, word }) => (
          <span key={word} style={{ '--at': tick / (TICKS - 1) } as CSSProperties}>
            {word}
          </span>
        ))}
      </div>
    </div>
  );
}

function tickOf(minute: number): number {
  const tick = Math.round((minute - FIRST_MINUTE) / MINUTES_PER_TICK);
  return Math.min(TICKS - 1, Math.max(0, tick));
}
