import type { ListedCall } from '../../db/calls/list-calls.ts';

/** The columns of a list of calls as CSV. */
export const CALL_COLUMNS = [
  'id',
  'startedAt',
  'endedAt',
  'agent',
  'line',
  'caller',
  'outcome',
  'endedBy',
  'endReason',
  'medianLatencyMs',
  'longestLatencyMs',
  'costUsd',
  'truthMarks',
  'isRehearsal',
] as const;

/** A call as one row of it. */
export function toCallRecord(
  call: ListedCall,
): Record<(typeof CALL_COLUMNS)[number], string | number | boolean | null> {
  return {
    id: call.id,
    startedAt: call.startedAt.toISOString(),
    endedAt: call.endedAt?.toISOString() ?? null,
    agent: call.agentSlug,
    line: call.line,
    caller: call.callerNumber,
    outcome: call.outcome,
    endedBy: call.endedBy,
    endReason: call.endReason,
    medianLatencyMs: call.medianLatency,
    longestLatencyMs: call.longestLatency,
    costUsd: call.cost,
    truthMarks: Object.values(call.truth).reduce((sum, times) => sum + times, 0),
    isRehearsal: call.isRehearsal,
  };
}
