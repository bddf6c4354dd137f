import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** Which figures are watched, when they passed what was set for them, and what may be spent in a month. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table alerts (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      name text not null check (name <> ''),
      -- What is watched; one of the measures of calls/figures/measures.ts.
      measure text not null,
      -- Null: all of them.
      agent_id uuid,
      -- Over how long it is measured, up to now.
      window_hours integer not null check (window_hours between 1 and 720),
      direction text not null check (direction in ('above', 'below')),
      threshold double precision not null,
      -- It is over on the other side of this one, not at the threshold: what swings around the
      -- threshold is told once.
      clears_at double precision not null,
      -- With fewer cases in the window nothing is decided.
      least_cases integer not null default 1 check (least_cases >= 1),
      enabled boolean not null default true,
      state text not null default 'quiet' check (state in ('quiet', 'raised')),
      -- As measured last; null: not yet, or there were too few cases.
      value double precision,
      checked_at timestamptz,
      changed_at timestamptz,
      created_at timestamptz not null default slotline_now(),
      unique (organization_id, id),
      foreign key (organization_id, agent_id) references agents (organization_id, id),
      check (case direction when 'above' then clears_at <= threshold else clears_at >= threshold end)
    );

    create table alert_changes (
      id bigint generated always as identity primary key,
      organization_id uuid not null,
      alert_id uuid not null,
      state text not null check (state in ('quiet', 'raised')),
      value double precision not null,
      changed_at timestamptz not null default slotline_now(),
      foreign key (organization_id, alert_id) references alerts (organization_id, id)
        on delete cascade
    );
    create index alert_changes_by_alert on alert_changes (alert_id, id desc);

    -- Of a month, in the organization's zone.
    create table spending_limits (
      organization_id uuid primary key references organizations on delete cascade,
      -- US dollars.
      dollars numeric(12, 2) not null check (dollars > 0),
      -- Percent of it at which somebody is told; at all of it they are told again.
      warn_at integer not null default 80 check (warn_at between 1 and 100),
      -- The month, by its first day, and the percentage that was told last in it.
      told_month date,
      told_percent integer
    );

    -- Beside whatever else it allows by now.
    do $$
    declare
      allowed text;
    begin
      select pg_get_expr(conbin, conrelid) into strict allowed from pg_constraint
        where conname = 'outbox_messages_kind_check' and conrelid = 'outbox_messages'::regclass;
      alter table outbox_messages drop constraint outbox_messages_kind_check;
      execute format('alter table outbox_messages add constraint outbox_messages_kind_check '
        'check (%s or kind = ''alert'')', allowed);
    end $$;
  `.execute(db);
}
