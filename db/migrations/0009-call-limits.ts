import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** Limits hold for calls of every line; a call gives signs of life, and one that is dead counts no more. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table phone_settings rename to call_limits;
    alter table call_limits rename constraint phone_settings_pkey to call_limits_pkey;
    alter table call_limits rename constraint phone_settings_organization_id_fkey
      to call_limits_organization_id_fkey;
    alter table call_limits rename constraint phone_settings_calls_at_once_check
      to call_limits_calls_at_once_check;
    alter table call_limits rename constraint phone_settings_calls_per_caller_an_hour_check
      to call_limits_calls_per_caller_an_hour_check;
    alter table call_limits rename constraint phone_settings_longest_call_minutes_check
      to call_limits_longest_call_minutes_check;

    -- When the process that has the call last said so.
    alter table calls add column last_sign_at timestamptz not null default slotline_now();
  `.execute(db);
}
