import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** Who asked for a booking by hand, who sees to a message, and names for blocked callers. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table booking_intents
      -- Kind, id and name of who asked where no call did; null of a call.
      add column requested_by jsonb;

    alter table messages_taken
      add column assignee_id uuid,
      add column note text not null default '',
      -- Who saw to it; null where nobody did, and of those from before this column.
      add column handled_by text,
      add foreign key (organization_id, assignee_id) references members (organization_id, user_id)
        on delete set null (assignee_id);
    create index messages_taken_by_time on messages_taken (organization_id, created_at, id);
    create index messages_taken_by_assignee on messages_taken (organization_id, assignee_id)
      where assignee_id is not null;

    -- An address names a row by this: a number of a person's is in no address.
    alter table blocked_callers add column id uuid not null unique default gen_random_uuid();
  `.execute(db);
}

export const indexes = [
  { name: 'appointments_by_intent', on: 'appointments (intent_id) where intent_id is not null' },
  // A list by time goes on behind a row of it.
  { name: 'appointments_by_start_and_id', on: 'appointments (organization_id, start_at, id)' },
  {
    name: 'booking_intents_open_bookings',
    on: `booking_intents (organization_id, start_at)
      where kind = 'book' and state in ('claimed', 'unknown', 'attention')`,
  },
];

/** The one in whose place the second stands. */
export async function finish(db: QueryExecutorProvider): Promise<void> {
  await sql`drop index concurrently if exists appointments_by_start`.execute(db);
}
