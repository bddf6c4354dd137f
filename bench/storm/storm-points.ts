import { CRASH_POINTS } from '../../booking/ledger/crash-point.ts';
import type { CrashPoint } from '../../booking/ledger/crash-point.ts';

/** Where a process is killed; `in-flight`: while a write is under way at the provider. */
export type StormPoint = CrashPoint | 'in-flight';

/** Reached where the provider moves a booking by making another. */
const OF_REPLACEMENTS: readonly StormPoint[] = [
  'booked-anew',
  'booked-anew-written',
  'old-cancelled',
];

export function needsReplacement(point: StormPoint): boolean {
  return OF_REPLACEMENTS.includes(point);
}

/** Where a call may die. */
export const CALL_POINTS: readonly StormPoint[] = [
  ...CRASH_POINTS.filter((point) => point !== 'taken-up'),
  'in-flight',
];

/** Where the reconciler may die. */
export const RECONCILER_POINTS: readonly StormPoint[] = [
  'taken-up',
  'looked-up',
  'confirming',
  'confirmed',
  'refused',
];
