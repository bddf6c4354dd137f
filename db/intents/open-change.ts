import { sql } from 'kysely';
import type { Database } from '../database.ts';

/**
 * The change of a call that nobody knows the outcome of; undefined where there is none. `isWrittenTo`:
 * its attendee has an e-mail address, and hears what comes of it.
 */
export async function findOpenChange(
  db: Database,
  { organizationId, callId }: { organizationId: string; callId: string },
): Promise<{ isWrittenTo: boolean } | undefined> {
  return db
    .selectFrom('bookingIntents')
    .select(sql<boolean>`attendee ->> 'email' is not null`.as('isWrittenTo'))
    .where('organizationId', '=', organizationId)
    .where('callId', '=', callId)
    .where('state', 'in', ['claimed', 'unknown', 'attention'])
    .orderBy('createdAt', 'desc')
    .limit(1)
    .executeTakeFirst();
}
