import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** Who guesses at appointments is counted by call and by caller too; a mailed code proves a caller. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    drop table identity_claims;

    -- What somebody said to prove that an appointment is theirs, and whether it was right.
    create table caller_guesses (
      id bigint generated always as identity primary key,
      organization_id uuid not null references organizations on delete cascade,
      call_id uuid not null,
      -- The number of the line or the digest of a visitor's address; null where neither is known.
      caller text,
      -- In lower case; null where the number of the line stands for it.
      email text,
      proved boolean not null default false,
      guessed_at timestamptz not null default slotline_now(),
      foreign key (organization_id, call_id) references calls (organization_id, id) on delete cascade
    );
    create index caller_guesses_by_email on caller_guesses (organization_id, email, guessed_at);
    create index caller_guesses_by_caller on caller_guesses (organization_id, caller, guessed_at)
      where caller is not null;

    create table mailed_codes (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      -- The call that asked for it: in no other it proves anything.
      call_id uuid not null,
      email text not null,
      -- Six digits, in clear as in the mail: worth nothing after some minutes or one use.
      code text not null check (code ~ '^[0-9]{6}$'),
      tries integer not null default 0,
      mailed_at timestamptz not null default slotline_now(),
      expires_at timestamptz not null,
      used_at timestamptz,
      foreign key (organization_id, call_id) references calls (organization_id, id) on delete cascade
    );
    create index mailed_codes_by_email on mailed_codes (organization_id, email, mailed_at);
    create index mailed_codes_by_expiry on mailed_codes (expires_at);

    alter table outbox_messages
      drop constraint outbox_messages_kind_check,
      add constraint outbox_messages_kind_check check (kind in (
        'booked', 'rescheduled', 'cancelled', 'settled_booked', 'settled_not_booked',
        'settled_rescheduled', 'settled_not_rescheduled', 'settled_cancelled',
        'settled_not_cancelled', 'code'));
  `.execute(db);
}
