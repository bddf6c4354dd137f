import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** Rehearsals are told from an operator's own organizations, and what names people is forgotten in time. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    alter table organizations add column is_rehearsal boolean not null default false;
    create index organizations_rehearsals on organizations (created_at) where is_rehearsal;
    -- Those that rehearsals left behind before they were marked.
    update organizations set is_rehearsal = true
      where name like 'Rehearsal: %' and exists (
        select from agents
        where organization_id = organizations.id and slug ~ '^rehearsal-[0-9a-f]{12}$');

    -- Days that what names people is kept.
    create table retention_settings (
      organization_id uuid primary key references organizations on delete cascade,
      -- What was said in a call, and what its tools were asked and answered.
      transcript_days integer not null default 30 check (transcript_days between 1 and 3650),
      -- The caller's number and the appointment on a call's row.
      caller_days integer not null default 90 check (caller_days between 1 and 3650),
      -- Messages taken, from when somebody has seen to them.
      message_days integer not null default 90 check (message_days between 1 and 3650),
      -- Attendees of appointments, from the appointment's end.
      attendee_days integer not null default 365 check (attendee_days between 1 and 3650)
    );

    -- Who it was with is forgotten; that it was stays for the figures.
    alter table appointments add column forgotten_at timestamptz;
    alter table booking_intents add column forgotten_at timestamptz;
    alter table fake_calendar_bookings add column forgotten_at timestamptz;
    create index appointments_to_forget on appointments (end_at) where forgotten_at is null;
    create index booking_intents_to_forget on booking_intents (end_at) where forgotten_at is null;

    -- A provider's own copy comes back with its next news: what is forgotten stays forgotten.
    create function keep_forgotten() returns trigger language plpgsql as $$
    begin
      new.forgotten_at := old.forgotten_at;
      new.attendee_name := old.attendee_name;
      new.attendee_email := old.attendee_email;
      new.attendee_phone := old.attendee_phone;
      new.notes := old.notes;
      new.cancellation_reason := old.cancellation_reason;
      new.title := old.title;
      new.description := old.description;
      new.location := old.location;
      new.attendees := old.attendees;
      new.responses := old.responses;
      new.metadata := old.metadata;
      return new;
    end $$;
    create trigger keep_forgotten before update on appointments
      for each row when (old.forgotten_at is not null) execute function keep_forgotten();
  `.execute(db);
}
