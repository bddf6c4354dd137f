import type { z } from 'zod';
import type { Database } from '../../db/database.ts';
import type { EventFacts, EventKind } from '../../db/webhooks/event-kinds.ts';
import type { UntoldEvent } from '../../db/webhooks/events.ts';
import {
  findToldAgent,
  findToldAppointment,
  findToldCall,
  findToldIntent,
  findToldMessage,
} from '../../db/webhooks/subjects.ts';
import type { ToldAppointment, ToldCall, ToldIntent } from '../../db/webhooks/subjects.ts';
import { bodySchemaOf, DATA } from './payloads.ts';

type DataOf<Kind extends EventKind> = z.input<(typeof DATA)[Kind]>;

interface Told {
  organizationId: string;
  id: string;
  facts: EventFacts;
}

/** Each answers undefined where what it tells of is gone. */
type Compose<Kind extends EventKind> = (
  db: Database,
  told: Told,
) => Promise<DataOf<Kind> | undefined>;

const COMPOSE: { [Kind in EventKind]: Compose<Kind> } = {
  'call.started': async (db, told) => {
    const call = await findToldCall(db, told);
    return call && { call: startedCall(call) };
  },
  'call.ended': async (db, told) => {
    const call = await findToldCall(db, told);
    return call?.endedAt ? { call: endedCall(call, call.endedAt) } : undefined;
  },
  'appointment.booked': ofAppointment,
  'appointment.accepted': ofAppointment,
  'appointment.cancelled': ofAppointment,
  'appointment.moved': async (db, told) => {
    const appointment = await findToldAppointment(db, told);
    const { before } = told.facts;
    if (!appointment || !before) return undefined;
    const was = { id: before.id, start: toIso(before.startAt), end: toIso(before.endAt) };
    return { appointment: toldAppointment(appointment, told.facts), before: was };
  },
  'appointment.unconfirmed': async (db, told) => {
    const intent = await findToldIntent(db, told);
    return intent && { intent: toldIntent(intent) };
  },
  'appointment.settled': async (db, told) => {
    const intent = await findToldIntent(db, told);
    const outcome = told.facts.state === 'confirmed' ? 'done' : 'not_done';
    return intent && { intent: toldIntent(intent), outcome };
  },
  'message.taken': async (db, told) => {
    const message = await findToldMessage(db, told);
    if (!message) return undefined;
    const { createdAt, ...rest } = message;
    return { message: { ...rest, takenAt: createdAt.toISOString() } };
  },
  'agent.published': async (db, told) => {
    const agent = await findToldAgent(db, told);
    return agent && { agent, version: told.facts.version ?? null };
  },
  'alert.raised': ofAlert,
  'alert.resolved': ofAlert,
};

/**
 * Puts an event into words, as it is sent to the byte. What changes with time is said as it was then;
 * who was there and what they left, as it stands now: somebody may have been forgotten meanwhile.
 *
 * @returns null where what it tells of is gone
 */
export async function composeEvent(db: Database, event: UntoldEvent): Promise<string | null> {
  const { kind, organizationId, subjectId, facts, at } = event;
  // A test is in words from the beginning.
  if (kind === 'webhook.test' || subjectId === null) return null;
  const data = await COMPOSE[kind](db, { organizationId, id: subjectId, facts });
  if (data === undefined) return null;
  const body = { type: kind, timestamp: at.toISOString(), organizationId, data };
  return JSON.stringify(bodySchemaOf(kind, DATA[kind]).parse(body));
}

/** All of it was written down when it happened. */
function ofAlert(_db: Database, { id, organizationId, facts: { alert } }: Told) {
  const told = alert && { alert: { id: id === organizationId ? null : id, ...alert } };
  return Promise.resolve(told);
}

async function ofAppointment(db: Database, told: Told) {
  const appointment = await findToldAppointment(db, told);
  return appointment && { appointment: toldAppointment(appointment, told.facts) };
}

function startedCall(call: ToldCall) {
  const { id, line, callerNumber, startedAt } = call;
  return {
    id,
    agent: { id: call.agentId, slug: call.agentSlug, name: call.agentName },
    line,
    callerNumber,
    startedAt: startedAt.toISOString(),
  };
}

function endedCall(call: ToldCall, endedAt: Date) {
  const { outcome, endedBy, language, truth, appointmentDetails: details } = call;
  return {
    ...startedCall(call),
    endedAt: endedAt.toISOString(),
    seconds: Math.max(0, Math.round((endedAt.getTime() - call.startedAt.getTime()) / 1_000)),
    outcome,
    endedBy,
    language,
    appointment: details && {
      id: details.appointmentId,
      status: details.status ?? null,
      start: toIso(details.start),
      end: toIso(details.end),
    },
    truth,
    figures: {
      turns: call.turns,
      toolCalls: call.toolCalls,
      medianLatencyMilliseconds: call.medianLatency,
      longestLatencyMilliseconds: call.longestLatency,
      cost: call.cost,
    },
  };
}

function toldAppointment(appointment: ToldAppointment, facts: EventFacts) {
  const { startAt, endAt, status, calendarName, ...rest } = appointment;
  return {
    ...rest,
    calendar: calendarName,
    status: (facts.status ?? status) as ToldAppointment['status'],
    start: toIso(facts.startAt ?? startAt),
    end: toIso(facts.endAt ?? endAt),
  };
}

function toldIntent({ startAt, endAt, ...intent }: ToldIntent) {
  return { ...intent, start: startAt.toISOString(), end: endAt.toISOString() };
}

function toIso(instant: string | Date): string {
  return new Date(instant).toISOString();
}
