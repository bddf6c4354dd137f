import { RIVAL } from '../../calendar/faulty-calendar.ts';
import {
  findCallOfRoom,
  listIntentsOfCall,
  listMessagesOfCall,
  listMirrored,
  listStored,
  listToolCalls,
  listTurns,
} from '../../db/calls/call-traces.ts';
import type { Database } from '../../db/database.ts';
import type {
  AppointmentStatus,
  CallOutcome,
  IntentKind,
  IntentState,
  TurnRole,
} from '../../db/values.ts';

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
  intents: {
    kind: IntentKind;
    state: IntentState;
    startAt: Date;
    /** What a move or a cancellation is about. */
    appointmentId: string | null;
  }[];
  messages: { name: string | null; number: string | null; text: string }[];
  /** Of this call, and where the calendar is the call's own, all that stand or stood in it but rivals'. */
  appointments: Booked[];
  /** The calendar's own record of the same. */
  calendarBookings: CalendarBooking[];
  /** Why a real calendar could not be asked; null where it could, or need not be. */
  calendarUnread: string | null;
}

export interface Booked {
  id: string;
  reference: string;
  startAt: Date;
  status: AppointmentStatus;
  /** Whether this call made it. */
  ofCall: boolean;
  name: string;
  email: string | null;
  phone: string | null;
}

export interface CalendarBooking {
  uid: string;
  startAt: Date;
  status: AppointmentStatus;
  /** When the intent of this call that made it wanted it; null where another did. */
  bookedFor: Date | null;
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
  messages: [],
  appointments: [],
  calendarBookings: [],
  calendarUnread: null,
};

/** Reads everything a call left, by its room. A grader reads the tables as they are, not through the code it grades. */
export async function readEvidence(db: Database, place: CallPlace): Promise<Evidence> {
  const call = await findCallOfRoom(db, place.roomName);
  if (call === undefined) {
    return nothing;
  }
  const { organizationId, ...row } = call;
  const ofCall = { organizationId, callId: row.id };
  const turns = await listTurns(db, ofCall);
  const toolCalls = await listToolCalls(db, ofCall);
  const intents = await listIntentsOfCall(db, ofCall);
  const messages = await listMessagesOfCall(db, ofCall);
  const mirrored = await listMirrored(db, organizationId);
  const stored = await listStored(db, organizationId);
  // The calendar's sync mirrors what the fault "taken" let a rival book as any other booking.
  const isRival = (key: string): boolean => key.startsWith(RIVAL);
  const rivals = new Set(
    stored.filter(({ idempotencyKey }) => isRival(idempotencyKey)).map(({ uid }) => uid),
  );
  const madeBy = new Map(intents.map((intent) => [intent.idempotencyKey, intent]));
  return {
    call: row,
    turns,
    toolCalls,
    messages,
    intents: intents.map(({ kind, state, startAt, appointmentId }) => ({
      kind,
      state,
      startAt,
      appointmentId,
    })),
    appointments: mirrored
      .filter(
        ({ callId, calendarConnectionId, reference }) =>
          !rivals.has(reference) &&
          (callId === row.id || calendarConnectionId === place.ownConnectionId),
      )
      .map(({ id, reference, startAt, status, callId, name, email, phone }) => ({
        id,
        reference,
        startAt,
        status,
        ofCall: callId === row.id,
        name,
        email,
        phone,
      })),
    calendarBookings: stored
      .filter(
        (booking) =>
          madeBy.has(booking.idempotencyKey) ||
          (booking.calendarConnectionId === place.ownConnectionId &&
            !isRival(booking.idempotencyKey)),
      )
      .map(({ uid, startAt, status, idempotencyKey }) => ({
        uid,
        startAt,
        status,
        bookedFor: madeBy.get(idempotencyKey)?.startAt ?? null,
      })),
    calendarUnread: null,
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
