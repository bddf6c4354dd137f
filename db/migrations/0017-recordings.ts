import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** Recordings of calls: which agents make them, and where the parts of each call lie. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table agents add column recording boolean not null default false;

    -- Whether the caller was told of the recording, or did not want it. Null: nothing was recorded.
    alter table calls add column recording text check (recording in ('announced', 'refused'));

    -- A call that another process took over has several. A row outlives its call until what it
    -- names is deleted.
    create table call_recordings (
      -- Nobody can guess it: it is the name of the object.
      id uuid primary key,
      organization_id uuid,
      call_id uuid,
      started_at timestamptz not null default slotline_now(),
      -- Null until it has ended.
      milliseconds integer check (milliseconds >= 0),
      bytes bigint check (bytes >= 0),
      -- Why something of the call is missing in it.
      incomplete text,
      -- The place where it lies; null while it lies at the worker.
      store text,
      -- Since when it is to be deleted.
      unwanted_at timestamptz,
      foreign key (organization_id, call_id) references calls (organization_id, id)
        on delete set null
    );
    create index call_recordings_by_call on call_recordings (call_id, started_at);
    create index call_recordings_unwanted on call_recordings (unwanted_at)
      where unwanted_at is not null or call_id is null;
  `.execute(db);
}
