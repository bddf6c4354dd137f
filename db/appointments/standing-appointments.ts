import type { Database } from '../database.ts';
import type { MirrorKey } from './appointments.ts';

/** The calendar's appointments that stand and begin in a range, as far as names go. */
export async function listStanding(
  db: Database,
  { organizationId, calendarConnectionId }: MirrorKey,
  range: { from: Date; to: Date },
): Promise<{ reference: string; providerUid: string | null; eventType: string }[]> {
  return db
    .selectFrom('appointments')
    .select(['reference', 'providerUid', 'eventType'])
    .where('organizationId', '=', organizationId)
    .where('calendarConnectionId', '=', calendarConnectionId)
    .where('startAt', '>=', range.from)
    .where('startAt', '<', range.to)
    .where('status', 'in', ['confirmed', 'pending'])
    .orderBy('startAt')
    .execute();
}
