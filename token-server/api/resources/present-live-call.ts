import type { z } from 'zod';
import type { LiveCall } from '../../../db/calls/live-calls.ts';
import type { LiveCallSchema } from './call-schemas.ts';

const STATES = ['listening', 'thinking', 'speaking'] as const;

/** A call that goes on. */
export function presentLiveCall(call: LiveCall): z.input<typeof LiveCallSchema> {
  const { agentState, tool, startedAt } = call;
  const told = STATES.find((state) => state === agentState) ?? 'beginning';
  return {
    ...call,
    agent: call.agentSlug,
    startedAt: startedAt.toISOString(),
    state: tool === null ? told : 'working',
  };
}
