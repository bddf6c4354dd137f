import { sql } from 'kysely';
import { PREPARED } from '../database.ts';
import type { Database } from '../database.ts';
import { Gathered } from '../gathered.ts';
import { isOvertaken, step, TAKEN } from './intents.ts';
import type { Intent, NewIntent } from './intents.ts';

type Requested = Intent & { isNew: boolean };
type Written = Omit<Intent, keyof NewIntent> & Pick<Intent, 'organizationId' | 'idempotencyKey'>;

/** Of each database: many callers want the same slot in the same moment. */
const gathered = new WeakMap<Database, Gathered<Request, Requested>>();

interface Request {
  intent: NewIntent;
  /** Milliseconds for which a confirmed claim certainly stands. */
  believe: number;
}

/**
 * Writes what is about to be tried; as `refused` where something overlaps that certainly stands: most
 * losers of a hot slot stop here, many in one statement, without waiting for a lock. A known idempotency
 * key answers the intent it made, as it is now.
 *
 * @param db no transaction: others' wishes go with it
 * @param believe milliseconds for which a confirmed claim certainly stands
 */
export function requestIntent(db: Database, intent: NewIntent, believe = 0): Promise<Requested> {
  const requests = gathered.get(db) ?? new Gathered((all: Request[]) => writeRequests(db, all));
  gathered.set(db, requests);
  return requests.ask({ intent, believe });
}

async function writeRequests(db: Database, requests: Request[]): Promise<Requested[]> {
  const all = requests.map(({ intent }) => intent);
  const column = <T>(of: (intent: NewIntent) => T): T[] => all.map(of);
  // Two that share a key would wait for each other's, were they not written in one order everywhere.
  const { rows } = await sql<Written>`${PREPARED}
    with asked as (
      select * from unnest(
        ${column((intent) => intent.organizationId)}::uuid[],
        ${column((intent) => intent.calendarConnectionId)}::uuid[],
        ${column((intent) => intent.callId)}::uuid[],
        ${column((intent) => intent.eventType)}::text[],
        ${column((intent) => intent.resource)}::text[],
        ${column((intent) => intent.idempotencyKey)}::text[],
        ${column((intent) => intent.kind)}::text[],
        ${column((intent) => intent.startAt)}::timestamptz[],
        ${column((intent) => intent.endAt)}::timestamptz[],
        ${column((intent) => JSON.stringify(intent.attendee))}::jsonb[],
        ${column((intent) => intent.agentId)}::uuid[],
        ${column((intent) => intent.bookingEventId)}::uuid[],
        ${column((intent) => intent.appointmentId)}::uuid[],
        ${column((intent) => intent.notes)}::text[],
        ${column((intent) => JSON.stringify(intent.answers))}::jsonb[],
        ${column((intent) => intent.organizerEmail)}::text[],
        ${column(({ requestedBy }) => (requestedBy ? JSON.stringify(requestedBy) : null))}::jsonb[],
        ${requests.map(({ believe }) => believe)}::float8[]
      ) as asked (
        organization_id, calendar_connection_id, call_id, event_type, resource, idempotency_key,
        kind, start_at, end_at, attendee, agent_id, booking_event_id, appointment_id, notes, answers,
        organizer_email, requested_by, believe
      )
    ), decided as (
      select asked.*,
        asked.kind = 'book' and ${isOvertaken('asked', sql.ref('asked.believe'))} as is_taken
      from asked
    )
    insert into booking_intents (
      organization_id, calendar_connection_id, call_id, event_type, resource, idempotency_key,
      kind, start_at, end_at, attendee, agent_id, booking_event_id, appointment_id, notes, answers,
      organizer_email, requested_by, state, reason, steps
    )
    select organization_id, calendar_connection_id, call_id, event_type, resource, idempotency_key,
      kind, start_at, end_at, attendee, agent_id, booking_event_id, appointment_id, notes, answers,
      organizer_email, requested_by, case when is_taken then 'refused' else 'requested' end,
      case when is_taken then ${TAKEN} end,
      case when is_taken then ${step('requested', null)} || ${step('refused', TAKEN)}
        else ${step('requested', null)} end
    from decided
    order by organization_id, idempotency_key
    on conflict (organization_id, idempotency_key) do nothing
    returning organization_id, idempotency_key, id, state, reason, steps, attempts, reference, is_live,
      created_at, updated_at
  `.execute(db);
  const written = new Map(rows.map((row) => [nameOf(row), row]));
  return Promise.all(
    all.map(async (intent) => {
      const row = written.get(nameOf(intent));
      // Of two in one statement that share a key the first one is new.
      written.delete(nameOf(intent));
      return row ? { ...intent, ...row, isNew: true } : findKnown(db, intent);
    }),
  );
}

function nameOf(intent: Pick<Intent, 'organizationId' | 'idempotencyKey'>): string {
  return `${intent.organizationId} ${intent.idempotencyKey}`;
}

async function findKnown(db: Database, intent: NewIntent): Promise<Requested> {
  const known = await db
    .selectFrom('bookingIntents')
    .selectAll()
    .where('organizationId', '=', intent.organizationId)
    .where('idempotencyKey', '=', intent.idempotencyKey)
    .executeTakeFirstOrThrow();
  return { ...known, isNew: false };
}
