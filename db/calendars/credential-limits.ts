import { sql } from 'kysely';
import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';

/** The connection whose credential is meant. */
export interface CredentialKey {
  calendarConnectionId: string;
}

export interface RequestWindow {
  /** Requests a window, while the provider has not said otherwise. */
  limit: number;
  /** Milliseconds. */
  window: number;
}

/**
 * Takes one request from a credential's budget, over all processes, in one statement.
 * @param reserve what must be left afterwards
 * @returns null when it was taken, else the milliseconds until the budget is full again
 */
export async function takeCredentialRequest(
  db: Database,
  key: CredentialKey,
  { limit, window, reserve }: RequestWindow & { reserve: number },
): Promise<number | null> {
  const seconds = window / 1_000;
  const { rows } = await sql<{ taken: boolean; wait: number }>`
    with taken as (
      insert into credential_limits as budget (calendar_connection_id, remaining, window_ends_at)
      values (
        ${key.calendarConnectionId}, ${limit - 1}, slotline_now() + make_interval(secs => ${seconds})
      )
      on conflict (calendar_connection_id) do update set
        remaining = case when budget.window_ends_at <= slotline_now()
          then excluded.remaining else budget.remaining - 1 end,
        window_ends_at = case when budget.window_ends_at <= slotline_now()
          then excluded.window_ends_at else budget.window_ends_at end
      where budget.window_ends_at <= slotline_now() or budget.remaining > ${reserve}
      returning 1
    )
    select true as taken, 0 as wait from taken
    union all
    select false as taken,
      ceil(greatest(0, extract(epoch from window_ends_at - slotline_now())) * 1000)::integer as wait
    from credential_limits
    where calendar_connection_id = ${key.calendarConnectionId} and not exists (select from taken)
  `.execute(db);
  // Refused by a row that another made after this statement began, which cannot see it: ask again.
  const [row = { taken: false, wait: 0 }] = rows;
  return row.taken ? null : row.wait;
}

/**
 * Notes what the provider said of a credential's budget. It does not count yet what is on its way,
 * so the smaller number holds, unless the provider's is larger by more than that can be.
 * @param margin the most that can be on its way
 */
export async function noteCredentialBudget(
  db: Database,
  key: CredentialKey,
  { remaining, resetSeconds, margin }: { remaining: number; resetSeconds: number; margin: number },
): Promise<void> {
  await sql`
    insert into credential_limits as budget (calendar_connection_id, remaining, window_ends_at)
    values (
      ${key.calendarConnectionId}, ${remaining}, slotline_now() + make_interval(secs => ${resetSeconds})
    )
    on conflict (calendar_connection_id) do update set
      remaining = case
        when budget.window_ends_at <= slotline_now() or excluded.remaining > budget.remaining + ${margin}
          then excluded.remaining
        else least(budget.remaining, excluded.remaining) end,
      window_ends_at = excluded.window_ends_at
  `.execute(db);
}

/** What is left of a credential's budget. */
export interface CredentialBudget {
  /** Requests. */
  remaining: number;
  fullAgainAt: Date;
}

/** Undefined where nothing was asked lately: then it is full. */
export async function findCredentialBudget(
  db: Database,
  { calendarConnectionId }: CredentialKey,
): Promise<CredentialBudget | undefined> {
  return db
    .selectFrom('credentialLimits')
    .select(['remaining', 'windowEndsAt as fullAgainAt'])
    .where('calendarConnectionId', '=', calendarConnectionId)
    .where('windowEndsAt', '>', NOW)
    .executeTakeFirst();
}
