import { z } from 'zod';
import type { PlatformMessage, SaidCall, SaidEnd, SaidTurn } from '../platform.ts';
import { endWord, Id, MaybeInstant, NumberText, readArguments } from '../read-fields.ts';

const CallSchema = z.object({
  call_id: Id,
  direction: z.string().max(20).optional().catch(undefined),
  from_number: NumberText,
  to_number: NumberText,
  start_timestamp: MaybeInstant,
  disconnection_reason: z.unknown().optional(),
  transcript_object: z.array(z.unknown()).optional().catch(undefined),
});
type RetellCall = z.infer<typeof CallSchema>;

/** What is read of a request; the prompt's variables, metadata and costs are not. */
const RequestSchema = z.object({
  name: Id,
  args: z.unknown().optional(),
  event: z.string().max(100).optional().catch(undefined),
  call: CallSchema.optional().catch(undefined),
});

const TurnSchema = z.object({
  role: z.enum(['agent', 'user']),
  content: z.string(),
  words: z
    .array(z.object({ start: z.number() }))
    .optional()
    .catch(undefined),
});

/** Who ended a call, by the beginning of Retell's word for it. */
const ENDED_BY: [RegExp, SaidEnd['by']][] = [
  [/^user_hangup/, 'caller'],
  [/^agent_hangup/, 'agent'],
  [/^call_transfer/, 'transfer'],
  [/^(inactivity|max_duration_reached)/, 'limit'],
];

/**
 * Reads a custom function or an event of a call.
 * @param functionName of the address, for functions whose body is the arguments alone
 */
export function readRetell(body: unknown, functionName: string | null): PlatformMessage {
  const request = RequestSchema.safeParse(body).data;
  const said = request?.call ? toCall(request.call) : null;
  const isNamed = functionName !== null;
  if (!isNamed && request?.event !== undefined && request.call && said) {
    return readEvent(request.event, request.call, said);
  }
  const call = isNamed ? (callAtRoot(body) ?? unproved(said)) : (said ?? callAtRoot(body));
  const name = functionName ?? request?.name;
  if (name === undefined) return { kind: 'other' };
  const args = request?.args === undefined && isNamed ? body : request?.args;
  const called = { id: null, name, args: readArguments(args) };
  return {
    kind: 'functions',
    call,
    called: [called],
    answer: ([first]) => ({ result: first?.text ?? '' }),
  };
}

function readEvent(event: string, given: RetellCall, call: SaidCall): PlatformMessage {
  if (event !== 'call_ended' && event !== 'call_analyzed') return { kind: 'other' };
  const word = endWord(given.disconnection_reason);
  const [, by] = ENDED_BY.find(([beginning]) => beginning.test(word)) ?? [null, 'fault' as const];
  const end = { reason: `Retell: ${word}`, by };
  return { kind: 'report', call, end, turns: readTurns(given, call) };
}

/** The person is who called, or was called. */
function toCall(given: RetellCall): SaidCall | null {
  if (given.call_id === undefined) return null;
  const isOutbound = given.direction === 'outbound';
  const { from_number: from, to_number: to } = given;
  return {
    id: given.call_id,
    number: (isOutbound ? to : from) ?? null,
    dialled: (isOutbound ? from : to) ?? null,
    startedAt: given.start_timestamp,
  };
}

/** Arguments alone name their call only where a parameter of the function was set to it. */
function callAtRoot(body: unknown): SaidCall | null {
  const { data } = z.object({ call_id: Id }).safeParse(body);
  if (data?.call_id === undefined) return null;
  return { id: data.call_id, number: null, dialled: null, startedAt: null };
}

/** Where the body may be the arguments alone the model wrote all of it: a number in it proves nothing. */
function unproved(said: SaidCall | null): SaidCall | null {
  return said && { id: said.id, number: null, dialled: null, startedAt: null };
}

function readTurns(given: RetellCall, { startedAt }: SaidCall): SaidTurn[] {
  const began = startedAt ?? new Date(0);
  return (given.transcript_object ?? []).flatMap((one): SaidTurn[] => {
    const turn = TurnSchema.safeParse(one).data;
    if (!turn || turn.content.trim() === '') return [];
    const seconds = turn.words?.[0]?.start ?? 0;
    const saidAt = new Date(began.getTime() + seconds * 1_000);
    return [{ role: turn.role === 'user' ? 'caller' : 'agent', text: turn.content, saidAt }];
  });
}
