import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** Keys of programs that use the office's API, and what was answered to requests that may come twice. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table api_keys (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      name text not null,
      -- Its first characters, by which people tell their keys apart.
      start text not null,
      -- The key itself is shown once and not kept.
      key_digest text not null unique,
      scopes text[] not null,
      requests_per_minute integer not null check (requests_per_minute between 1 and 6000),
      created_by uuid references users on delete set null,
      created_at timestamptz not null default slotline_now(),
      expires_at timestamptz,
      -- To the minute.
      last_used_at timestamptz,
      revoked_at timestamptz
    );
    create index api_keys_by_organization on api_keys (organization_id, created_at desc, id desc);

    create table idempotent_answers (
      id uuid primary key default gen_random_uuid(),
      -- A user or an API key.
      owner text not null,
      key text not null,
      -- Of method, address and body.
      request_digest text not null,
      -- Null while the request is under way, in its own transaction.
      status integer,
      headers jsonb,
      -- As it was sent, in its order.
      body json,
      created_at timestamptz not null default slotline_now(),
      unique (owner, key)
    );
    create index idempotent_answers_by_age on idempotent_answers (created_at);
  `.execute(db);
}
