import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Database } from '../database.ts';
import type { CallOutcome } from '../values.ts';

/**
 * How a row of `calls` counts by the ledger alone: by what it changed, or may have changed, last.
 * Null where the ledger has nothing of it.
 */
export function outcomeOfIntents(): RawBuilder<CallOutcome | null> {
  return sql<CallOutcome | null>`(
    select case
      when intent.state <> 'confirmed' then 'unknown'
      when intent.kind = 'reschedule' then 'rescheduled'
      when intent.kind = 'cancel' then 'cancelled'
      else 'booked' end
    from booking_intents as intent
    where intent.organization_id = calls.organization_id and intent.call_id = calls.id
      and intent.state in ('confirmed', 'claimed', 'unknown', 'attention')
    order by intent.created_at desc limit 1)`;
}

/**
 * Sets the outcome of a call right that could not be told while it went on, or turned out otherwise,
 * once the intent is settled. To be run in the transaction that settles it.
 *
 * @param intent.callId null changes nothing
 */
export async function settleOutcome(
  transaction: Database,
  { organizationId, callId }: { organizationId: string; callId: string | null },
): Promise<void> {
  if (callId === null) return;
  await sql`
    update calls set outcome = coalesce(${outcomeOfIntents()},
      case
        when ended_by = 'transfer' then 'transferred'
        when exists (
          select from messages_taken as message
          where message.organization_id = calls.organization_id and message.call_id = calls.id
        ) then 'message_taken'
        else 'no_booking' end)
    where organization_id = ${organizationId} and id = ${callId} and outcome in ('unknown', 'no_booking')`.execute(
    transaction,
  );
}
