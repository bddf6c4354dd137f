import { sql } from 'kysely';
import { NOW } from '../clock.ts';
import type { RawBuilder } from 'kysely';
import { PREPARED } from '../database.ts';
import type { Database } from '../database.ts';
import type { AttendeeRecord, IntentKind, IntentState, IntentStep } from '../schema.ts';

export interface IntentKey {
  organizationId: string;
  id: string;
}

export interface NewIntent {
  organizationId: string;
  calendarConnectionId: string;
  callId: string | null;
  eventType: string;
  /** Live intents of one resource never overlap. */
  resource: string;
  idempotencyKey: string;
  kind: IntentKind;
  startAt: Date;
  endAt: Date;
  attendee: AttendeeRecord;
  agentId: string | null;
  bookingEventId: string | null;
  /** The appointment that is moved or cancelled. */
  appointmentId: string | null;
  /** What the caller said about the appointment; of a move or a cancellation, the reason. */
  notes: string | null;
  answers: Record<string, string>;
  /** Named as the organizer in the calendar file, as the event or the call wanted it then. */
  organizerEmail: string | null;
}

export interface Intent extends NewIntent {
  id: string;
  state: IntentState;
  reason: string | null;
  steps: IntentStep[];
  /** How often the reconciler looked. */
  attempts: number;
  reference: string | null;
  /** Takes part in the claims of its calendar. */
  isLive: boolean;
  createdAt: Date;
  updatedAt: Date;
}

/** From which states an intent may come to another: what is settled is never unsettled. */
const MAY_COME_FROM = {
  confirmed: ['claimed', 'unknown', 'attention'],
  refused: ['requested', 'claimed', 'unknown', 'attention'],
  // To the same state again: another look, with its time and what it showed.
  unknown: ['claimed', 'unknown'],
  attention: ['claimed', 'unknown', 'attention'],
  released: ['confirmed', 'claimed', 'unknown', 'attention'],
} as const satisfies Partial<Record<IntentState, IntentState[]>>;

/**
 * Writes what is about to be tried; as `refused` where something overlaps that certainly stands: most
 * losers of a hot slot stop here, in one statement, without waiting for a lock. A known idempotency
 * key answers the intent it made, as it is now.
 *
 * @param believe milliseconds for which a confirmed claim certainly stands
 */
export async function requestIntent(
  db: Database,
  intent: NewIntent,
  believe = 0,
): Promise<Intent & { isNew: boolean }> {
  const { organizationId, calendarConnectionId, startAt, endAt } = intent;
  const inserted = await sql<Omit<Intent, keyof NewIntent>>`${PREPARED}
    with rival as (
      select 1 from booking_intents
      where calendar_connection_id = ${calendarConnectionId} and resource = ${intent.resource}
        and ${intent.kind} = 'book' and is_live and ${overlap(startAt, endAt)}
        and (state <> 'confirmed'
          or updated_at > slotline_now() - ${believe}::double precision * interval '1 millisecond')
      limit 1
    ), fate (state, steps) as (
      select 'requested', ${step('requested', null)} where not exists (select from rival)
      union all
      select 'refused', ${step('requested', null)} || ${step('refused', TAKEN)}
      where exists (select from rival)
    )
    insert into booking_intents (
      organization_id, calendar_connection_id, call_id, event_type, resource, idempotency_key,
      kind, start_at, end_at, attendee, agent_id, booking_event_id, appointment_id, notes, answers,
      organizer_email, state, reason, steps
    )
    select ${organizationId}, ${calendarConnectionId}, ${intent.callId}, ${intent.eventType},
      ${intent.resource}, ${intent.idempotencyKey}, ${intent.kind}, ${startAt}, ${endAt},
      ${JSON.stringify(intent.attendee)}, ${intent.agentId}, ${intent.bookingEventId},
      ${intent.appointmentId}, ${intent.notes}, ${JSON.stringify(intent.answers)},
      ${intent.organizerEmail},
      state, case when state = 'refused' then ${TAKEN} end, steps
    from fate
    on conflict (organization_id, idempotency_key) do nothing
    returning id, state, reason, steps, attempts, reference, is_live, created_at, updated_at
  `.execute(db);
  if (inserted.rows[0]) return { ...intent, ...inserted.rows[0], isNew: true };
  const known = await db
    .selectFrom('bookingIntents')
    .selectAll()
    .where('organizationId', '=', organizationId)
    .where('idempotencyKey', '=', intent.idempotencyKey)
    .executeTakeFirstOrThrow();
  return { ...known, isNew: false };
}

/** When an intent last claimed, by the database's clock: its write was sent after that. */
export function claimedAt(intent: Pick<Intent, 'steps'>): Date | null {
  const claim = intent.steps.findLast((step) => step.state === 'claimed' && step.reason === null);
  return claim ? new Date(claim.at) : null;
}

/** Why an intent that lost its slot was refused. */
export const TAKEN = 'Another caller has the time.';

/** @param options `lock`: nobody else writes it until the transaction ends */
export async function findIntent(
  db: Database,
  key: IntentKey,
  { lock = false } = {},
): Promise<Intent | undefined> {
  const query = db
    .selectFrom('bookingIntents')
    .selectAll()
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
}

/**
 * Writes the state an intent came to, unless it has come to another end meanwhile: a call and the
 * reconciler may both try, and the first one counts.
 *
 * @param end `from` narrows the states it may come from
 * @returns whether it was written
 */
export async function settleIntent(
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
    .where('state', 'in', ['claimed', 'unknown', 'attention'])
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

/** Handed over beside the text of a statement, or written into it. */
type Instant = Date | RawBuilder<Date>;

/**
 * `start_at` and `end_at` overlap the time given. The last condition bounds the walk along the
 * index: nothing is longer than a day.
 */
export function overlap(startAt: Instant, endAt: Instant) {
  return sql<boolean>`(end_at > ${startAt} and start_at < ${endAt}
    and end_at < ${endAt}::timestamptz + interval '1 day 1 hour')`;
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

/** A step as the array that is added to the others. */
export function step(state: unknown, reason: unknown) {
  return sql`jsonb_build_array(jsonb_build_object(
    'state', ${state}::text,
    'at', to_char(slotline_clock() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'reason', ${reason}::text))`;
}
