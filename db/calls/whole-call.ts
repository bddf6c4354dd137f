import type { Database } from '../database.ts';
import type {
  AppointmentDetails,
  AttendeeRecord,
  ChargedAmounts,
  ChargeKind,
  IntentKind,
  IntentState,
  RecordingState,
  RehearsalWish,
  TurnMedium,
  TurnRole,
} from '../values.ts';
import { listRecordings } from './recordings.ts';
import type { RecordingPart } from './recordings.ts';
import { findListedCall } from './list-calls.ts';
import type { CallKeyed, ListedCall } from './list-calls.ts';

/** Everything that is on record of one call, each part in its order. */
export interface WholeCall extends ListedCall {
  organizationId: string;
  agentId: string;
  /** IANA: the caller's; null where nobody said it. */
  timeZone: string | null;
  /** ISO 639-1: what was spoken last; null: the agent's. */
  language: string | null;
  rehearsal: RehearsalWish | null;
  appointmentDetails: AppointmentDetails | null;
  /** Whether the caller was told of the recording, or did not want it; null: nothing was recorded. */
  recording: RecordingState | null;
  recordings: RecordingPart[];
  turns: {
    at: Date;
    role: TurnRole;
    medium: TurnMedium | null;
    text: string;
    interrupted: boolean;
    /** Milliseconds. */
    latency: number | null;
  }[];
  tools: {
    at: Date;
    endedAt: Date | null;
    name: string;
    arguments: unknown;
    result: unknown;
    error: string | null;
  }[];
  marks: { at: Date; kind: string; details: Record<string, unknown>; words: string | null }[];
  charges: {
    at: Date;
    kind: ChargeKind;
    model: string;
    amounts: ChargedAmounts;
    /** US dollars; null where no price is known. */
    cost: number | null;
  }[];
  intents: {
    id: string;
    at: Date;
    kind: IntentKind;
    state: IntentState;
    startAt: Date;
    endAt: Date;
    attendee: AttendeeRecord;
    appointmentId: string | null;
  }[];
  messages: {
    at: Date;
    name: string | null;
    /** E.164. */
    callbackNumber: string | null;
    email: string | null;
    text: string;
  }[];
}

/** One call as `findListedCall` finds it, with all of it; undefined where there is none. */
export async function findWholeCall(db: Database, key: CallKeyed): Promise<WholeCall | undefined> {
  const listed = await findListedCall(db, key);
  if (!listed) return undefined;
  const { id } = listed;
  const row = await db
    .selectFrom('calls')
    .select([
      'organizationId',
      'agentId',
      'timeZone',
      'language',
      'rehearsal',
      'appointmentDetails',
      'recording',
    ])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const turns = await db
    .selectFrom('callTurns')
    .select(['saidAt as at', 'role', 'medium', 'text', 'interrupted', 'latency'])
    .where('callId', '=', id)
    .orderBy('saidAt')
    .orderBy('id')
    .execute();
  const tools = await db
    .selectFrom('toolCalls')
    .select(['startedAt as at', 'endedAt', 'name', 'arguments', 'result', 'error'])
    .where('callId', '=', id)
    .orderBy('startedAt')
    .orderBy('id')
    .execute();
  const marks = await db
    .selectFrom('callMarks')
    .select(['markedAt as at', 'kind', 'details', 'words'])
    .where('callId', '=', id)
    .orderBy('markedAt')
    .orderBy('id')
    .execute();
  const charges = await db
    .selectFrom('callCharges')
    .select(['chargedAt as at', 'kind', 'model', 'amounts', 'cost'])
    .where('callId', '=', id)
    .orderBy('id')
    .execute();
  const intents = await db
    .selectFrom('bookingIntents')
    .leftJoin('appointments as made', 'made.intentId', 'bookingIntents.id')
    .select((select) => [
      'bookingIntents.id',
      'bookingIntents.createdAt as at',
      'bookingIntents.kind',
      'bookingIntents.state',
      'bookingIntents.startAt',
      'bookingIntents.endAt',
      'bookingIntents.attendee',
      select.fn.coalesce('bookingIntents.appointmentId', 'made.id').as('appointmentId'),
    ])
    .where('bookingIntents.callId', '=', id)
    .orderBy('bookingIntents.createdAt')
    .execute();
  const messages = await db
    .selectFrom('messagesTaken')
    .select(['createdAt as at', 'callerName as name', 'callbackNumber', 'email', 'text'])
    .where('callId', '=', id)
    .orderBy('createdAt')
    .execute();
  return {
    ...listed,
    ...row,
    recordings: await listRecordings(db, id),
    turns,
    tools,
    marks,
    charges: charges.map(({ cost, ...charge }) => ({
      ...charge,
      cost: cost === null ? null : Number(cost),
    })),
    intents,
    messages,
  };
}
