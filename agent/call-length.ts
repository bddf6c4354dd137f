const MINUTE = 60_000;

/**
 * Warns a minute before a call is as long as it may be, then ends it.
 *
 * @param milliseconds from now on; of a call of up to two minutes the warning comes after half
 * @returns a function that stops the watch
 */
export function limitLength(
  milliseconds: number,
  { onWarning, onEnd }: { onWarning: () => void; onEnd: () => void },
): () => void {
  const timers = [
    setTimeout(onWarning, Math.max(milliseconds - MINUTE, milliseconds / 2)),
    setTimeout(onEnd, milliseconds),
  ];
  return () => {
    for (const timer of timers) clearTimeout(timer);
  };
}
