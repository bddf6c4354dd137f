import { stepAdded } from './intents.ts';
import type { Intent, IntentKey } from './intents.ts';
import { NOW, ago } from '../clock.ts';
import type { Database } from '../database.ts';

export type RefusedIntent = Pick<Intent, 'organizationId' | 'id' | 'kind' | 'appointmentId'>;

/** What a call asked for and did not get in the last so many milliseconds. */
export async function listIntentsRefusedWithin(
  db: Database,
  key: { organizationId: string; callId: string; within: number },
): Promise<RefusedIntent[]> {
  return db
    .selectFrom('bookingIntents')
    .select(['organizationId', 'id', 'kind', 'appointmentId'])
    .where('organizationId', '=', key.organizationId)
    .where('callId', '=', key.callId)
    .where('state', '=', 'refused')
    .where('updatedAt', '>=', ago(key.within))
    .execute();
}

/** The refused intent of an idempotency key, where there is one. */
export async function findRefusedIntent(
  db: Database,
  calendar: { organizationId: string; calendarConnectionId: string },
  idempotencyKey: string,
): Promise<Intent | undefined> {
  return db
    .selectFrom('bookingIntents')
    .selectAll()
    .where('organizationId', '=', calendar.organizationId)
    .where('calendarConnectionId', '=', calendar.calendarConnectionId)
    .where('idempotencyKey', '=', idempotencyKey)
    .where('state', '=', 'refused')
    .where('kind', '<>', 'cancel')
    .executeTakeFirst();
}

const DOUBLED =
  'The provider has it after all, and somebody else was given its time meanwhile: ' +
  'cancel one of the two in the calendar, then settle the intent by hand.';

/**
 * Asks for an operator: a refused intent stands at the provider, and its time is another's. It is
 * given a resource of its own, since no claim may overlap another; the reconciler, who could but
 * confirm it, leaves it alone.
 */
export async function noteDoubleBooking(
  db: Database,
  key: IntentKey,
  reference: string,
): Promise<void> {
  await db
    .updateTable('bookingIntents')
    .set({
      state: 'attention',
      reason: DOUBLED,
      reference,
      resource: `doubled/${key.id}`,
      updatedAt: NOW,
      steps: stepAdded('attention', DOUBLED),
    })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .where('state', '=', 'refused')
    .execute();
}
