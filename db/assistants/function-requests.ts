import { sql } from 'kysely';
import { ago, NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import type { StoredFunctionAnswer } from './tables.ts';

export interface FunctionRequest {
  callId: string;
  /** The platform's id of the request, or what stands for it. */
  name: string;
  /** Of the function and its arguments. */
  digest: string;
}

export interface StoredRequest {
  digest: string;
  answer: StoredFunctionAnswer | null;
  answeredAt: Date | null;
}

/** Writes a request down that is about to be carried out. */
export async function insertFunctionRequest(db: Database, request: FunctionRequest): Promise<void> {
  await db
    .insertInto('functionRequests')
    .values(request)
    .onConflict((conflict) => conflict.columns(['callId', 'name']).doNothing())
    .execute();
}

/** As it stands; undefined where the call is over and its answers are forgotten. */
export async function findFunctionRequest(
  db: Database,
  { callId, name }: Pick<FunctionRequest, 'callId' | 'name'>,
): Promise<StoredRequest | undefined> {
  return db
    .selectFrom('functionRequests')
    .select(['digest', 'answer', 'answeredAt'])
    .where('callId', '=', callId)
    .where('name', '=', name)
    .executeTakeFirst();
}

/** Keeps what a request was answered. */
export async function keepAnswer(
  db: Database,
  { callId, name }: Pick<FunctionRequest, 'callId' | 'name'>,
  answer: StoredFunctionAnswer,
): Promise<void> {
  await db
    .updateTable('functionRequests')
    .set({ answer: JSON.stringify(answer), answeredAt: NOW })
    .where('callId', '=', callId)
    .where('name', '=', name)
    .execute();
}

/** Forgets a request, so that it is carried out when it comes again. */
export async function forgetRequest(
  db: Database,
  { callId, name }: Pick<FunctionRequest, 'callId' | 'name'>,
): Promise<void> {
  await db
    .deleteFrom('functionRequests')
    .where('callId', '=', callId)
    .where('name', '=', name)
    .execute();
}

/**
 * Forgets the answer of a request that was answered longer ago, or before another one of the call was
 * asked: the same wish is a new one then.
 * @param within milliseconds, of what the caller was told word for word and of the rest
 */
export async function forgetAnswered(
  db: Database,
  { callId, name }: Pick<FunctionRequest, 'callId' | 'name'>,
  within: { done: number; other: number },
): Promise<void> {
  await db
    .deleteFrom('functionRequests')
    .where('callId', '=', callId)
    .where('name', '=', name)
    .where((row) =>
      row.or([
        row('answeredAt', '<', ago(within.done)),
        row.and([
          row('answeredAt', '<', ago(within.other)),
          sql<boolean>`answer ->> 'exact' is null`,
        ]),
        // What was booked may have been cancelled by it.
        sql<boolean>`exists (select from function_requests as later
          where later.call_id = function_requests.call_id
            and later.asked_at > function_requests.answered_at)`,
      ]),
    )
    .execute();
}

/** How many requests of a call there are, and how many of them came within so many milliseconds. */
export async function countRequests(
  db: Database,
  callId: string,
  within: number,
): Promise<{ all: number; lately: number }> {
  const { all, lately } = await db
    .selectFrom('functionRequests')
    .select((select) => [
      select.fn.countAll().as('all'),
      select.fn.countAll().filterWhere('askedAt', '>', ago(within)).as('lately'),
    ])
    .where('callId', '=', callId)
    .executeTakeFirstOrThrow();
  return { all: Number(all), lately: Number(lately) };
}

/** Whether a request is under way, or one for the same thing under another name. */
export async function isRunning(
  db: Database,
  { callId, name, digest }: FunctionRequest,
): Promise<boolean> {
  const row = await db
    .selectFrom('functionRequests')
    .select('id')
    .where('callId', '=', callId)
    .where((row) => row.or([row('name', '=', name), row('digest', '=', digest)]))
    .where('answeredAt', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}
