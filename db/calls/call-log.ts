import { sql } from 'kysely';
import type { Database } from '../database.ts';
import type { ChargedAmounts, ChargeKind, TurnMedium, TurnRole } from '../values.ts';
import type { CallKey } from './calls.ts';

// What is written of a call while it goes on.

export interface NewTurn {
  role: TurnRole;
  text: string;
  interrupted: boolean;
  medium: TurnMedium;
  /** Milliseconds from the end of what the caller said, of the first turn that answers it. */
  latency: number | null;
  /** When it began to be said. */
  saidAt: Date;
}

/** Writes what was said. */
export async function insertCallTurn(
  db: Database,
  { organizationId, callId }: CallKey,
  turn: NewTurn,
): Promise<void> {
  await db
    .insertInto('callTurns')
    .values({ organizationId, callId, ...turn })
    .execute();
}

/** Notes on the call's row how long its caller waited for an answer; milliseconds. */
export async function appendLatency(
  db: Database,
  { organizationId, callId }: CallKey,
  latency: number,
): Promise<void> {
  await db
    .updateTable('calls')
    .set({ latencies: sql<number[]>`array_append(latencies, ${latency}::integer)` })
    .where('organizationId', '=', organizationId)
    .where('id', '=', callId)
    .execute();
}

/** Writes that a tool was called, before it runs, and answers the row's id. */
export async function insertToolCall(
  db: Database,
  { organizationId, callId }: CallKey,
  call: { name: string; arguments: unknown; calledAt: Date },
): Promise<string> {
  const row = await db
    .insertInto('toolCalls')
    .values({
      organizationId,
      callId,
      name: call.name,
      arguments: JSON.stringify(call.arguments),
      startedAt: call.calledAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Writes how a tool call ended: its result, or the error's words. */
export async function finishToolCall(
  db: Database,
  key: CallKey & { id: string },
  end: { result?: unknown; error?: string; endedAt: Date },
): Promise<void> {
  await db
    .updateTable('toolCalls')
    .set({
      result: end.result === undefined ? null : JSON.stringify(end.result),
      error: end.error ?? null,
      endedAt: end.endedAt,
    })
    .where('organizationId', '=', key.organizationId)
    .where('callId', '=', key.callId)
    .where('id', '=', key.id)
    .execute();
}

export interface NewCharge {
  kind: ChargeKind;
  model: string;
  amounts: ChargedAmounts;
  /** US dollars; null where no price is known. */
  cost: number | null;
}

/** Writes what the model's provider is paid for one answer, or for writing down one turn. */
export async function insertCallCharge(
  db: Database,
  { organizationId, callId }: CallKey,
  { amounts, ...charge }: NewCharge,
): Promise<void> {
  await db
    .insertInto('callCharges')
    .values({ organizationId, callId, ...charge, amounts: JSON.stringify(amounts) })
    .execute();
}

export interface NewMark {
  /** A word, or two with a dot between them: "agent", "truth.stopped". */
  kind: string;
  /** Names nobody and quotes nobody. */
  details: Record<string, unknown>;
  /** What was said, where the mark is about words. */
  words: string | null;
  markedAt: Date;
}

/** Writes a state that changed, or how what was said stood to what is true. */
export async function insertCallMark(
  db: Database,
  { organizationId, callId }: CallKey,
  { kind, details, words, markedAt }: NewMark,
): Promise<void> {
  await db
    .insertInto('callMarks')
    .values({
      organizationId,
      callId,
      kind,
      details: JSON.stringify(details),
      words,
      markedAt,
    })
    .execute();
}
