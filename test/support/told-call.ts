import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { DateTime } from 'luxon';
import { slotLabel } from '../../booking/times/labels.ts';
import type { RecordingStore } from '../../calls/recordings/recording-store.ts';
import type { Database } from '../../db/database.ts';
import { encodeMuLaw } from '../../runtime/g711.ts';
import { tone } from './made-wave.ts';
import { recordCall } from './record-call.ts';
import type { Tenant } from './tenants.ts';

export const CALLER = { name: 'Mary Smith', email: 'mary@example.com', phone: '+12025550123' };
/** IANA: the caller's and the calendar's. */
const ZONE = 'America/New_York';
/** Of a recording; seconds. The caller is heard in its first half, the agent in the second. */
export const RECORDED = 32;

export interface ToldCall {
  callId: string;
  appointmentId: string;
  intentId: string;
  /** Of the appointment. */
  start: Date;
  /** "Tuesday, November 24 at 2:30 PM". */
  label: string;
}

export interface ToldOptions {
  startedAt: Date;
  /** It goes on. */
  isOpen?: boolean;
  phone?: string;
  /** Where a recording of it is put; none is made unless given. */
  store?: RecordingStore | null;
}

/**
 * A call by phone as it is on record: asked, offered, said to be booked before it was, taken back,
 * booked. It began 40 seconds before it ended.
 */
export async function insertToldCall(
  db: Database,
  { organizationId, agentId, calendarConnectionId, bookingEventId }: Tenant,
  { startedAt, isOpen = false, phone = CALLER.phone, store = null }: ToldOptions,
): Promise<ToldCall> {
  const at = (seconds: number): Date => new Date(startedAt.getTime() + seconds * 1_000);
  const [start, other] = [slotAfter(startedAt, 0), slotAfter(startedAt, 60)];
  const end = new Date(start.getTime() + 1_800_000);
  const [label, otherLabel] = [start, other].map((slot) =>
    slotLabel(slot, { timeZone: ZONE, now: startedAt }),
  ) as [string, string];
  const attendee = { ...CALLER, phone, timeZone: ZONE };
  const { id: callId } = await db
    .insertInto('calls')
    .values({
      organizationId,
      agentId,
      roomName: `call-${randomUUID()}`,
      line: 'phone',
      callerNumber: phone,
      timeZone: ZONE,
      startedAt,
      outcome: 'booked',
      ...(isOpen ? {} : { endedAt: at(40), endReason: 'The caller hung up.', endedBy: 'caller' }),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const key = { organizationId, callId };
  await db
    .updateTable('calls')
    .set({ latencies: sql<number[]>`array[900, 700, 1300]` })
    .where('id', '=', callId)
    .execute();
  const says = (seconds: number, role: 'agent' | 'caller', text: string, latency?: number) => ({
    ...key,
    role,
    text,
    medium: 'speech' as const,
    latency: latency ?? null,
    saidAt: at(seconds),
  });
  await db
    .insertInto('callTurns')
    .values([
      says(0, 'agent', 'Hi, this is Harbor Street Clinic. How can I help?'),
      says(4, 'caller', 'Could I come tomorrow afternoon? My name is Mary Smith.'),
      says(8, 'agent', `I have ${label}. Would that suit you?`, 900),
      says(12, 'caller', 'Half past two, please.'),
      says(13, 'agent', `You're all booked for ${label}.`),
      says(16, 'agent', 'Sorry, it is not booked yet. What is your e-mail address?', 700),
      says(20, 'caller', 'mary at example dot com'),
      says(25, 'agent', `You're booked for ${label} Eastern time. Anything else?`, 1_300),
      says(30, 'caller', 'No, thank you.'),
    ])
    .execute();
  const intentId = await insertBooked();
  const { id: appointmentId } = await db
    .insertInto('appointments')
    .values({
      ...key,
      agentId,
      calendarConnectionId,
      intentId,
      bookingEventId,
      eventType: 'appointment',
      reference: randomUUID(),
      startAt: start,
      endAt: end,
      status: 'confirmed',
      attendeeName: CALLER.name,
      attendeeEmail: CALLER.email,
      attendeePhone: phone,
      timeZone: ZONE,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const tool = (from: number, to: number, name: string, args: object, result: object) => ({
    ...key,
    name,
    arguments: JSON.stringify(args),
    result: JSON.stringify(result),
    startedAt: at(from),
    endedAt: at(to),
  });
  const slots = [
    { slot_id: 'slot-1', label },
    { slot_id: 'slot-2', label: otherLabel },
  ];
  const book = {
    slot_id: 'slot-1',
    attendee_name: CALLER.name,
    attendee_email: CALLER.email,
    notes: 'Pays with 4111 1111 1111 1111',
  };
  await db
    .insertInto('toolCalls')
    .values([
      tool(
        6,
        6.4,
        'list_available_slots',
        { when: 'tomorrow afternoon' },
        {
          status: 'slots',
          asked: 'tomorrow afternoon',
          slots,
          days: [],
          time_zone: 'Eastern time',
        },
      ),
      tool(22, 23.5, 'schedule_appointment', book, { status: 'booked', label }),
    ])
    .execute();
  const mark = (seconds: number, kind: string, details: object, words: string | null = null) => ({
    ...key,
    kind,
    details: JSON.stringify(details),
    words,
    markedAt: at(seconds),
  });
  await db
    .insertInto('callMarks')
    .values([
      mark(0, 'agent', { state: 'speaking' }),
      mark(2, 'disclosure', { said: true }),
      mark(14, 'truth.corrected', { why: 'not-booked' }, `You're all booked for ${label}.`),
      mark(15, 'truth.stopped', { why: 'not-offered' }, 'Or Friday at nine?'),
      mark(23.6, 'outcome', {
        outcome: 'booked',
        status: 'booked',
        appointmentId,
        start: start.toISOString(),
      }),
      mark(26, 'agent', { state: 'listening' }),
    ])
    .execute();
  await db
    .insertInto('callCharges')
    .values([
      {
        ...key,
        kind: 'response',
        model: 'gpt-realtime',
        amounts: JSON.stringify({ audioInput: 900, audioOutput: 400 }),
        cost: 0.0325,
      },
      {
        ...key,
        kind: 'transcription',
        model: 'transcribe',
        amounts: '{"seconds":12}',
        cost: 0.001,
      },
    ])
    .execute();
  await db
    .updateTable('calls')
    .set({
      appointmentDetails: JSON.stringify({
        status: 'booked',
        appointmentId,
        reference: 'r',
        start: start.toISOString(),
        end: end.toISOString(),
        label,
        attendee,
      }),
    })
    .where('id', '=', callId)
    .execute();
  if (store) await recordCall(db, key, { startedAt, store, sound: halfAndHalf() });
  return { callId, appointmentId, intentId, start, label };

  async function insertBooked(): Promise<string> {
    const row = await db
      .insertInto('bookingIntents')
      .values({
        ...key,
        calendarConnectionId,
        agentId,
        bookingEventId,
        eventType: 'appointment',
        // Calls of a test may book the same time.
        resource: callId,
        idempotencyKey: randomUUID(),
        startAt: start,
        endAt: end,
        attendee: JSON.stringify(attendee),
        state: 'confirmed',
        reason: null,
        steps: '[]',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  }
}

/** Half past two in the afternoon of the next day in New York, and so many minutes after it. */
function slotAfter(at: Date, minutes: number): Date {
  const day = DateTime.fromJSDate(at, { zone: ZONE }).plus({ days: 1 }).startOf('day');
  return day.set({ hour: 14, minute: 30 }).plus({ minutes }).toJSDate();
}

function halfAndHalf(): Buffer {
  const half = tone(RECORDED / 2);
  const [spoken, unspoken] = [half, new Int16Array(half.length)].map(encodeMuLaw) as [
    Uint8Array,
    Uint8Array,
  ];
  return Buffer.concat([interleave(spoken, unspoken), interleave(unspoken, spoken)]);
}

function interleave(left: Uint8Array, right: Uint8Array): Buffer {
  const both = Buffer.alloc(2 * left.length);
  for (const [at, sample] of left.entries()) {
    both[2 * at] = sample;
    both[2 * at + 1] = right[at] ?? 0xff;
  }
  return both;
}
