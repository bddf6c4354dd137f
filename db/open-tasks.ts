import { sql } from 'kysely';
import { ago } from './clock.ts';
import type { Database } from './database.ts';
import type { IntentKind, IntentState } from './values.ts';

// What of an organization waits for a person. The first few of each, and how many there are.

export interface Few<Item> {
  count: number;
  items: Item[];
}

/** Items of each kind that a page shows at once. */
const FEW = 5;
/** Milliseconds after which nobody minds a webhook that failed. */
const RECENT = 7 * 86_400_000;

/** A change to a calendar of which nobody knows yet whether it was done. */
export interface OpenIntent {
  id: string;
  kind: IntentKind;
  state: IntentState;
  eventName: string | null;
  attendeeName: string;
  startAt: Date;
  createdAt: Date;
  callId: string | null;
}

/** Those that an operator must settle first, then the oldest. */
export async function listOpenIntents(
  db: Database,
  organizationId: string,
): Promise<Few<OpenIntent>> {
  const { rows } = await sql<OpenIntent & { total: number }>`
    select intent.id, intent.kind, intent.state, event.name as event_name,
      intent.attendee ->> 'name' as attendee_name, intent.start_at, intent.created_at,
      intent.call_id, count(*) over ()::integer as total
    from booking_intents as intent
    left join booking_events as event on event.id = intent.booking_event_id
    left join calls on calls.id = intent.call_id
    where intent.organization_id = ${organizationId} and intent.state in ('unknown', 'attention')
      and calls.rehearsal is null
    order by intent.state = 'attention' desc, intent.created_at limit ${FEW}`.execute(db);
  return few(rows);
}

/** A message that nobody has seen to. */
export interface OpenMessage {
  id: string;
  callerName: string | null;
  /** E.164. */
  callbackNumber: string | null;
  text: string;
  urgent: boolean;
  createdAt: Date;
  callId: string;
}

/** Urgent ones first, then the oldest. */
export async function listOpenMessages(
  db: Database,
  organizationId: string,
): Promise<Few<OpenMessage>> {
  const { rows } = await sql<OpenMessage & { total: number }>`
    select message.id, message.caller_name, message.callback_number, message.text, message.urgent,
      message.created_at, message.call_id, count(*) over ()::integer as total
    from messages_taken as message
    join calls on calls.id = message.call_id
    where message.organization_id = ${organizationId} and message.handled_at is null
      and calls.rehearsal is null
    order by message.urgent desc, message.created_at limit ${FEW}`.execute(db);
  return few(rows);
}

/** News of a calendar that could not be applied. */
export interface FailedNews {
  id: string;
  calendarName: string;
  reason: string | null;
  at: Date;
}

/** Of the last days, the newest first. */
export async function listFailedNews(
  db: Database,
  organizationId: string,
): Promise<Few<FailedNews>> {
  const { rows } = await sql<FailedNews & { total: number }>`
    select delivery.id, connection.name as calendar_name, delivery.reason,
      coalesce(delivery.settled_at, delivery.received_at) as at, count(*) over ()::integer as total
    from webhook_deliveries as delivery
    join calendar_connections as connection on connection.id = delivery.calendar_connection_id
    where delivery.organization_id = ${organizationId} and delivery.state = 'failed'
      and delivery.received_at > ${ago(RECENT)} and connection.disconnected_at is null
    order by at desc limit ${FEW}`.execute(db);
  return few(rows);
}

/** A calendar that refuses what we ask as it is set up. */
export interface TroubledCalendar {
  id: string;
  name: string;
  provider: string;
  /** For the operator: what was seen, and what to do. */
  problem: string;
  /** When that was seen last. */
  at: Date;
}

/**
 * Calendars whose newest sync was refused: a key that is not taken, an event type that is gone. One that
 * did not answer is asked again by itself.
 */
export async function listTroubledCalendars(
  db: Database,
  organizationId: string,
): Promise<Few<TroubledCalendar>> {
  const { rows } = await sql<TroubledCalendar & { total: number }>`
    select connection.id, connection.name, connection.provider,
      regexp_replace(last.error, '^Calendar(?:Setup|Configuration)Error: ', '') as problem,
      last.started_at as at, count(*) over ()::integer as total
    from calendar_connections as connection
    join lateral (
      select error, started_at from calendar_syncs
      where calendar_connection_id = connection.id and ended_at is not null
      order by started_at desc limit 1
    ) as last on true
    where connection.organization_id = ${organizationId} and connection.disconnected_at is null
      and last.error ~ '^Calendar(?:Setup|Configuration)Error: '
    order by connection.name limit ${FEW}`.execute(db);
  return few(rows);
}

/** An address of the organization's own that does not take what it is told. */
export interface FailingEndpoint {
  id: string;
  url: string;
  /** It failed for so long that it is told nothing any more. */
  isSwitchedOff: boolean;
  /** Since when. */
  at: Date;
}

/** Those that are switched off first. */
export async function listFailingEndpoints(
  db: Database,
  organizationId: string,
): Promise<Few<FailingEndpoint>> {
  const { rows } = await sql<FailingEndpoint & { total: number }>`
    select id, url, switched_off_at is not null as is_switched_off,
      coalesce(switched_off_at, failing_since) as at, count(*) over ()::integer as total
    from webhook_endpoints
    where organization_id = ${organizationId}
      and (switched_off_at is not null or (enabled and failing_since is not null))
    order by switched_off_at is null, at limit ${FEW}`.execute(db);
  return few(rows);
}

function few<Row extends { total: number }>(rows: readonly Row[]): Few<Omit<Row, 'total'>> {
  const items = rows.map((row) => {
    const { total: _, ...item } = row;
    return item;
  });
  return { count: rows[0]?.total ?? 0, items };
}
