import type { Database } from './database.ts';
import type { IntentKind } from './schema.ts';

export interface RefusedIntent {
  id: string;
  kind: IntentKind;
  appointmentId: string | null;
}

/** What a call asked for and did not get, from that instant on. */
export async function listIntentsRefusedSince(
  db: Database,
  key: { organizationId: string; callId: string; since: Date },
): Promise<RefusedIntent[]> {
  return db
    .selectFrom('bookingIntents')
    .select(['id', 'kind', 'appointmentId'])
    .where('organizationId', '=', key.organizationId)
    .where('callId', '=', key.callId)
    .where('state', '=', 'refused')
    .where('updatedAt', '>=', key.since)
    .execute();
}
