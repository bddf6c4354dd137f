import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { purgeBatch } from '../purge-batch.ts';

export interface CallerGuess {
  organizationId: string;
  callId: string;
  /** The number of the line or the digest of a visitor's address; null where neither is known. */
  caller: string | null;
  /** In lower case; null where the number of the line stands for it. */
  email: string | null;
}

/** How often others and the same caller were wrong before. */
export interface WrongGuesses {
  /** Over all callers, at this address. */
  ofEmailToday: number;
  ofEmailThisWeek: number;
  /** Of this caller, at whatever address. */
  ofCallerToday: number;
}

/**
 * Notes that somebody says whose an appointment is, before it is looked up: guesses at the same time
 * count each other.
 */
export async function noteGuess(
  db: Database,
  guess: CallerGuess,
): Promise<WrongGuesses & { id: string }> {
  const { id } = await db
    .insertInto('callerGuesses')
    .values(guess)
    .returning('id')
    .executeTakeFirstOrThrow();
  const { organizationId, caller, email } = guess;
  const today = sql`guessed_at > slotline_now() - interval '1 day'`;
  const { rows } = await sql<WrongGuesses>`
    select count(*) filter (where email = ${email} and ${today})::integer as of_email_today,
      count(*) filter (where email = ${email})::integer as of_email_this_week,
      count(*) filter (where caller = ${caller} and ${today})::integer as of_caller_today
    from caller_guesses
    where organization_id = ${organizationId} and (email = ${email} or caller = ${caller})
      and not proved and id <> ${id}
      and guessed_at > slotline_now() - interval '7 days'`.execute(db);
  return { id, ...(rows[0] ?? { ofEmailToday: 0, ofEmailThisWeek: 0, ofCallerToday: 0 }) };
}

/** It was right: it counts as no guess. */
export async function noteProof(db: Database, id: string): Promise<void> {
  await db.updateTable('callerGuesses').set({ proved: true }).where('id', '=', id).execute();
}

/** Forgets guesses that are older than what is counted, so many at most; answers how many. */
export function purgeGuesses(db: Database, limit: number): Promise<number> {
  return purgeBatch(
    db,
    'callerGuesses',
    sql`guessed_at < slotline_now() - interval '7 days'`,
    limit,
  );
}
