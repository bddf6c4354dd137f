import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/**
 * Claims are written where their names and times are: in `db/intents/claims.ts`. What takes part in
 * them is said once, by a column: its indexes are found without a proof of their conditions.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    drop function claim_intent(uuid, text, double precision);

    alter table booking_intents add column is_live boolean not null generated always as (
      kind <> 'cancel' and state in ('claimed', 'confirmed', 'unknown', 'attention')) stored;
    drop index booking_intents_one_live_claim;
    create unique index booking_intents_one_live_claim
      on booking_intents (calendar_connection_id, resource, start_at) where is_live;
    -- What a claim asks: does anything live overlap? Of every resource, since writes of overlapping
    -- times go one after the other.
    drop index booking_intents_live_by_end;
    create index booking_intents_live_by_end
      on booking_intents (calendar_connection_id, end_at) where is_live;
  `.execute(db);
}
