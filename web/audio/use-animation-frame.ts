import { useEffect, useRef } from 'react';

/**
 * Calls `draw` about thirty times a second while `active`: enough for a meter, and half the
 * work of every frame.
 */
export function useAnimationFrame(active: boolean, draw: () => void): void {
  const latest = useRef(draw);
  useEffect(() => {
    latest.current = draw;
  });
  useEffect(() => {
    if (!active) return undefined;
    let last = 0;
    let frame = requestAnimationFrame(function step(at) {
      if (at - last >= 30) {
        last = at;
        latest.current();
      }
      frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [active]);
}
