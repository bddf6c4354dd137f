import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/**
 * What an organization's own systems are told: its endpoints, the events, and how each was delivered.
 *
 * An event is written by triggers, in the transaction of the row that it tells of, whoever writes that
 * row: the ledger, the mirror, an operator or the end of a dead call. None can forget it, and what is
 * rolled back was never told.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table webhook_endpoints (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      url text not null,
      description text not null,
      events text[] not null,
      enabled boolean not null default true,
      -- Both sealed; the one before the last rotation signs beside it until then.
      secret bytea not null,
      previous_secret bytea,
      previous_until timestamptz,
      -- Of the first failure since the last success.
      failing_since timestamptz,
      -- It failed for so long that nobody asks it any more.
      switched_off_at timestamptz,
      created_at timestamptz not null default slotline_now(),
      updated_at timestamptz not null default slotline_now()
    );
    create index webhook_endpoints_by_organization
      on webhook_endpoints (organization_id, created_at desc, id desc);

    create table webhook_events (
      id uuid primary key default gen_random_uuid(),
      place bigint not null generated always as identity,
      organization_id uuid not null references organizations on delete cascade,
      kind text not null,
      -- A call, an appointment, an intent, a message or an agent.
      subject_id uuid,
      call_id uuid,
      -- What may be otherwise by the time that it is put into words: times, states, versions.
      facts jsonb not null,
      -- Of a test: whom alone it goes to.
      endpoint_id uuid references webhook_endpoints on delete cascade,
      at timestamptz not null default slotline_now(),
      -- When it was put into words and given to the endpoints.
      told_at timestamptz,
      -- As it is sent, to the byte; null before, and once whom it names is forgotten.
      body text
    );
    create index webhook_events_untold on webhook_events (place) where told_at is null;
    create index webhook_events_by_age on webhook_events (at);
    create index webhook_events_by_organization on webhook_events (organization_id);

    create table endpoint_deliveries (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      endpoint_id uuid not null references webhook_endpoints on delete cascade,
      event_id uuid not null references webhook_events on delete cascade,
      state text not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
      -- Since it was asked for: a delivery that is sent again begins anew.
      attempts integer not null default 0,
      due_at timestamptz not null default slotline_now(),
      created_at timestamptz not null default slotline_now(),
      ended_at timestamptz,
      unique (endpoint_id, event_id)
    );
    create index endpoint_deliveries_due on endpoint_deliveries (due_at) where state = 'pending';
    create index endpoint_deliveries_by_endpoint
      on endpoint_deliveries (endpoint_id, created_at desc, id desc);
    create index endpoint_deliveries_by_event on endpoint_deliveries (event_id);

    create table delivery_attempts (
      id uuid primary key default gen_random_uuid(),
      organization_id uuid not null references organizations on delete cascade,
      delivery_id uuid not null references endpoint_deliveries on delete cascade,
      at timestamptz not null,
      milliseconds integer not null,
      -- Null: there was no answer.
      status integer,
      -- Why it does not count as delivered.
      error text,
      -- The beginning of the answer.
      answer text
    );
    create index delivery_attempts_by_delivery on delivery_attempts (delivery_id, at);

    -- Writes an event where somebody wants to hear of it, and asks for it to be told.
    create function tell_webhooks(
      of_organization uuid, of_kind text, of_subject uuid, of_call uuid, of_facts jsonb
    ) returns void language plpgsql as $$
    begin
      insert into webhook_events (organization_id, kind, subject_id, call_id, facts)
      select of_organization, of_kind, of_subject, of_call, of_facts
      where exists (
        select from webhook_endpoints as endpoint
        where endpoint.organization_id = of_organization and endpoint.enabled
          and of_kind = any (endpoint.events));
      if not found then return; end if;
      begin
        perform graphile_worker.add_job('send-webhooks', max_attempts => 1);
      exception when invalid_schema_name or undefined_function or undefined_table then
        null; -- No jobs process has run here yet: it finds its work when it comes.
      end;
    end $$;

    create function tell_of_call() returns trigger language plpgsql as $$
    begin
      perform tell_webhooks(new.organization_id,
        case when tg_op = 'INSERT' then 'call.started' else 'call.ended' end,
        new.id, new.id, '{}');
      return null;
    end $$;
    create trigger tell_of_call_started after insert on calls for each row
      when (new.rehearsal is null and new.line <> 'console')
      execute function tell_of_call();
    create trigger tell_of_call_ended after update of ended_at on calls for each row
      when (new.rehearsal is null and new.line <> 'console'
        and old.ended_at is null and new.ended_at is not null)
      execute function tell_of_call();

    create function tell_of_message() returns trigger language plpgsql as $$
    begin
      perform tell_webhooks(new.organization_id, 'message.taken', new.id, new.call_id, '{}');
      return null;
    end $$;
    create trigger tell_of_message after insert on messages_taken for each row
      execute function tell_of_message();

    -- Of appointments that were made here, whoever changes them. What a provider's own page booked is
    -- mirrored and told by the provider itself.
    create function tell_of_appointment() returns trigger language plpgsql as $$
    declare
      kind text;
      facts jsonb := jsonb_build_object(
        'status', new.status, 'startAt', new.start_at, 'endAt', new.end_at);
      replaced appointments;
    begin
      if tg_op = 'INSERT' or old.source <> 'slotline' then
        -- It may have ended before it could be written.
        if new.status not in ('confirmed', 'pending') then return null; end if;
        -- A provider that cannot move is asked for another booking: the appointment moved to it.
        select appointment.* into replaced from booking_intents as intent
        join appointments as appointment on appointment.id = intent.appointment_id
        where intent.id = new.intent_id and intent.kind = 'reschedule';
        kind := case when replaced.id is null then 'appointment.booked' else 'appointment.moved' end;
        if replaced.id is not null then
          facts := facts || jsonb_build_object('before', jsonb_build_object(
            'id', replaced.id, 'startAt', replaced.start_at, 'endAt', replaced.end_at));
        end if;
      elsif old.status in ('confirmed', 'pending') and new.status in ('cancelled', 'rejected') then
        if exists (
          select from booking_intents as intent
          where intent.appointment_id = new.id and intent.kind = 'reschedule'
            and intent.state = 'confirmed' and intent.reference <> new.reference
        ) then return null; end if;
        kind := 'appointment.cancelled';
      elsif new.status not in ('confirmed', 'pending') then
        return null;
      elsif (old.start_at, old.end_at) <> (new.start_at, new.end_at) then
        kind := 'appointment.moved';
        facts := facts || jsonb_build_object('before', jsonb_build_object(
          'id', old.id, 'startAt', old.start_at, 'endAt', old.end_at));
      elsif old.status = 'pending' and new.status = 'confirmed' then
        kind := 'appointment.accepted';
      else
        return null;
      end if;
      perform tell_webhooks(new.organization_id, kind, new.id, new.call_id, facts);
      return null;
    end $$;
    create trigger tell_of_appointment_made after insert on appointments for each row
      when (new.source = 'slotline') execute function tell_of_appointment();
    create trigger tell_of_appointment_changed
      after update of source, status, start_at, end_at on appointments for each row
      when (new.source = 'slotline') execute function tell_of_appointment();

    -- Of each wish whose outcome nobody knew, that it is so, and once how it ended.
    create function tell_of_intent() returns trigger language plpgsql as $$
    begin
      if old.state not in ('unknown', 'attention') and new.state in ('unknown', 'attention') then
        perform tell_webhooks(
          new.organization_id, 'appointment.unconfirmed', new.id, new.call_id, '{}');
      elsif old.state in ('unknown', 'attention')
        and new.state in ('confirmed', 'refused', 'released') then
        perform tell_webhooks(
          new.organization_id, 'appointment.settled', new.id, new.call_id,
          jsonb_build_object('state', new.state));
      end if;
      return null;
    end $$;
    create trigger tell_of_intent after update of state on booking_intents for each row
      when (old.state is distinct from new.state) execute function tell_of_intent();

    -- Beside whatever else it allows by now.
    do $$
    declare
      allowed text;
    begin
      select pg_get_expr(conbin, conrelid) into strict allowed from pg_constraint
        where conname = 'outbox_messages_kind_check' and conrelid = 'outbox_messages'::regclass;
      alter table outbox_messages drop constraint outbox_messages_kind_check;
      execute format('alter table outbox_messages add constraint outbox_messages_kind_check '
        'check (%s or kind = ''webhook_off'')', allowed);
    end $$;
  `.execute(db);
}
