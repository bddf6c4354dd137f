import { sql } from 'kysely';
import { insertAgent } from '../../db/agents.ts';
import { insertBookingEvent } from '../../db/booking-events.ts';
import { insertCalendarConnection } from '../../db/calendars/calendar-connections.ts';
import type { Database } from '../../db/database.ts';
import { insertOrganization } from '../../db/organizations.ts';

const AGENTS = 5;
const ZONE = 'America/New_York';

/**
 * Writes a year of so many calls of one organization, as they are on record: what was said and asked in
 * them for the last 30 days alone. Answers the organization's id.
 *
 * @param db of a superuser, whose queries may take minutes
 */
export async function seedCalls(db: Database, calls: number): Promise<string> {
  const organizationId = await insertOrganization(db, 'Bench');
  const calendarConnectionId = await insertCalendarConnection(db, {
    organizationId,
    provider: 'fake',
    name: 'Bench',
    timeZone: ZONE,
    settings: { seed: 1 },
  });
  const agents: string[] = [];
  for (let number = 1; number <= AGENTS; number += 1) {
    const agent = { organizationId, slug: `bench-${number}`, name: `Desk ${number}` };
    agents.push(await insertAgent(db, { ...agent, businessName: 'Harbor Street Clinic' }));
  }
  const [agentId = ''] = agents;
  const eventId = await insertBookingEvent(db, {
    organizationId,
    agentId,
    calendarConnectionId,
    name: 'Appointment',
    eventType: 'appointment',
  });
  await db.connection().execute(async (connection) => {
    await sql`set statement_timeout = 0`.execute(connection);
    // What the triggers note is written here as well, for all calls together.
    await sql`set session_replication_role = replica`.execute(connection);
    await sql`select setseed(0.5)`.execute(connection);
    await sql`
      create temporary table seeded as
      select gen_random_uuid() as id, chance, number,
        (${agents}::uuid[])[1 + floor(random() * ${AGENTS})::integer] as agent_id,
        case when random() < 0.7 then 'phone' else 'web' end as line,
        date_trunc('day', slotline_now()) - interval '1 day' * floor(random() * 365)
          + interval '1 minute' * (720 + floor(random() * 720)) as started_at,
        case when chance < 0.4 then 'booked' when chance < 0.5 then 'rescheduled'
          when chance < 0.6 then 'message_taken' when chance < 0.65 then 'transferred'
          when chance < 0.66 then 'failed' else 'no_booking' end as outcome
      from (select number, random() as chance from generate_series(1, ${calls}::integer) as number)
        as numbered`.execute(connection);
    await sql`create index on seeded (started_at)`.execute(connection);
    await writeRows(connection, { organizationId, calendarConnectionId, eventId });
    await sql`set session_replication_role = origin`.execute(connection);
    await sql`drop table seeded`.execute(connection);
    await sql`vacuum analyze`.execute(connection);
  });
  return organizationId;
}

async function writeRows(
  db: Database,
  of: { organizationId: string; calendarConnectionId: string; eventId: string },
): Promise<void> {
  const organization = sql`${of.organizationId}::uuid`;
  const recent = sql`started_at > slotline_now() - interval '30 days'`;
  await sql`
    insert into calls (id, organization_id, agent_id, room_name, line, caller_number, started_at,
        ended_at, last_sign_at, outcome, ended_by, end_reason, latencies)
      select id, ${organization}, agent_id, 'bench-' || number, line,
        case when line = 'phone' and ${recent} then '+1202555' || lpad((number % 10000)::text, 4, '0') end,
        started_at, started_at + interval '1 second' * (30 + chance * 300), started_at, outcome,
        'caller', 'The caller hung up.',
        array[600, 700 + (chance * 900)::integer, 800, 500 + number % 700, 900 + number % 2500]
      from seeded`.execute(db);
  await sql`
    insert into tool_figures (tool_call_id, organization_id, call_id, step, milliseconds)
      select number * 4 + place, ${organization}, id,
        case place when 1 then 2 when 2 then 3 else 4 end, 20 + (chance * 200)::integer * place
      from seeded cross join generate_series(1, 3) as place
      where chance < 0.8 and (place < 2 or chance < 0.5)`.execute(db);
  await sql`
    insert into tool_calls (organization_id, call_id, name, arguments, result, started_at, ended_at)
      select ${organization}, id, case place when 1 then 'list_available_slots' else 'note_details' end,
        '{"when": "tuesday morning"}', '{"status": "slots", "slots": []}',
        started_at + interval '10 seconds' * place, started_at + interval '10.2 seconds' * place
      from seeded cross join generate_series(1, 3) as place where ${recent}`.execute(db);
  await sql`
    insert into call_turns (organization_id, call_id, role, text, medium, said_at)
      select ${organization}, id, case place % 2 when 1 then 'agent' else 'caller' end,
        concat('What is said in a turn is about as long as this sentence, of room ', number % 5000,
          case when number % 200 = 0 and place = 5 then ' about a crown' end), 'speech',
        started_at + interval '7 seconds' * place
      from seeded cross join generate_series(1, 12) as place where ${recent}`.execute(db);
  await sql`
    insert into call_marks (organization_id, call_id, kind, details, marked_at)
      select ${organization}, id, 'wish', jsonb_build_object('weekday', number % 8,
          'part', case number % 3 when 0 then 'morning' when 1 then 'afternoon' else 'any' end,
          'isFree', chance < 0.7, 'event', ${of.eventId}::text), started_at
      from seeded where chance < 0.8
      union all
      select ${organization}, id, case when number % 3 = 0 then 'truth.corrected' else 'truth.stopped' end,
        '{}', started_at from seeded where number % 40 = 0`.execute(db);
  await sql`
    insert into call_charges (organization_id, call_id, kind, model, amounts, cost, charged_at)
      select ${organization}, id, 'response', 'gpt-realtime-2.1', jsonb_build_object(
          'audioInput', 2000 + number % 3000, 'cachedAudioInput', 9000, 'textInput', 1200,
          'audioOutput', 1500), 0.12 + chance / 10, started_at
      from seeded
      union all
      select ${organization}, id, 'transcription', 'gpt-transcribe', '{"seconds": 60}', 0.0045,
        started_at from seeded`.execute(db);
  await sql`
    insert into booking_intents (organization_id, calendar_connection_id, call_id, event_type,
        resource, idempotency_key, start_at, end_at, attendee, state, steps, created_at, updated_at)
      select ${organization}, ${of.calendarConnectionId}::uuid, id, 'appointment', 'bench-' || number,
        'bench-' || number, started_at + interval '3 days',
        started_at + interval '3 days 30 minutes', '{"name": "Mary Smith", "email": null, "phone": null, "timeZone": "UTC"}', 'confirmed',
        '[{"state": "confirmed", "at": "", "reason": null}]', started_at, started_at
      from seeded where outcome = 'booked'`.execute(db);
  await sql`
    insert into appointments (organization_id, call_id, agent_id, calendar_connection_id, event_type,
        reference, start_at, end_at, status, attendee_name, time_zone)
      select ${organization}, id, agent_id, ${of.calendarConnectionId}::uuid, 'appointment',
        'bench-' || number, started_at + interval '3 days',
        started_at + interval '3 days 30 minutes',
        case when number % 12 = 0 then 'cancelled' else 'confirmed' end, 'Mary Smith', ${ZONE}::text
      from seeded where outcome = 'booked'`.execute(db);
  await sql`
    insert into stale_figures (organization_id, at)
      select ${organization}, date_bin('1 hour', started_at, 'epoch') from seeded group by 1, 2`.execute(
    db,
  );
}
