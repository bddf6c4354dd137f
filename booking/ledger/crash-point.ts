/**
 * The boundaries between two steps of an intent, in their order. A process may die at any of them,
 * and what it leaves is settled truthfully: the storm kills processes at each.
 */
export const CRASH_POINTS = [
  /** The intent is written; nothing is claimed. */
  'requested',
  /** The claim is asked for; it may or may not be written. */
  'claiming',
  /** The time is claimed; the provider knows nothing. */
  'claimed',
  /** The provider has done it; we have written nothing. */
  'provider-answered',
  /** The provider's answer leaves the outcome open; we have written nothing. */
  'outcome-in-doubt',
  /** It is written that the outcome is not known. */
  'unknown-written',
  /** The provider has said whether it happened; we have written nothing. */
  'looked-up',
  /** A move by two bookings: the new one is made, the old one still stands. */
  'booked-anew',
  /** It is written that the new one is made. */
  'booked-anew-written',
  /** The old one is cancelled; we have written nothing. */
  'old-cancelled',
  /** Inside the transaction that writes the outcome. */
  'confirming',
  /** The outcome is written; nobody was told. */
  'confirmed',
  /** The provider has refused; we have written nothing. */
  'provider-refused',
  /** The refusal is written; nobody was told. */
  'refused',
  /** The reconciler has taken the intent up. */
  'taken-up',
] as const;

export type CrashPoint = (typeof CRASH_POINTS)[number];

/** Says that a boundary is reached; does nothing unless the context carries a hook. */
export async function reached(
  context: { onStep?: (name: CrashPoint) => void | Promise<void> },
  name: CrashPoint,
): Promise<void> {
  await context.onStep?.(name);
}
