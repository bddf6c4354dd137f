import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/**
 * Calendars whose owner signs in at the provider: the tokens, why they are good no more, and the
 * sign-ins that were begun; and when a calendar is to be read out of its turn.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table calendar_connections
      -- Sealed; null where there is a credential, or nobody signed in.
      add column tokens bytea,
      -- Why its owner must sign in again, for the operator; null: they need not.
      add column reconnect_reason text,
      -- When its provider said last that something changed, and not what.
      add column sync_asked_at timestamptz;

    create table calendar_authorizations (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      provider text not null,
      -- Of the state that the provider hands back: who knows the row does not know it.
      state_digest text not null unique,
      -- Sealed; what proves to the provider that the code is ours (RFC 7636).
      verifier bytea not null,
      redirect_uri text not null,
      -- The calendar as it is to be connected.
      wish jsonb not null check (jsonb_typeof(wish) = 'object'),
      -- Who began it; kept for the audit log, whatever becomes of them.
      actor jsonb not null check (jsonb_typeof(actor) = 'object'),
      -- Of a sign-in from the office: in no other session it is finished. Null: from the command line.
      session_id uuid,
      created_at timestamptz not null default slotline_now(),
      expires_at timestamptz not null,
      used_at timestamptz,
      ended_at timestamptz,
      calendar_connection_id uuid references calendar_connections on delete set null,
      -- Why it came to nothing, for the operator.
      trouble text
    );
    create index calendar_authorizations_by_organization
      on calendar_authorizations (organization_id);
  `.execute(db);
}
