import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** Booking events, intents that move and cancel, holds, the provider's mirror, webhooks and the outbox. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table calendar_connections
      add column webhook_id text,
      add column webhook_secret bytea,
      add column bad_signatures integer not null default 0,
      add column last_synced_at timestamptz,
      add column disconnected_at timestamptz;

    alter table calls
      drop constraint calls_outcome_check,
      add constraint calls_outcome_check check (outcome in (
        'booked', 'rescheduled', 'cancelled', 'no_booking', 'unknown', 'failed'));

    -- Who claimed to be the owner of an e-mail address, and whether they could prove it.
    create table identity_claims (
      id bigint generated always as identity primary key,
      organization_id uuid not null references organizations on delete cascade,
      email text not null,
      proved boolean not null default false,
      claimed_at timestamptz not null default now()
    );
    create index identity_claims_by_email on identity_claims (organization_id, email, claimed_at);

    create table booking_events (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      agent_id uuid,
      calendar_connection_id uuid not null,
      name text not null check (name <> ''),
      event_type text not null check (event_type <> ''),
      duration_minutes integer not null default 30 check (duration_minutes between 5 and 1440),
      enabled boolean not null default true,
      organizer_email text,
      meeting_link text not null default 'provider'
        check (meeting_link in ('provider', 'google_meet')),
      time_zone text,
      initial_booking_date date,
      offering_days integer check (offering_days between 1 and 365),
      slots_per_day integer check (slots_per_day between 1 and 20),
      hours_between_slots double precision check (hours_between_slots between 0 and 24),
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (organization_id, id),
      foreign key (organization_id, agent_id) references agents (organization_id, id),
      foreign key (organization_id, calendar_connection_id)
        references calendar_connections (organization_id, id)
    );
    create index booking_events_by_agent on booking_events (organization_id, agent_id, created_at);

    insert into booking_events
      (organization_id, agent_id, calendar_connection_id, name, event_type, duration_minutes)
    select organization_id, id, calendar_connection_id, 'Appointment', event_type, duration_minutes
    from agents where calendar_connection_id is not null;
    alter table agents
      drop column calendar_connection_id, drop column event_type, drop column duration_minutes;

    alter table booking_intents
      add column kind text not null default 'book' check (kind in ('book', 'reschedule', 'cancel')),
      add column agent_id uuid,
      add column booking_event_id uuid,
      add column appointment_id uuid references appointments,
      add column notes text,
      add column answers jsonb not null default '{}',
      add column organizer_email text,
      add column attempts integer not null default 0,
      drop constraint booking_intents_state_check,
      add constraint booking_intents_state_check check (state in (
        'requested', 'claimed', 'confirmed', 'refused', 'unknown', 'attention', 'released')),
      add foreign key (organization_id, agent_id) references agents (organization_id, id),
      add foreign key (organization_id, booking_event_id)
        references booking_events (organization_id, id);
    drop index booking_intents_one_live_claim;
    create unique index booking_intents_one_live_claim
      on booking_intents (calendar_connection_id, resource, start_at)
      where kind <> 'cancel' and state in ('claimed', 'confirmed', 'unknown', 'attention');
    -- What a claim asks: does anything live overlap?
    create index booking_intents_live_by_end
      on booking_intents (calendar_connection_id, resource, end_at)
      where kind <> 'cancel' and state in ('claimed', 'confirmed', 'unknown', 'attention');
    create index booking_intents_by_reference
      on booking_intents (calendar_connection_id, reference) where reference is not null;
    create index booking_intents_by_appointment
      on booking_intents (appointment_id) where appointment_id is not null;
    create index booking_intents_attention on booking_intents (updated_at) where state = 'attention';

    create table slot_holds (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      calendar_connection_id uuid not null,
      resource text not null,
      start_at timestamptz not null,
      end_at timestamptz not null check (end_at > start_at),
      call_id uuid not null,
      expires_at timestamptz not null,
      unique (call_id, calendar_connection_id, start_at, end_at),
      foreign key (organization_id, calendar_connection_id)
        references calendar_connections (organization_id, id) on delete cascade,
      foreign key (organization_id, call_id) references calls (organization_id, id) on delete cascade
    );
    create index slot_holds_by_time on slot_holds (calendar_connection_id, resource, end_at);
    create index slot_holds_by_expiry on slot_holds (expires_at);

    -- Claims an intent's time in one round trip: nobody waits for a lock that waits for a network.
    -- Answers 'claimed'; 'busy', where the provider is being asked for an overlapping time of another
    -- resource, so that who comes next sees what became of it; 'taken', by a claim or hold that
    -- certainly stands; 'contested', by claims
    -- confirmed longer than "believe" milliseconds ago, which the provider may have given up;
    -- 'changing', where another change of its appointment is not settled; 'running', where the
    -- intent was claimed or settled already. Taken and changing, it is refused.
    create function claim_intent(wanted uuid, own_reference text, believe double precision)
      returns table (result text, claimed_at timestamptz) language plpgsql as $$
    declare
      intent booking_intents;
      contested boolean := false;
      firmly boolean := false;
    begin
      select * into strict intent from booking_intents where id = wanted;
      -- Always in this order, or two claims could wait for each other.
      if intent.appointment_id is not null then
        perform pg_advisory_xact_lock(
          hashtextextended('appointment/' || intent.appointment_id, 0));
      end if;
      if intent.kind <> 'cancel' then
        perform pg_advisory_xact_lock(
          hashtextextended(intent.calendar_connection_id || '/calendar', 0));
        -- Nothing is longer than a day: that bounds the walk along the index.
        select count(*) > 0, coalesce(bool_or(state <> 'confirmed'
            or updated_at > clock_timestamp() - believe * interval '1 millisecond'), false)
          into contested, firmly
          from booking_intents as rival
          where rival.calendar_connection_id = intent.calendar_connection_id
            and rival.resource = intent.resource and rival.id <> wanted
            and kind <> 'cancel' and state in ('claimed', 'confirmed', 'unknown', 'attention')
            and rival.end_at > intent.start_at and rival.start_at < intent.end_at
            and rival.end_at < intent.end_at + interval '1 day 1 hour'
            and (own_reference is null or rival.reference is distinct from own_reference);
        firmly := firmly or exists (
          select from slot_holds as hold
          where hold.calendar_connection_id = intent.calendar_connection_id
            and hold.resource = intent.resource
            and hold.end_at > intent.start_at and hold.start_at < intent.end_at
            and hold.call_id is distinct from intent.call_id
            and hold.expires_at > clock_timestamp());
      end if;
      claimed_at := clock_timestamp();
      if intent.appointment_id is not null and exists (
        select from booking_intents as other
        where other.appointment_id = intent.appointment_id and other.id <> wanted
          and other.state in ('claimed', 'unknown', 'attention')
      ) then
        result := 'changing';
      elsif firmly then
        result := 'taken';
      elsif contested then
        result := 'contested';
        return next;
        return;
      elsif intent.kind <> 'cancel' and exists (
        select from booking_intents as other
        where other.calendar_connection_id = intent.calendar_connection_id
          and other.resource <> intent.resource and other.id <> wanted and other.kind <> 'cancel'
          and other.state in ('claimed', 'unknown')
          -- As long as a write is waited for: nobody waits for a process that is dead.
          and other.updated_at > clock_timestamp() - interval '15 seconds'
          and other.created_at > clock_timestamp() - interval '1 minute'
          and other.end_at > intent.start_at and other.start_at < intent.end_at
      ) then
        result := 'busy';
        return next;
        return;
      else
        result := 'claimed';
      end if;
      begin
        update booking_intents set
          state = case when result = 'claimed' then 'claimed' else 'refused' end,
          reason = case result
            when 'taken' then 'Another caller has the time.'
            when 'changing' then 'Another change of this appointment is not settled yet.' end,
          updated_at = claimed_at,
          steps = steps || jsonb_build_array(jsonb_build_object(
            'state', case when result = 'claimed' then 'claimed' else 'refused' end,
            'at', to_char(claimed_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'reason', case result
              when 'taken' then 'Another caller has the time.'
              when 'changing' then 'Another change of this appointment is not settled yet.' end))
          where id = wanted and state in ('requested', 'refused');
        if not found then
          result := 'running';
        end if;
      exception when unique_violation then
        -- The index stands behind the question above.
        result := 'contested';
      end;
      return next;
    end $$;

    alter table appointments
      drop constraint appointments_status_check,
      add constraint appointments_status_check
        check (status in ('confirmed', 'pending', 'cancelled', 'rejected')),
      add column booking_event_id uuid,
      add column source text not null default 'slotline' check (source in ('slotline', 'provider')),
      add column provider_uid text,
      add column title text,
      add column description text,
      add column location text,
      add column organizer_name text,
      add column organizer_email text,
      add column attendees jsonb not null default '[]',
      add column responses jsonb not null default '{}',
      add column metadata jsonb not null default '{}',
      add column paid boolean not null default false,
      add column payment_id text,
      -- The provider's own instant of its newest known change: older news never overwrite newer.
      add column provider_changed_at timestamptz,
      add unique (organization_id, id),
      add foreign key (organization_id, booking_event_id)
        references booking_events (organization_id, id);
    create index appointments_by_uid on appointments (calendar_connection_id, provider_uid);
    create index appointments_by_phone
      on appointments (organization_id, attendee_phone) where attendee_phone is not null;

    create table webhook_deliveries (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      calendar_connection_id uuid not null,
      trigger text not null,
      -- Trigger, uid and the provider's instant: the same news comes twice.
      delivery_key text not null,
      payload jsonb not null,
      uid text,
      previous_uid text,
      changed_at timestamptz,
      state text not null default 'received'
        check (state in ('received', 'applied', 'stale', 'ignored', 'failed')),
      reason text,
      received_at timestamptz not null default now(),
      settled_at timestamptz,
      unique (calendar_connection_id, delivery_key),
      foreign key (organization_id, calendar_connection_id)
        references calendar_connections (organization_id, id) on delete cascade
    );
    create index webhook_deliveries_open on webhook_deliveries (received_at)
      where state in ('received', 'failed');
    -- All news of one booking, through every uid it had.
    create index webhook_deliveries_by_uid on webhook_deliveries (calendar_connection_id, uid);
    create index webhook_deliveries_by_previous_uid
      on webhook_deliveries (calendar_connection_id, previous_uid) where previous_uid is not null;

    create table calendar_syncs (
      id bigint generated always as identity primary key,
      organization_id uuid not null references organizations on delete cascade,
      calendar_connection_id uuid not null,
      started_at timestamptz not null default now(),
      ended_at timestamptz,
      seen integer not null default 0,
      missing integer not null default 0,
      changed integer not null default 0,
      error text,
      foreign key (organization_id, calendar_connection_id)
        references calendar_connections (organization_id, id) on delete cascade
    );
    create index calendar_syncs_by_start on calendar_syncs (calendar_connection_id, started_at desc);

    create table outbox_messages (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      kind text not null check (kind in (
        'booked', 'rescheduled', 'cancelled', 'settled_booked', 'settled_not_booked',
        'settled_rescheduled', 'settled_not_rescheduled', 'settled_cancelled',
        'settled_not_cancelled')),
      message_key text not null,
      appointment_id uuid references appointments,
      intent_id uuid references booking_intents,
      recipient text not null,
      payload jsonb not null,
      state text not null default 'pending' check (state in ('pending', 'sent', 'failed')),
      attempts integer not null default 0,
      due_at timestamptz not null default now(),
      last_error text,
      created_at timestamptz not null default now(),
      sent_at timestamptz,
      unique (organization_id, message_key)
    );
    create index outbox_messages_open on outbox_messages (due_at) where state = 'pending';
    create index outbox_messages_by_appointment on outbox_messages (appointment_id)
      where appointment_id is not null;

    -- What is left of a credential's request budget, counted over all processes.
    create table credential_limits (
      calendar_connection_id uuid primary key
        references calendar_connections on delete cascade,
      remaining integer not null,
      window_ends_at timestamptz not null
    );
  `.execute(db);
}
