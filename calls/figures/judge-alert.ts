import type { AlertDirection, AlertState } from '../../db/values.ts';
import type { Measured } from './measures.ts';

/**
 * Decides what an alert is now. It is raised beyond its threshold and is over beyond the other value
 * alone: what swings around the threshold is told once. Of too few cases nothing is decided.
 */
export function judgeAlert(
  alert: {
    state: AlertState;
    direction: AlertDirection;
    threshold: number;
    clearsAt: number;
    leastCases: number;
  },
  { value, cases }: Measured,
): AlertState {
  if (value === null || cases < alert.leastCases) return alert.state;
  const isAbove = alert.direction === 'above';
  if (alert.state === 'quiet') {
    const isBeyond = isAbove ? value > alert.threshold : value < alert.threshold;
    return isBeyond ? 'raised' : 'quiet';
  }
  const isOver = isAbove ? value <= alert.clearsAt : value >= alert.clearsAt;
  return isOver ? 'quiet' : 'raised';
}
