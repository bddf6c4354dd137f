import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/**
 * Scenarios that an agent's draft must pass before it is published, and how it went; booking events
 * that are removed and named by what was booked.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table scenarios (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      name text not null check (name <> ''),
      -- As rehearsal/scenarios/README.md describes it, with made-up names and numbers.
      yaml text not null check (yaml <> ''),
      -- What it was made of: whoever is forgotten there is forgotten here.
      call_id uuid not null,
      made_by text not null,
      created_at timestamptz not null default slotline_now(),
      unique (organization_id, id),
      unique (organization_id, name),
      foreign key (organization_id, call_id) references calls (organization_id, id)
        on delete cascade
    );
    create index scenarios_of_call on scenarios (call_id);

    create table required_scenarios (
      organization_id uuid not null references organizations on delete cascade,
      agent_id uuid not null,
      -- One of the organization's own, by its id, or one that comes with the product, by its name.
      scenario text not null check (scenario ~ '^[a-z0-9-]{1,100}$'),
      scenario_id uuid generated always as (
        case when scenario ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then scenario::uuid end
      ) stored,
      primary key (agent_id, scenario),
      foreign key (organization_id, agent_id) references agents (organization_id, id)
        on delete cascade,
      foreign key (organization_id, scenario_id) references scenarios (organization_id, id)
        on delete cascade
    );

    create table scenario_runs (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      agent_id uuid not null,
      scenario text not null check (scenario ~ '^[a-z0-9-]{1,100}$'),
      scenario_id uuid generated always as (
        case when scenario ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then scenario::uuid end
      ) stored,
      -- What the agent said and knew in it: the draft as it was.
      content jsonb not null,
      state text not null default 'waiting'
        check (state in ('waiting', 'running', 'passed', 'failed')),
      failures text[] not null default '{}',
      transcript text,
      requested_by text not null,
      requested_at timestamptz not null default slotline_now(),
      -- Until then a process has it.
      claimed_until timestamptz check ((claimed_until is not null) = (state = 'running')),
      ended_at timestamptz check ((ended_at is not null) = (state in ('passed', 'failed'))),
      -- The last one alone.
      unique (agent_id, scenario),
      foreign key (organization_id, agent_id) references agents (organization_id, id)
        on delete cascade,
      foreign key (organization_id, scenario_id) references scenarios (organization_id, id)
        on delete cascade
    );
    create index scenario_runs_open on scenario_runs (requested_at)
      where state in ('waiting', 'running');

    create table rehearsers (
      id uuid primary key,
      -- The scenarios that come with it.
      shipped jsonb not null,
      seen_at timestamptz not null default slotline_now()
    );

    -- What was booked with it keeps its name, and is moved and cancelled by it.
    alter table booking_events
      add column removed_at timestamptz check (removed_at is null or not enabled);
  `.execute(db);
}
