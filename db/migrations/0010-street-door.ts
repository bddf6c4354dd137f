import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** What keeps one visitor from taking more than a visitor's part, and what a server noticed. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    -- Rooms that a visitor's token opened: each has one call, whatever token is shown for it later.
    create table opened_rooms (
      id uuid primary key default gen_random_uuid(),
      name text not null unique,
      opened_at timestamptz not null default slotline_now(),
      -- When the call was over; null while it goes on, and where its process was killed.
      closed_at timestamptz
    );
    create index opened_rooms_by_age on opened_rooms (opened_at);

    -- A keyed digest of the visitor's address, as long as the call is open.
    alter table calls add column visitor text;
    create index calls_by_visitor on calls (organization_id, visitor)
      where visitor is not null and ended_at is null;

    alter table call_limits
      add column calls_per_visitor_at_once integer not null default 4
        check (calls_per_visitor_at_once > 0),
      -- Percent of calls_at_once that visitors of the page leave to the phone.
      add column kept_for_phone integer not null default 25 check (kept_for_phone between 0 and 100);

    -- What a process met that an operator should know; the doctor tells it.
    create table server_notices (
      name text primary key,
      noticed_at timestamptz not null default slotline_now()
    );
  `.execute(db);
}
