/** The time of a call: real, or set by a rehearsal and then running on at its usual pace. */
export function rehearsalClock(start: string | undefined): () => Date {
  if (start === undefined) return () => new Date();
  const offset = new Date(start).getTime() - Date.now();
  return () => new Date(Date.now() + offset);
}
