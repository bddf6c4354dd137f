import { z } from 'zod';
import { CALL_LINES, CALL_OUTCOMES } from '../../../manage/calls/list-calls.ts';

const instant = z.iso.datetime();
const milliseconds = z.int().nullable();
const cost = z.number().nullable().meta({ description: 'US dollars; null: not known.' });

export const CallSchema = z
  .object({
    id: z.uuid(),
    agent: z.string().meta({ description: 'Its slug.' }),
    line: z.enum(CALL_LINES),
    startedAt: instant,
    endedAt: instant.nullable().meta({ description: 'Null: it goes on.' }),
    outcome: z.enum(CALL_OUTCOMES).nullable(),
    endedBy: z.enum(['caller', 'agent', 'transfer', 'limit', 'fault']).nullable(),
    endReason: z.string().nullable(),
    callerNumber: z.string().nullable().meta({ description: 'E.164.' }),
    attendeeName: z.string().nullable().meta({ description: 'Of the appointment it was about.' }),
    medianLatency: milliseconds.meta({ description: 'Milliseconds that its caller waited.' }),
    longestLatency: milliseconds,
    cost,
    truth: z
      .object({ stopped: z.int(), corrected: z.int() })
      .meta({ description: 'False sentences that nobody heard, and that were taken back.' }),
  })
  .meta({ id: 'Call' });

const EvidenceSchema = z
  .object({
    kind: z.enum(['offer', 'intent', 'appointment', 'business', 'caller']),
    at: instant.nullable(),
    words: z.string().nullable(),
    start: instant.nullable(),
    id: z.uuid().nullable(),
    state: z.string().nullable(),
    heldUntil: instant.nullable(),
  })
  .meta({ id: 'Evidence' });

const SentenceSchema = z
  .object({
    start: z.int().meta({ description: 'In the text of its turn.' }),
    end: z.int(),
    claims: z.array(z.string()),
    verdict: z.enum(['true', 'corrected', 'false', 'unproven']),
    why: z.string().nullable().meta({ example: 'not-booked' }),
    evidence: z.array(EvidenceSchema),
    correction: z.string().nullable().meta({ description: 'What was said instead.' }),
  })
  .meta({ id: 'ClaimingSentence' });

const TurnSchema = z
  .object({
    at: instant,
    role: z.enum(['caller', 'agent']),
    medium: z.enum(['speech', 'text', 'keys']).nullable(),
    text: z.string(),
    interrupted: z.boolean(),
    latency: milliseconds,
    sentences: z
      .array(SentenceSchema)
      .meta({ description: 'Those that claim something of times or appointments.' }),
  })
  .meta({ id: 'CallTurn' });

const ToolCallSchema = z
  .object({
    at: instant,
    endedAt: instant.nullable(),
    name: z.string(),
    arguments: z.unknown(),
    result: z.unknown(),
    error: z.string().nullable(),
  })
  .meta({ id: 'ToolCall' });

const attendee = z.object({
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
});

export const WholeCallSchema = CallSchema.extend({
  agentName: z.string(),
  timeZone: z.string().meta({ description: "IANA: the caller's, or else the calendar's." }),
  language: z.string().nullable(),
  isCallerBlocked: z.boolean(),
  recording: z
    .enum(['announced', 'refused'])
    .nullable()
    .meta({ description: 'Null: nothing was recorded.' }),
  recordings: z.array(
    z.object({
      part: z.int(),
      startedAt: instant,
      milliseconds,
      incomplete: z.string().nullable(),
      isStored: z.boolean(),
    }),
  ),
  appointmentDetails: z
    .object({
      status: z.string().optional(),
      start: z.string(),
      end: z.string(),
      label: z.string(),
      before: z.string().optional(),
      appointmentId: z.string(),
      attendee,
    })
    .nullable(),
  turns: z.array(TurnSchema),
  tools: z.array(ToolCallSchema),
  corrections: z.array(
    z.object({
      at: instant,
      kind: z.enum(['stopped', 'corrected']),
      why: z.string().nullable(),
      words: z.string().nullable(),
      instead: z.string().nullable(),
    }),
  ),
  states: z
    .array(z.object({ at: instant, kind: z.string(), details: z.record(z.string(), z.unknown()) }))
    .meta({ description: 'What else was marked: of the model, the language, the recording.' }),
  charges: z.array(
    z.object({
      model: z.string(),
      answers: z.int(),
      amounts: z.record(z.string(), z.number()),
      cost,
    }),
  ),
  intents: z.array(
    z.object({
      id: z.uuid(),
      at: instant,
      kind: z.enum(['book', 'reschedule', 'cancel']),
      state: z.string(),
      start: instant,
      end: instant,
      appointmentId: z.uuid().nullable(),
      attendee,
    }),
  ),
  appointments: z.array(
    z.object({
      id: z.uuid(),
      event: z.string().nullable(),
      start: instant,
      end: instant,
      status: z.enum(['confirmed', 'pending', 'cancelled', 'rejected']),
      attendeeName: z.string(),
    }),
  ),
  messages: z.array(
    z.object({
      at: instant,
      name: z.string().nullable(),
      callbackNumber: z.string().nullable(),
      email: z.string().nullable(),
      text: z.string(),
    }),
  ),
}).meta({ id: 'WholeCall' });

export const LiveCallSchema = z
  .object({
    id: z.uuid(),
    agent: z.string(),
    agentName: z.string(),
    line: z.enum(CALL_LINES),
    startedAt: instant,
    age: z.int().meta({ description: 'Milliseconds since it began.' }),
    callerNumber: z.string().nullable(),
    attendeeName: z.string().nullable(),
    state: z
      .enum(['beginning', 'listening', 'thinking', 'speaking', 'working'])
      .meta({ description: 'Of the agent; `working`: a tool runs.' }),
    tool: z.string().nullable(),
    outcome: z.enum(CALL_OUTCOMES).nullable(),
  })
  .meta({ id: 'LiveCall' });

export const ForgottenSchema = z
  .object({
    calls: z.int(),
    turns: z.int(),
    toolCalls: z.int(),
    recordings: z.int(),
    messages: z.int(),
    appointments: z.int(),
    intents: z.int(),
    mails: z.int(),
    upcoming: z.int().meta({ description: 'Appointments to come: they stay.' }),
    open: z.int().meta({ description: 'What is not over yet: it stays.' }),
    calendars: z.array(z.object({ name: z.string(), provider: z.string(), bookings: z.int() })),
  })
  .meta({ id: 'Forgotten', description: 'How much was forgotten, and what was not.' });
