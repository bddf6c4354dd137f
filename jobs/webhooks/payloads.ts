import { z } from 'zod';

/*
 * What is sent, by the type of the event. Each schema names all that leaves: docs/webhooks.md shows the
 * same, and a test reads its examples by these.
 */

const instant = z.iso.datetime();

const AgentSchema = z.object({ id: z.uuid(), slug: z.string(), name: z.string() });

const AttendeeSchema = z.object({
  name: z.string(),
  email: z.string().nullable(),
  /** E.164. */
  phone: z.string().nullable(),
  /** IANA. */
  timeZone: z.string(),
});

const StartedCallSchema = z.object({
  id: z.uuid(),
  agent: AgentSchema,
  line: z.enum(['web', 'phone', 'console', 'assistant']),
  /** E.164. */
  callerNumber: z.string().nullable(),
  startedAt: instant,
});

const EndedCallSchema = StartedCallSchema.extend({
  endedAt: instant,
  seconds: z.int().min(0),
  outcome: z.string().nullable(),
  endedBy: z.string().nullable(),
  /** ISO 639-1. */
  language: z.string().nullable(),
  /** What was booked, moved or cancelled last. */
  appointment: z
    .strictObject({ id: z.uuid(), status: z.string().nullable(), start: instant, end: instant })
    .nullable(),
  /** How often what was said, or was about to be, was held to what is true: by kind of mark. */
  truth: z.record(z.string(), z.int()),
  figures: z.object({
    turns: z.int(),
    toolCalls: z.int(),
    /** From the end of what a caller said to the first sound of the answer. */
    medianLatencyMilliseconds: z.number().nullable(),
    longestLatencyMilliseconds: z.number().nullable(),
    /** US dollars; null where it is not known. */
    cost: z.number().nullable(),
  }),
});

const AppointmentSchema = z.object({
  id: z.uuid(),
  /** As of the event. */
  status: z.enum(['confirmed', 'pending', 'cancelled', 'rejected']),
  start: instant,
  end: instant,
  eventType: z.string(),
  eventName: z.string().nullable(),
  calendar: z.string(),
  agent: AgentSchema.nullable(),
  callId: z.uuid().nullable(),
  attendee: AttendeeSchema,
  notes: z.string().nullable(),
  location: z.string().nullable(),
  cancellationReason: z.string().nullable(),
});

const IntentSchema = z.object({
  id: z.uuid(),
  kind: z.enum(['book', 'reschedule', 'cancel']),
  start: instant,
  end: instant,
  agent: AgentSchema.nullable(),
  callId: z.uuid().nullable(),
  /** The one that it made or changes, where there is one. */
  appointmentId: z.uuid().nullable(),
  attendee: AttendeeSchema,
});

const MessageSchema = z.object({
  id: z.uuid(),
  agent: AgentSchema.nullable(),
  callId: z.uuid(),
  callerName: z.string().nullable(),
  /** E.164. */
  callbackNumber: z.string().nullable(),
  email: z.string().nullable(),
  text: z.string(),
  urgent: z.boolean(),
  takenAt: instant,
});

const AlertSchema = z.object({
  /** Null of the spending limit. */
  id: z.uuid().nullable(),
  name: z.string(),
  measure: z.string(),
  words: z.string(),
  value: z.number(),
  /** Of `alert.resolved` the value at which it is over. */
  threshold: z.number(),
  unit: z.string(),
  /** Null: this month. */
  windowHours: z.int().nullable(),
  /** A slug; null: all agents. */
  agent: z.string().nullable(),
});

/** The `data` of each type. */
export const DATA = {
  'call.started': z.object({ call: StartedCallSchema }),
  'call.ended': z.object({ call: EndedCallSchema }),
  'appointment.booked': z.object({ appointment: AppointmentSchema }),
  'appointment.accepted': z.object({ appointment: AppointmentSchema }),
  'appointment.moved': z.object({
    appointment: AppointmentSchema,
    /** Of another id where the calendar made another booking of it. */
    before: z.object({ id: z.uuid(), start: instant, end: instant }),
  }),
  'appointment.cancelled': z.object({ appointment: AppointmentSchema }),
  'appointment.unconfirmed': z.object({ intent: IntentSchema }),
  'appointment.settled': z.object({
    intent: IntentSchema,
    /** Whether what was asked for was done. */
    outcome: z.enum(['done', 'not_done']),
  }),
  'message.taken': z.object({ message: MessageSchema }),
  'agent.published': z.object({ agent: AgentSchema, version: z.int().nullable() }),
  'alert.raised': z.object({ alert: AlertSchema }),
  'alert.resolved': z.object({ alert: AlertSchema }),
} as const;

/** What every body has around its `data`. */
export function bodySchemaOf<Data extends z.ZodType>(type: string, data: Data) {
  return z.object({
    type: z.literal(type),
    /** When it happened. */
    timestamp: instant,
    organizationId: z.uuid(),
    data,
  });
}
