import type { BodyOf } from '../../api/route-types.ts';

export type EventKind = BodyOf<'createWebhookEndpoint'>['events'][number];

/** What each event tells of, in the order in which they are offered. */
export const EVENT_WORDS: Record<EventKind, string> = {
  'call.started': 'A call was answered',
  'call.ended': 'A call is over, with its outcome and figures',
  'appointment.booked': 'An appointment was made',
  'appointment.accepted': 'One that waited for its owner was accepted',
  'appointment.moved': 'An appointment is at another time',
  'appointment.cancelled': 'An appointment was cancelled or rejected',
  'appointment.unconfirmed': 'Nobody knows yet whether the calendar took it',
  'appointment.settled': 'What was unconfirmed is known',
  'message.taken': 'A caller left a message',
  'agent.published': 'An agent answers differently from now on',
  'alert.raised': 'A figure that you watch has passed its threshold',
  'alert.resolved': 'It is on the right side again',
};

export const EVENT_KINDS = Object.keys(EVENT_WORDS) as EventKind[];
