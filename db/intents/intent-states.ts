import { sql } from 'kysely';
import { isIn, MAYBE_SENT, step, UNSETTLED, WAITING } from './intents.ts';
import type { Intent, IntentKey } from './intents.ts';
import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import type { IntentState } from '../values.ts';

/** From which states an intent may come to another: what is settled is never unsettled. */
const MAY_COME_FROM = {
  confirmed: MAYBE_SENT,
  refused: UNSETTLED,
  // To the same state again: another look, with its time and what it showed.
  unknown: ['claimed', 'unknown'],
  attention: MAYBE_SENT,
  released: ['confirmed', ...MAYBE_SENT],
} as const satisfies Partial<Record<IntentState, readonly IntentState[]>>;

/**
 * Writes the state an intent came to, unless it has come to another end meanwhile: a call and the
 * reconciler may both try, and the first one counts.
 *
 * @param end `from` narrows the states it may come from
 * @returns whether it was written
 */
export async function writeIntentState(
  db: Database,
  key: IntentKey,
  end: {
    state: keyof typeof MAY_COME_FROM;
    reason: string | null;
    reference?: string;
    from?: readonly IntentState[];
  },
): Promise<boolean> {
  const settled = await db
    .updateTable('bookingIntents')
    .set({
      state: end.state,
      reason: end.reason,
      ...(end.reference === undefined ? {} : { reference: end.reference }),
      updatedAt: NOW,
      steps: LOOKS.includes(end.state)
        ? lookAdded(end.state, end.reason)
        : stepAdded(end.state, end.reason),
    })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .where('state', 'in', end.from ?? MAY_COME_FROM[end.state])
    .returning('id')
    .executeTakeFirst();
  return settled !== undefined;
}

/** Writes the reference of what the provider has made, while the intent has still to be finished. */
export async function noteIntentReference(
  db: Database,
  key: IntentKey,
  note: { reference: string; reason: string },
): Promise<void> {
  await db
    .updateTable('bookingIntents')
    .set({
      reference: note.reference,
      updatedAt: NOW,
      steps: sql<string>`steps || ${step(sql.ref('state'), note.reason)}`,
    })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .where('state', 'in', MAYBE_SENT)
    .execute();
}

/** Gives back the time that confirmed intents hold for a booking that moved or ended. */
export async function releaseIntents(
  db: Database,
  booking: {
    organizationId: string;
    calendarConnectionId: string;
    reference: string;
    /** The intent that holds the booking's new time. */
    except?: string;
  },
  reason: string,
): Promise<void> {
  let update = db
    .updateTable('bookingIntents')
    .set({
      state: 'released',
      reason,
      updatedAt: NOW,
      steps: stepAdded('released', reason),
    })
    .where('organizationId', '=', booking.organizationId)
    .where('calendarConnectionId', '=', booking.calendarConnectionId)
    .where('reference', '=', booking.reference)
    .where('kind', '<>', 'cancel')
    .where('state', '=', 'confirmed');
  if (booking.except !== undefined) update = update.where('id', '<>', booking.except);
  await update.execute();
}

const DOUBLED =
  'The provider has it after all, and somebody else was given its time meanwhile: ' +
  'cancel one of the two in the calendar, then settle the intent by hand.';

/**
 * Asks for an operator: a refused intent stands at the provider, and its time is another's. It is
 * given a resource of its own, since no claim may overlap another; the reconciler, which could only
 * confirm it, leaves it alone.
 */
export async function noteDoubleBooking(
  db: Database,
  key: IntentKey,
  reference: string,
): Promise<void> {
  await db
    .updateTable('bookingIntents')
    .set({
      state: 'attention',
      reason: DOUBLED,
      reference,
      resource: `doubled/${key.id}`,
      updatedAt: NOW,
      steps: stepAdded('attention', DOUBLED),
    })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .where('state', '=', 'refused')
    .execute();
}

/** Milliseconds. */
export interface LookTimes {
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
  times: LookTimes,
  limit: number,
): Promise<IntentKey[]> {
  const { rows } = await sql<IntentKey>`
    select organization_id, id from (
      select * from booking_intents where ${isIn(WAITING)}
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
  times: LookTimes,
): Promise<(Intent & { now: Date }) | undefined> {
  const { rows } = await sql<Intent & { now: Date }>`
    update booking_intents set attempts = attempts + 1, updated_at = slotline_now()
    where organization_id = ${key.organizationId} and id = ${key.id}
      and ${isIn(UNSETTLED)} and ${isDue(times)}
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

function isDue(times: LookTimes) {
  const { grace, firstLook, firstPause, longestPause, attentionPause } = times;
  return sql<boolean>`slotline_now() - updated_at >= interval '1 millisecond' * (case
    when state = 'attention' then ${attentionPause}::double precision
    when state = 'unknown' and attempts = 0 then ${firstLook}::double precision
    when state = 'unknown' then least(
      ${firstPause}::double precision * power(2, least(attempts, 20)), ${longestPause})
    else ${grace} end)`;
}

/** How much is waiting to be settled in an organization. */
export interface UnsettledIntents {
  /** What the reconciler has to settle. */
  waiting: number;
  /** Milliseconds since the oldest of them was made; null where there is none. */
  oldestAge: number | null;
  /** What only an operator can settle. */
  attention: number;
}

/** By the database's clock. */
export async function countUnsettledIntents(
  db: Database,
  organizationId: string,
): Promise<UnsettledIntents> {
  const waiting = isIn(WAITING);
  const { rows } = await sql<UnsettledIntents>`
    select count(*) filter (where ${waiting})::integer as waiting,
      (extract(epoch from slotline_now() - min(created_at) filter (where ${waiting})) * 1000)
        ::double precision as oldest_age,
      count(*) filter (where state = 'attention')::integer as attention
    from booking_intents
    where organization_id = ${organizationId}
      and ${isIn(UNSETTLED)}`.execute(db);
  return rows[0] ?? { waiting: 0, oldestAge: null, attention: 0 };
}

/** By the database's clock: processes on several machines compare these instants. */
export function stepAdded(state: IntentState, reason: string | null) {
  return sql<string>`steps || ${step(state, reason)}`;
}

/** States that the reconciler writes again with every look, and how many of them are kept. */
const LOOKS: IntentState[] = ['unknown', 'attention'];
const KEPT_LOOKS = 20;

/** Every step that is no look is kept, and of the looks the newest. */
function lookAdded(state: IntentState, reason: string | null) {
  return sql<string>`(
    select coalesce(jsonb_agg(step order by place), '[]')
    from (
      select step, place, step ->> 'state' in ('unknown', 'attention') as is_look,
        count(*) filter (where step ->> 'state' in ('unknown', 'attention'))
          over (order by place desc) as looks
      from jsonb_array_elements(steps) with ordinality as known (step, place)
    ) as counted
    where not is_look or looks < ${KEPT_LOOKS}
  ) || ${step(state, reason)}`;
}
