import { sql } from 'kysely';
import type { Intent, IntentKey } from './intents.ts';
import type { Database } from '../database.ts';

/** Milliseconds. */
export interface SettlingTimes {
  /** How long a call may be at work on an intent before it counts as dead. */
  grace: number;
  /** From an outcome's being unknown to the first look: the call's own look-up comes before. */
  firstLook: number;
  /** Between two looks at an unknown outcome at first; doubled each time. */
  firstPause: number;
  /** The longest pause between two looks: what the provider's return waits for at most. */
  longestPause: number;
  /** Between two looks at what an operator should see to: the trouble may be over. */
  attentionPause: number;
}

/** Which of two bookings of one time stays is for an operator to say. */
const MAY_BE_SETTLED = sql.raw(`resource not like 'doubled/%'`);

/** Intents whose outcome somebody has to find out now, longest waiting first. */
export async function listDueIntents(
  db: Database,
  times: SettlingTimes,
  limit: number,
): Promise<IntentKey[]> {
  const { rows } = await sql<IntentKey>`
    select organization_id, id from (
      select * from booking_intents where state in ('requested', 'claimed', 'unknown')
      union all
      select * from booking_intents where state = 'attention' and ${MAY_BE_SETTLED}
    ) as open
    where ${isDue(times)} order by updated_at limit ${limit}`.execute(db);
  return rows;
}

/**
 * Takes a due intent up: for a while nobody else will. Answers it with the database's present
 * instant; undefined when it is settled, or somebody has just looked.
 */
export async function takeUpIntent(
  db: Database,
  key: IntentKey,
  times: SettlingTimes,
): Promise<(Intent & { now: Date }) | undefined> {
  const { rows } = await sql<Intent & { now: Date }>`
    update booking_intents set attempts = attempts + 1, updated_at = slotline_now()
    where organization_id = ${key.organizationId} and id = ${key.id}
      and state in ('requested', 'claimed', 'unknown', 'attention') and ${isDue(times)}
      and ${MAY_BE_SETTLED}
    returning *, slotline_now() as now`.execute(db);
  return rows[0];
}

/**
 * Makes the unsettled intents of a calendar due at once: what was in the way may be gone, since
 * somebody has connected it anew.
 */
export async function wakeIntents(
  db: Database,
  {
    organizationId,
    calendarConnectionId,
  }: { organizationId: string; calendarConnectionId: string },
): Promise<void> {
  await sql`
    update booking_intents
    set attempts = 0, updated_at = least(updated_at, slotline_now() - interval '1 hour')
    where organization_id = ${organizationId} and calendar_connection_id = ${calendarConnectionId}
      and state in ('unknown', 'attention')`.execute(db);
}

function isDue(times: SettlingTimes) {
  const { grace, firstLook, firstPause, longestPause, attentionPause } = times;
  return sql<boolean>`slotline_now() - updated_at >= interval '1 millisecond' * (case
    when state = 'attention' then ${attentionPause}::double precision
    when state = 'unknown' and attempts = 0 then ${firstLook}::double precision
    when state = 'unknown' then least(
      ${firstPause}::double precision * power(2, least(attempts, 20)), ${longestPause})
    else ${grace} end)`;
}
