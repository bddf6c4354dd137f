import { z } from 'zod';
import { findWholeCall } from '../../db/calls/whole-call.ts';
import type { WholeCall } from '../../db/calls/whole-call.ts';
import type { Database } from '../../db/database.ts';
import { ManageError } from '../manage-error.ts';
import { parseInput } from '../parse-input.ts';
import { findPersonal } from './known-personal.ts';
import { maskCaller } from './list-calls.ts';
import { StandIns } from './stand-ins.ts';

const KeySchema = z.strictObject({ id: z.uuid('must be the id that `calls list` shows') });

/** A whole call in a form that may be shown. */
export type ShownCall = Omit<WholeCall, 'organizationId' | 'agentId'>;

/**
 * Finds a call with everything on record of it, names and numbers as they are.
 * @param options.rehearsals false: none that a rehearsal made
 * @throws {ManageError} there is no such call
 */
export async function findManagedCall(
  db: Database,
  organizationId: string,
  input: { id?: unknown },
  { rehearsals }: { rehearsals: boolean } = { rehearsals: true },
): Promise<WholeCall> {
  const { id } = parseInput(KeySchema, input);
  const call = await findWholeCall(db, { organizationId, id, rehearsals });
  if (call) return call;
  const where = rehearsals ? ': see `calls list`' : '';
  throw new ManageError(`There is no such call${where}.`, { field: 'id', fault: 'missing' });
}

/**
 * Everything that is on record of one call.
 * @param options.showPersonal without it made-up names, addresses and numbers stand in place of those
 *   that are known, also in what was said
 * @throws {ManageError} there is no such call
 */
export async function showCall(
  db: Database,
  organizationId: string,
  input: { id?: unknown },
  { showPersonal }: { showPersonal: boolean },
): Promise<ShownCall> {
  const {
    organizationId: _,
    agentId: _agent,
    ...call
  } = await findManagedCall(db, organizationId, input);
  return showPersonal ? call : withStandIns(call, new StandIns(findPersonal(call)));
}

function withStandIns(call: ShownCall, standIns: StandIns): ShownCall {
  const { appointmentDetails: details } = call;
  return {
    ...maskCaller(call),
    appointmentDetails: standIns.in(details) as typeof details,
    turns: call.turns.map((turn) => ({
      ...turn,
      text: turn.role === 'caller' ? standIns.said(turn.text) : standIns.known(turn.text),
    })),
    tools: call.tools.map((tool) => ({
      ...tool,
      arguments: standIns.in(tool.arguments),
      result: standIns.in(tool.result),
      error: tool.error === null ? null : standIns.known(tool.error),
    })),
    marks: call.marks.map((mark) => ({
      ...mark,
      words: mark.words === null ? null : standIns.known(mark.words),
    })),
    intents: call.intents.map((intent) => ({
      ...intent,
      attendee: standIns.in(intent.attendee) as typeof intent.attendee,
    })),
    messages: call.messages.map(({ at, ...message }) => ({
      at,
      ...(standIns.in({ ...message, text: standIns.said(message.text) }) as typeof message),
    })),
  };
}
