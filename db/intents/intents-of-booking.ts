import type { Database } from '../database.ts';
import type { IntentKind, IntentState } from '../schema.ts';

/** An intent as far as a mirrored booking can concern it. */
export interface MirroredIntent {
  id: string;
  kind: IntentKind;
  state: IntentState;
  startAt: Date;
  idempotencyKey: string;
  reference: string | null;
  agentId: string | null;
  callId: string | null;
  bookingEventId: string | null;
}

/**
 * The intents that made or changed a booking: by one of its names or by the key it carries, newest
 * first. Locked until the transaction ends, and to be locked before the appointment: in that order
 * the ledger writes both.
 */
export async function lockIntentsOfBooking(
  transaction: Database,
  calendar: { organizationId: string; calendarConnectionId: string },
  booking: { uids: readonly string[]; key: string | null },
): Promise<MirroredIntent[]> {
  return transaction
    .selectFrom('bookingIntents')
    .select([
      'id',
      'kind',
      'state',
      'startAt',
      'idempotencyKey',
      'reference',
      'agentId',
      'callId',
      'bookingEventId',
    ])
    .where('organizationId', '=', calendar.organizationId)
    .where('calendarConnectionId', '=', calendar.calendarConnectionId)
    .where((where) =>
      where.or([
        where('reference', 'in', [...booking.uids]),
        where('idempotencyKey', '=', booking.key),
      ]),
    )
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .forUpdate()
    .execute();
}
