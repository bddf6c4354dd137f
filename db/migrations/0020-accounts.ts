import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/**
 * People of the office: who they are and how they sign in (tables of better-auth 1.7), to which
 * organizations they belong, how they are let in, and what they did.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table users (
      id uuid primary key default gen_random_uuid(),
      name text not null,
      -- In small letters.
      email text not null unique check (email = lower(email)),
      email_verified boolean not null default false,
      image text,
      two_factor_enabled boolean not null default false,
      created_at timestamptz not null default slotline_now(),
      updated_at timestamptz not null default slotline_now()
    );

    create table user_sessions (
      id uuid primary key default gen_random_uuid(),
      user_id uuid not null references users on delete cascade,
      token text not null unique,
      expires_at timestamptz not null,
      ip_address text,
      user_agent text,
      created_at timestamptz not null default slotline_now(),
      updated_at timestamptz not null default slotline_now()
    );
    create index user_sessions_by_user on user_sessions (user_id);
    create index user_sessions_by_expiry on user_sessions (expires_at);

    -- A way to sign in: a password, or an account at an identity provider.
    create table user_accounts (
      id uuid primary key default gen_random_uuid(),
      user_id uuid not null references users on delete cascade,
      provider_id text not null,
      account_id text not null,
      access_token text,
      refresh_token text,
      id_token text,
      access_token_expires_at timestamptz,
      refresh_token_expires_at timestamptz,
      scope text,
      -- A scrypt hash.
      password text,
      created_at timestamptz not null default slotline_now(),
      updated_at timestamptz not null default slotline_now(),
      unique (provider_id, account_id)
    );
    create index user_accounts_by_user on user_accounts (user_id);

    -- What was sent to somebody and is waited for: resets, challenges of passkeys, second steps.
    create table verifications (
      id uuid primary key default gen_random_uuid(),
      identifier text not null,
      value text not null,
      expires_at timestamptz not null,
      created_at timestamptz not null default slotline_now(),
      updated_at timestamptz not null default slotline_now()
    );
    create index verifications_by_identifier on verifications (identifier);
    create index verifications_by_expiry on verifications (expires_at);

    create table two_factors (
      id uuid primary key default gen_random_uuid(),
      user_id uuid not null references users on delete cascade,
      -- Both encrypted.
      secret text not null,
      backup_codes text not null,
      verified boolean default true,
      failed_verification_count integer default 0,
      locked_until timestamptz
    );
    create index two_factors_by_user on two_factors (user_id);

    create table passkeys (
      id uuid primary key default gen_random_uuid(),
      user_id uuid not null references users on delete cascade,
      name text,
      public_key text not null,
      credential_id text not null unique,
      counter bigint not null,
      device_type text not null,
      backed_up boolean not null,
      transports text,
      aaguid text,
      created_at timestamptz default slotline_now()
    );
    create index passkeys_by_user on passkeys (user_id);

    create table members (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      user_id uuid not null references users on delete cascade,
      role text not null check (role in ('owner', 'admin', 'staff', 'viewer')),
      created_at timestamptz not null default slotline_now(),
      updated_at timestamptz not null default slotline_now(),
      unique (organization_id, user_id)
    );
    create index members_by_user on members (user_id);

    -- Makes an owner, once. The token itself is shown and not kept.
    create table setup_links (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      token_digest text not null unique,
      created_at timestamptz not null default slotline_now(),
      expires_at timestamptz not null,
      used_at timestamptz
    );

    create table invitations (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      email text not null check (email = lower(email)),
      role text not null check (role in ('owner', 'admin', 'staff', 'viewer')),
      token_digest text not null unique,
      invited_by uuid references users on delete set null,
      created_at timestamptz not null default slotline_now(),
      expires_at timestamptz not null,
      accepted_at timestamptz,
      revoked_at timestamptz
    );
    create index invitations_open on invitations (organization_id, created_at, id)
      where accepted_at is null and revoked_at is null;

    -- Who changed what; written in the transaction of the change.
    create table audit_entries (
      id bigint generated always as identity primary key,
      organization_id uuid not null references organizations on delete cascade,
      at timestamptz not null default slotline_now(),
      actor_kind text not null check (actor_kind in ('user', 'key', 'operator')),
      -- Of a user or a key, which may be gone by now.
      actor_id uuid,
      actor_name text not null,
      action text not null,
      subject_kind text not null,
      subject_id text not null,
      before jsonb,
      after jsonb
    );
    create index audit_entries_by_organization on audit_entries (organization_id, id desc);

    alter table outbox_messages
      drop constraint outbox_messages_kind_check,
      add constraint outbox_messages_kind_check check (kind in (
        'booked', 'rescheduled', 'cancelled', 'settled_booked', 'settled_not_booked',
        'settled_rescheduled', 'settled_not_rescheduled', 'settled_cancelled',
        'settled_not_cancelled', 'code', 'summary', 'account_link'));
  `.execute(db);
}
