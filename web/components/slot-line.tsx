import { useRef, type CSSProperties } from 'react';

import type { ReadLevels } from '../audio/use-audio-levels.ts';
import { useAnimationFrame } from '../audio/use-animation-frame.ts';
import './slot-line.css';

/** A quarter of an hour a tick, twelve hours long. */
const TICKS = 49;
const HOURS_SHOWN = 12;
/** From seven to seven, unless a time lies outside. */
const USUAL_FIRST_HOUR = 7;
const MINUTES_PER_TICK = 15;
const MIDDLE = (TICKS - 1) / 2;
const LABELLED_TICKS = [0, 12, 24, 36, 48];

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
  /** The times on offer, or the one booked. */
  marks?: readonly DayMark[];
}

export interface DayMark {
  /** After midnight. */
  minute: number;
  isChosen: boolean;
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

  const firstHour = firstHourOf(marks);
  const marked = new Map(
    marks
      .toSorted((one, other) => Number(one.isChosen) - Number(other.isChosen))
      .map(({ minute, isChosen }) => [tickOf(minute, firstHour), isChosen ? 'chosen' : 'offered']),
  );
  const isDecided = marks.some(({ isChosen }) => isChosen);
  return (
    <div className="slot-line" data-mode={mode} data-decided={isDecided} aria-hidden="true">
      <div className="slot-line-ticks" ref={line}>
        {Array.from({ length: TICKS }, (_, index) => (
          <span
            key={index}
            className="slot-line-tick"
            data-size={index % 4 === 0 ? 'hour' : index % 2 === 0 ? 'half' : 'quarter'}
            data-mark={marked.get(index)}
            style={{ '--distance': Math.abs(index - MIDDLE), '--index': index } as CSSProperties}
          >
            <i />
            <i />
          </span>
        ))}
      </div>
      <div className="slot-line-hours" data-shown={marks.length > 0}>
        {LABELLED_TICKS.map((tick, index) => (
          <span key={tick} style={{ '--at': tick / (TICKS - 1) } as CSSProperties}>
            {hourWord(firstHour + (tick * MINUTES_PER_TICK) / 60, index % 2 === 0)}
          </span>
        ))}
      </div>
    </div>
  );
}

/** Half a day that has all times in it, where there is one: as usual, else as near to it as may be. */
function firstHourOf(marks: readonly DayMark[]): number {
  const hours = marks.map(({ minute }) => minute / 60);
  const latest = Math.floor(Math.min(...hours));
  const earliest = Math.ceil(Math.max(...hours)) - HOURS_SHOWN;
  return Math.min(latest, Math.max(earliest, USUAL_FIRST_HOUR));
}

function tickOf(minute: number, firstHour: number): number {
  const tick = Math.round((minute - firstHour * 60) / MINUTES_PER_TICK);
  return Math.min(TICKS - 1, Math.max(0, tick));
}

/** "1 PM", or "1" beside an hour that says which half of the day it is. */
function hourWord(hour: number, withHalf: boolean): string {
  const number = String(hour % 12 || 12);
  if (!withHalf) return number;
  return `${number} ${hour % 24 < 12 ? 'AM' : 'PM'}`;
}
