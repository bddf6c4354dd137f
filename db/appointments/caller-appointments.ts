import type { Database } from '../database.ts';

/** Upcoming appointments that were made with a number, of an organization; E.164. */
export async function listUpcomingByPhone(
  db: Database,
  of: { organizationId: string; phone: string; after: Date },
): Promise<{ reference: string; email: string | null }[]> {
  return db
    .selectFrom('appointments')
    .select(['reference', 'attendeeEmail as email'])
    .where('organizationId', '=', of.organizationId)
    .where('attendeePhone', '=', of.phone)
    .where('status', 'in', ['confirmed', 'pending'])
    .where('startAt', '>', of.after)
    .orderBy('startAt')
    .limit(10)
    .execute();
}
