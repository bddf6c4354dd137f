import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { purgeBatch } from '../purge-batch.ts';

/** Forgets sessions that are over, so many at most; answers how many, as the next three do. */
export function purgeSessions(db: Database, limit: number): Promise<number> {
  return purgeBatch(db, 'userSessions', sql`expires_at < slotline_now()`, limit);
}

/** Of challenges and links that nobody came back for. */
export function purgeVerifications(db: Database, limit: number): Promise<number> {
  return purgeBatch(db, 'verifications', sql`expires_at < slotline_now()`, limit);
}

export function purgeSetupLinks(db: Database, limit: number): Promise<number> {
  return purgeBatch(db, 'setupLinks', sql`expires_at < slotline_now()`, limit);
}

/** Invitations name people: 30 days after their end they go. */
export function purgeInvitations(db: Database, limit: number): Promise<number> {
  return purgeBatch(
    db,
    'invitations',
    sql`expires_at < slotline_now() - interval '30 days'`,
    limit,
  );
}
