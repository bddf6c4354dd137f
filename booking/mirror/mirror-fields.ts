import type { BookingNews } from '../../calendar/calendar.ts';
import type {
  MirroredAppointment,
  AppointmentFields,
  NewMirroredAppointment,
} from '../../db/appointments/appointments.ts';
import type { MirroredIntent } from '../../db/intents/intents.ts';
import { saidFields } from '../ledger/said-fields.ts';
import type { FoldedBooking } from './mirror-fold.ts';

/** An appointment that the mirror did not have; undefined where too little was said of it. */
export function newAppointment(
  { news, root }: FoldedBooking,
  intents: readonly MirroredIntent[],
): NewMirroredAppointment | undefined {
  const { status, start, end } = news;
  const attendee = news.attendees?.[0];
  if (!status || !start || !end || end <= start || !attendee) return undefined;
  return {
    ...saidFields(news),
    ...ownerFields(undefined, news, intents),
    reference: news.reference ?? root,
    status,
    startAt: start,
    endAt: end,
    eventType: news.eventType ?? 'unknown',
    attendeeName: attendee.name,
    timeZone: attendee.timeZone,
  };
}

/** A booking that carries the key of an intent is that intent's: its call and agent made it. */
export function ownerFields(
  row: MirroredAppointment | undefined,
  news: BookingNews,
  intents: readonly MirroredIntent[],
): AppointmentFields {
  const intent = intents.find(({ idempotencyKey }) => idempotencyKey === news.key);
  if (!intent || (row && row.intentId !== null)) return {};
  const { id, agentId, callId, bookingEventId } = intent;
  return { source: 'slotline', intentId: id, agentId, callId, bookingEventId };
}
