import type { Database } from '../db/database.ts';
import type { CallOutcome, IntentState, TurnRole } from '../db/schema.ts';

/** What a call left behind. */
export interface Evidence {
  call: {
    id: string;
    outcome: CallOutcome | null;
    endReason: string | null;
    endedAt: Date | null;
  } | null;
  turns: { role: TurnRole; text: string; interrupted: boolean; saidAt: Date }[];
  toolCalls: { name: string; error: string | null; endedAt: Date | null }[];
  intents: { state: IntentState; startAt: Date }[];
  appointments: Booked[];
  /** The calendar's own record, cancelled bookings left out. */
  calendarBookings: { uid: string; startAt: Date }[];
}

export interface Booked {
  reference: string;
  startAt: Date;
  name: string;
  email: string | null;
  phone: string | null;
}

/** Where a call's traces are: its room, and the calendar connection when nobody else uses it. */
export interface CallPlace {
  roomName: string;
  ownConnectionId: string | null;
}

const nothing: Evidence = {
  call: null,
  turns: [],
  toolCalls: [],
  intents: [],
  appointments: [],
  calendarBookings: [],
};

/** Reads everything a call left, by its room. A grader reads the tables as they are, not through the code it grades. */
export async function readEvidence(db: Database, place: CallPlace): Promise<Evidence> {
  const call = await db
    .selectFrom('calls')
    .select(['id', 'organizationId', 'outcome', 'endReason', 'endedAt'])
    .where('roomName', '=', place.roomName)
    .executeTakeFirst();
  if (call === undefined) {
    return nothing;
  }
  const { organizationId, ...row } = call;
  const ofCall = { organizationId, callId: row.id };
  const turns = await db
    .selectFrom('callTurns')
    .select(['role', 'text', 'interrupted', 'saidAt'])
    .where('organizationId', '=', organizationId)
    .where('callId', '=', ofCall.callId)
    .orderBy('saidAt')
    .execute();
  const toolCalls = await db
    .selectFrom('toolCalls')
    .select(['name', 'error', 'endedAt'])
    .where('organizationId', '=', organizationId)
    .where('callId', '=', ofCall.callId)
    .orderBy('startedAt')
    .execute();
  const intents = await db
    .selectFrom('bookingIntents')
    .select(['idempotencyKey', 'state', 'startAt'])
    .where('organizationId', '=', organizationId)
    .where('callId', '=', ofCall.callId)
    .execute();
  const appointments = await db
    .selectFrom('appointments')
    .select([
      'reference',
      'startAt',
      'attendeeName as name',
      'attendeeEmail as email',
      'attendeePhone as phone',
    ])
    .where('organizationId', '=', organizationId)
    .where('callId', '=', ofCall.callId)
    .where('status', '=', 'confirmed')
    .orderBy('startAt')
    .execute();
  const keys = intents.map((intent) => intent.idempotencyKey);
  const stored = await db
    .selectFrom('fakeCalendarBookings')
    .select(['uid', 'startAt', 'idempotencyKey', 'calendarConnectionId'])
    .where('organizationId', '=', organizationId)
    .where('status', '=', 'confirmed')
    .orderBy('startAt')
    .execute();
  const calendarBookings = stored
    .filter(
      (booking) =>
        keys.includes(booking.idempotencyKey) ||
        // The fault "taken" lets a rival book, whose keys begin so (calendar/faulty-calendar.ts).
        (booking.calendarConnectionId === place.ownConnectionId &&
          !booking.idempotencyKey.startsWith('rival:')),
    )
    .map(({ uid, startAt }) => ({ uid, startAt }));
  return {
    call: row,
    turns,
    toolCalls,
    intents: intents.map(({ state, startAt }) => ({ state, startAt })),
    appointments,
    calendarBookings,
  };
}

/** Waits until the call's row is closed; answers what there is when the time (milliseconds) is over. */
export async function awaitEnd(
  db: Database,
  place: CallPlace,
  patience = 10_000,
): Promise<Evidence> {
  const end = Date.now() + patience;
  for (;;) {
    const evidence = await readEvidence(db, place);
    if ((evidence.call !== null && evidence.call.endedAt !== null) || Date.now() >= end) {
      return evidence;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
}
