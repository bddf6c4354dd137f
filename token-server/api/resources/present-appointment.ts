import { z } from 'zod';
import type { OfficeAppointment } from '../../../db/appointments/office-appointments.ts';
import type { HistoryIntent, HistoryMail } from '../../../db/appointments/appointment-history.ts';
import type { DeliveryNote } from '../../../db/calendars/webhook-deliveries.ts';
import type { Requester } from '../../../db/values.ts';

const KINDS = ['book', 'reschedule', 'cancel'] as const;
const INTENT_STATES = [
  'requested',
  'claimed',
  'confirmed',
  'refused',
  'unknown',
  'attention',
  'released',
] as const;
export const APPOINTMENT_STATES = ['requested', 'confirmed', 'unconfirmed', 'cancelled'] as const;

const RequesterSchema = z.object({ kind: z.enum(['user', 'key', 'operator']), name: z.string() });

export const AppointmentSchema = z
  .object({
    id: z.uuid().meta({
      description:
        'While nobody knows whether it is booked, that of its intent; both find it later.',
    }),
    state: z.enum(APPOINTMENT_STATES).meta({
      description:
        '`requested`: its owner has yet to accept it. `unconfirmed`: nobody knows yet how the booking or its newest change ended.',
    }),
    status: z.enum(['confirmed', 'pending', 'cancelled', 'rejected']).nullable().meta({
      description: "The provider's own word; null while nobody knows whether it is booked.",
    }),
    start: z.iso.datetime(),
    end: z.iso.datetime(),
    attendee: z.object({
      name: z.string(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
      timeZone: z.string().meta({ description: 'IANA.' }),
    }),
    event: z.object({
      id: z.uuid().nullable().meta({ description: 'Null of what was booked elsewhere.' }),
      name: z.string(),
    }),
    calendar: z.object({ id: z.uuid(), name: z.string() }),
    host: z.string().nullable().meta({ description: 'With whom, where its event has hosts.' }),
    agent: z.object({ slug: z.string(), name: z.string() }).nullable(),
    notes: z.string().nullable(),
    location: z.string().nullable(),
    cancellationReason: z.string().nullable(),
    source: z
      .enum(['slotline', 'provider'])
      .meta({ description: '`provider`: it was booked elsewhere.' }),
    callId: z.uuid().nullable().meta({ description: 'The call that booked it.' }),
    bookedBy: RequesterSchema.nullable().meta({ description: 'Who booked it by hand.' }),
    open: z
      .object({
        intentId: z.uuid(),
        kind: z.enum(KINDS),
        wishedStart: z.iso.datetime().nullable().meta({ description: 'Of a move.' }),
        needsPerson: z.boolean().meta({
          description: 'It could not be found out: somebody has to look into the calendar.',
        }),
      })
      .nullable()
      .meta({ description: 'What is not settled; null where everything is.' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Appointment' });

/** What the answer's schema does not name stays here. */
export function presentAppointment(
  appointment: OfficeAppointment,
): z.input<typeof AppointmentSchema> {
  const { id, state, status, openIntentId, openKind, agentSlug, agentName } = appointment;
  return {
    id,
    state,
    status,
    start: appointment.startAt.toISOString(),
    end: appointment.endAt.toISOString(),
    attendee: {
      name: appointment.attendeeName,
      email: appointment.attendeeEmail,
      phone: appointment.attendeePhone,
      timeZone: appointment.timeZone,
    },
    event: {
      id: appointment.bookingEventId,
      name: appointment.eventName ?? appointment.eventType,
    },
    calendar: { id: appointment.calendarConnectionId, name: appointment.calendarName },
    host: appointment.hostName,
    agent: agentSlug === null ? null : { slug: agentSlug, name: agentName ?? agentSlug },
    notes: appointment.notes,
    location: appointment.location,
    cancellationReason: appointment.cancellationReason,
    source: appointment.source,
    callId: appointment.callId,
    bookedBy: appointment.bookedBy && presentRequester(appointment.bookedBy),
    open:
      openIntentId === null || openKind === null
        ? null
        : {
            intentId: openIntentId,
            kind: openKind,
            wishedStart: appointment.wishedStartAt?.toISOString() ?? null,
            needsPerson: appointment.needsPerson,
          },
    createdAt: appointment.createdAt.toISOString(),
  };
}

export const HistoryEntrySchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('step'),
      at: z.iso.datetime(),
      intentId: z.uuid(),
      wish: z.enum(KINDS),
      start: z.iso.datetime().meta({ description: 'The time that was wished for.' }),
      state: z.enum(INTENT_STATES),
      reason: z.string().nullable(),
      callId: z.uuid().nullable(),
      agent: z.string().nullable(),
      by: RequesterSchema.nullable().meta({ description: 'Who asked by hand.' }),
    }),
    z.object({
      kind: z.literal('news'),
      at: z.iso.datetime(),
      trigger: z.string().meta({ description: "What the calendar's webhook told of." }),
      state: z.enum(['received', 'applied', 'stale', 'ignored', 'failed']),
    }),
    z.object({
      kind: z.literal('mail'),
      at: z.iso.datetime(),
      message: z.string(),
      state: z.enum(['pending', 'sent', 'failed']),
    }),
  ])
  .meta({ id: 'AppointmentHistoryEntry' });

type HistoryEntry = z.input<typeof HistoryEntrySchema>;

/** What happened to an appointment, in order. */
export function presentHistory({
  intents,
  news,
  mails,
}: {
  intents: readonly HistoryIntent[];
  news: readonly DeliveryNote[];
  mails: readonly HistoryMail[];
}): HistoryEntry[] {
  const entries: HistoryEntry[] = [
    ...intents.flatMap(presentSteps),
    ...news.map(({ receivedAt, trigger, state }): HistoryEntry => ({
      kind: 'news',
      at: receivedAt.toISOString(),
      trigger,
      state,
    })),
    ...mails.map(({ kind: message, state, createdAt, sentAt }): HistoryEntry => ({
      kind: 'mail',
      at: (sentAt ?? createdAt).toISOString(),
      message,
      state,
    })),
  ];
  return entries.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

function presentSteps(intent: HistoryIntent): HistoryEntry[] {
  const { id: intentId, kind: wish, startAt, callId, agentName: agent, requestedBy } = intent;
  return intent.steps.map(({ at, state, reason }) => ({
    kind: 'step',
    at,
    intentId,
    wish,
    start: startAt.toISOString(),
    state,
    reason,
    callId,
    agent,
    by: requestedBy && presentRequester(requestedBy),
  }));
}

function presentRequester({ kind, name }: Requester) {
  return { kind, name };
}
