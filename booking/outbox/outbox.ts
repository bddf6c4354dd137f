import { readClock } from '../../db/clock.ts';
import type { Database } from '../../db/database.ts';
import { wakeJob } from '../../db/jobs/jobs.ts';
import {
  countAppointmentMessages,
  findMessageAppointment,
  findMessageIntent,
  insertOutboxMessage,
} from '../../db/messages/outbox-messages.ts';
import { insertMessageTaken } from '../../db/messages/messages-taken.ts';
import type { MessageAppointment, MessageIntent } from '../../db/messages/outbox-messages.ts';
import type { OutboxKind } from '../../db/values.ts';
import { slotLabel } from '../times/labels.ts';
import { toLanguage } from '../../calls/languages.ts';
import { isLive } from '../../calendar/calendar.ts';
import type { OutboxPayload } from './outbox-payload.ts';

export interface MessageToQueue {
  organizationId: string;
  kind: OutboxKind;
  appointmentId: string | null;
  intentId: string | null;
  /** Unique in the organization: the same key is never sent twice. */
  messageKey: string;
}

/**
 * Writes a message to the attendee, to be sent by the jobs process. Call it after the appointment
 * and the intent were written, in the same transaction: what they say then is what is sent. Without
 * an e-mail address nothing is sent; what a call left open (`settled_*`) the staff are asked to tell.
 *
 * Whether a message is wanted at all is the caller's decision: for `booked`, `rescheduled` and
 * `cancelled` where the provider does not write itself, for `settled_*` always.
 */
export async function queueMessage(db: Database, message: MessageToQueue): Promise<void> {
  const { organizationId, appointmentId, intentId } = message;
  const appointment =
    appointmentId === null
      ? undefined
      : await findMessageAppointment(db, { organizationId, appointmentId });
  const intent =
    intentId === null ? undefined : await findMessageIntent(db, { organizationId, intentId });
  const about = appointment ?? intent;
  const recipient = appointment?.attendeeEmail ?? intent?.attendee.email ?? null;
  if (!about) return;
  if (recipient === null) {
    const how = LEFT_OPEN[message.kind];
    if (intent && how !== undefined) {
      const hasEnded = appointment !== undefined && !isLive(appointment);
      await askToCallBack(db, { ...message, how, hasEnded }, intent);
    }
    return;
  }
  const calendarFile =
    appointmentId === null || !appointment
      ? null
      : {
          // Not the provider's reference, which is a secret.
          uid: `${appointmentId}@slotline`,
          sequence: await countAppointmentMessages(db, { organizationId, appointmentId }),
        };
  await insertOutboxMessage(db, {
    ...message,
    recipient,
    payload: { ...payloadOf(message.kind, about, { appointment, intent }), calendarFile },
  });
  await wakeJob(db, 'send-mail');
}

/** Somebody without an e-mail address did not hear how it ended: the staff find it among the messages. */
async function askToCallBack(
  db: Database,
  { organizationId, kind, how, hasEnded }: MessageToQueue & { how: string; hasEnded: boolean },
  { agentId, callId, attendee, startAt, calendarTimeZone }: MessageIntent,
): Promise<void> {
  if (agentId === null || callId === null) return;
  const since = hasEnded && kind !== 'settled_cancelled' ? ' It has been cancelled since.' : '';
  const now = await readClock(db);
  const time = slotLabel(startAt, { timeZone: calendarTimeZone, now, withZone: true });
  await insertMessageTaken(db, {
    organizationId,
    agentId,
    callId,
    callerName: attendee.name,
    callbackNumber: attendee.phone,
    email: null,
    text: `Please call back: ${how}${since} The time asked for: ${time}. The caller could not be told on the phone.`,
  });
}

/** How it ended, of the messages about what a call left open. */
const LEFT_OPEN: Partial<Record<OutboxKind, string>> = {
  settled_booked: 'the appointment is booked.',
  settled_not_booked: 'the appointment was not booked.',
  settled_rescheduled: 'the appointment is moved.',
  settled_not_rescheduled: 'the appointment was not moved.',
  settled_cancelled: 'the appointment is cancelled.',
  settled_not_cancelled: 'the appointment was not cancelled.',
};

function payloadOf(
  kind: OutboxKind,
  about: MessageAppointment | MessageIntent,
  {
    appointment,
    intent,
  }: { appointment: MessageAppointment | undefined; intent: MessageIntent | undefined },
): Omit<OutboxPayload, 'calendarFile'> {
  const attendee = appointment
    ? { name: appointment.attendeeName, timeZone: appointment.timeZone }
    : { name: intent?.attendee.name ?? '', timeZone: intent?.attendee.timeZone ?? 'UTC' };
  const byBusiness = Boolean(intent?.requestedBy);
  return {
    language: toLanguage(intent?.language ?? about.language ?? 'en'),
    businessName: about.businessName ?? about.organizationName,
    eventName: about.eventName,
    host: about.hostName,
    preparation: about.preparation,
    attendee,
    calendarTimeZone: about.calendarTimeZone,
    time: timeOf(about),
    wished: kind === 'settled_not_rescheduled' && intent ? timeOf(intent) : null,
    location: appointment?.location ?? null,
    organizer:
      about.organizerEmail === null
        ? null
        : { name: appointment?.organizerName ?? null, email: about.organizerEmail },
    reason: (byBusiness ? intent?.notes : appointment?.cancellationReason) ?? null,
    byBusiness,
    isPending: appointment?.status === 'pending',
    hasEnded: appointment !== undefined && !isLive(appointment),
  };
}

function timeOf({ startAt, endAt }: { startAt: Date; endAt: Date }): OutboxPayload['time'] {
  return { start: startAt.toISOString(), end: endAt.toISOString() };
}
