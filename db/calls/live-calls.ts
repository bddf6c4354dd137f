import { sql } from 'kysely';
import { ago } from '../clock.ts';
import type { Database } from '../database.ts';
import type { CallLine, CallOutcome } from '../values.ts';
import { DEAD_CALL } from './call-lease.ts';

/** A call that goes on, as far as its record has come. */
export interface LiveCall {
  id: string;
  agentSlug: string;
  agentName: string;
  line: CallLine;
  startedAt: Date;
  /** Milliseconds since it began, by the database's clock. */
  age: number;
  /** E.164. */
  callerNumber: string | null;
  /** Of whom the appointment is that was made in it; null before. */
  attendeeName: string | null;
  /** What the agent does: "listening"; null before it began. */
  agentState: string | null;
  /** The tool that runs; null where none does. */
  tool: string | null;
  /** What came of it so far. */
  outcome: CallOutcome | null;
}

/** More go on at once in no organization; a list of them is for people. */
const MOST = 200;
/** Milliseconds after which a tool whose end was not written is not taken to run any more. */
const LONGEST_TOOL = 60_000;

/** Calls of an organization that go on, the longest first; none that a rehearsal made. */
export async function listLiveCalls(db: Database, organizationId: string): Promise<LiveCall[]> {
  const { rows } = await sql<LiveCall>`
    select calls.id, agents.slug as agent_slug, agents.name as agent_name, calls.line,
      calls.started_at, calls.caller_number,
      floor(extract(epoch from slotline_now() - calls.started_at) * 1000)::integer as age, calls.outcome,
      calls.appointment_details -> 'attendee' ->> 'name' as attendee_name,
      (select details ->> 'state' from call_marks
        where call_id = calls.id and kind = 'agent' order by id desc limit 1) as agent_state,
      (select name from tool_calls
        where call_id = calls.id and ended_at is null and started_at > ${ago(LONGEST_TOOL)}
        order by id desc limit 1) as tool
    from calls
    join agents on agents.id = calls.agent_id
      and agents.organization_id = calls.organization_id
    where calls.organization_id = ${organizationId} and calls.ended_at is null
      and calls.rehearsal is null
      and calls.last_sign_at > ${ago(DEAD_CALL.isNotCounted)}
    order by calls.started_at limit ${MOST}`.execute(db);
  return rows;
}
