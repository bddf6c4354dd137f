/** What an organization's systems can be told, as the triggers of the tables call it. */
export const EVENT_KINDS = [
  'call.started',
  'call.ended',
  'appointment.booked',
  'appointment.accepted',
  'appointment.moved',
  'appointment.cancelled',
  'appointment.unconfirmed',
  'appointment.settled',
  'message.taken',
  'agent.published',
] as const;

export type EventKind = (typeof EVENT_KINDS)[number];

/** What an event keeps of its moment: instants as PostgreSQL writes them. */
export interface EventFacts {
  status?: string;
  startAt?: string;
  endAt?: string;
  /** Where an appointment was; another id where another booking took its place. */
  before?: { id: string; startAt: string; endAt: string };
  /** What an intent came to. */
  state?: string;
  /** Of an agent, as it was published. */
  version?: number;
}
