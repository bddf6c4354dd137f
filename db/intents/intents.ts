import { sql } from 'kysely';
import { ago } from '../clock.ts';
import type { RawBuilder } from 'kysely';
import type { Database } from '../database.ts';
import type { AttendeeRecord, IntentKind, IntentState, IntentStep, Requester } from '../values.ts';

export interface IntentKey {
  organizationId: string;
  id: string;
}

/** States in which nobody knows yet how it ends, and the reconciler finds out. */
export const WAITING = ['requested', 'claimed', 'unknown'] as const satisfies IntentState[];
/** States from which an intent still comes to an end, if only by an operator. */
export const UNSETTLED = [...WAITING, 'attention'] as const satisfies IntentState[];
/** States of an intent whose write may have been sent. */
export const MAYBE_SENT = ['claimed', 'unknown', 'attention'] as const satisfies IntentState[];

/** Whether a row is in one of the states; written out, so that the partial indexes serve. */
export function isIn(states: readonly IntentState[]): RawBuilder<boolean> {
  return sql`state in (${sql.join(states.map((state) => sql.lit(state)))})`;
}

/** The resource of every claim and hold on a calendar where nothing else can be at the same time. */
export const WHOLE_CALENDAR = 'calendar';

export interface NewIntent {
  organizationId: string;
  calendarConnectionId: string;
  callId: string | null;
  eventType: string;
  /** Live intents of one resource never overlap: `WHOLE_CALENDAR`, or a name of its own. */
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
  /** Who asked where no call did. */
  requestedBy?: Requester | null;
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

/**
 * A live claim certainly stands. One that was confirmed before the instant given may have been given
 * up by the provider meanwhile, without our having heard of it.
 */
export function standsFirm(confirmedSince: RawBuilder<Date>): RawBuilder<boolean> {
  return sql`(state <> 'confirmed' or updated_at > ${confirmedSince})`;
}

/**
 * Whether somebody has the time of a wish to book who certainly stands.
 *
 * @param wish the alias of what has the calendar, the resource and the time of it
 * @param believe the milliseconds for which a confirmed claim certainly stands
 */
export function isOvertaken(wish: string, believe: RawBuilder<number>): RawBuilder<boolean> {
  const of = (column: string) => sql.ref<Date>(`${wish}.${column}`);
  return sql`exists (
    select from booking_intents
    where calendar_connection_id = ${of('calendar_connection_id')} and resource = ${of('resource')}
      and is_live and ${overlap(of('start_at'), of('end_at'))}
      and ${standsFirm(sql`slotline_clock() - ${believe} * interval '1 millisecond'`)})`;
}

/** A step as the array that is added to the others. */
export function step(state: unknown, reason: unknown) {
  return sql`jsonb_build_array(jsonb_build_object(
    'state', ${state}::text,
    'at', to_char(slotline_clock() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'reason', ${reason}::text))`;
}

export type RefusedIntent = Pick<
  Intent,
  'organizationId' | 'id' | 'kind' | 'appointmentId' | 'callId'
>;

/** What a call asked for and did not get in the last so many milliseconds. */
export async function listIntentsRefusedWithin(
  db: Database,
  key: { organizationId: string; callId: string; within: number },
): Promise<RefusedIntent[]> {
  return db
    .selectFrom('bookingIntents')
    .select(['organizationId', 'id', 'kind', 'appointmentId', 'callId'])
    .where('organizationId', '=', key.organizationId)
    .where('callId', '=', key.callId)
    .where('state', '=', 'refused')
    .where('updatedAt', '>=', ago(key.within))
    .execute();
}

/** The refused intent of an idempotency key, where there is one. */
export async function findRefusedIntent(
  db: Database,
  calendar: { organizationId: string; calendarConnectionId: string },
  idempotencyKey: string,
): Promise<Intent | undefined> {
  return db
    .selectFrom('bookingIntents')
    .selectAll()
    .where('organizationId', '=', calendar.organizationId)
    .where('calendarConnectionId', '=', calendar.calendarConnectionId)
    .where('idempotencyKey', '=', idempotencyKey)
    .where('state', '=', 'refused')
    .where('kind', '<>', 'cancel')
    .executeTakeFirst();
}

/** An intent as far as a mirrored booking can concern it. */
export interface MirroredIntent {
  id: string;
  kind: IntentKind;
  state: IntentState;
  startAt: Date;
  idempotencyKey: string;
  reference: string | null;
  agentId: string | null;
  callId: string | null;
  bookingEventId: string | null;
}

/**
 * The intents that made or changed a booking: by one of its names or by the key it carries, newest
 * first. Locked until the transaction ends, and to be locked before the appointment: in that order
 * the ledger writes both.
 */
export async function lockIntentsOfBooking(
  transaction: Database,
  calendar: { organizationId: string; calendarConnectionId: string },
  booking: { uids: readonly string[]; key: string | null },
): Promise<MirroredIntent[]> {
  return transaction
    .selectFrom('bookingIntents')
    .select([
      'id',
      'kind',
      'state',
      'startAt',
      'idempotencyKey',
      'reference',
      'agentId',
      'callId',
      'bookingEventId',
    ])
    .where('organizationId', '=', calendar.organizationId)
    .where('calendarConnectionId', '=', calendar.calendarConnectionId)
    .where((where) =>
      where.or([
        where('reference', 'in', [...booking.uids]),
        where('idempotencyKey', '=', booking.key),
      ]),
    )
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .forUpdate()
    .execute();
}
