import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** A time that was refused and is claimed again keeps others from asking for it, as a new one does. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    -- Claims an intent's time in one round trip: nobody waits for a lock that waits for a network.
    -- Answers 'claimed'; 'busy', where the provider is being asked for an overlapping time of another
    -- resource, so that who comes next sees what became of it; 'taken', by a claim or hold that
    -- certainly stands; 'contested', by claims
    -- confirmed longer than "believe" milliseconds ago, which the provider may have given up;
    -- 'changing', where another change of its appointment is not settled; 'running', where the
    -- intent was claimed or settled already. Taken and changing, it is refused.
    create or replace function claim_intent(wanted uuid, own_reference text, believe double precision)
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
          -- Of its claim, and not of its row: what was refused may be claimed again much later.
          and (select max((step ->> 'at')::timestamptz)
            from jsonb_array_elements(other.steps) as step
            where step ->> 'state' = 'claimed') > clock_timestamp() - interval '1 minute'
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
  `.execute(db);
}
