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
  'alert.raised',
  'alert.resolved',
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
  /** As it was: what is watched may be another thing a moment later. */
  alert?: ToldAlert;
}

/** A figure that passed what an organization watches for. */
export interface ToldAlert {
  name: string;
  /** Of `calls/figures/measures.ts`; "spending" of the limit of a month. */
  measure: string;
  /** What it measures, for people. */
  words: string;
  value: number;
  threshold: number;
  /** "percent", "milliseconds", "dollars", … */
  unit: string;
  /** Over how long it was measured; null: this month. */
  windowHours: number | null;
  /** The slug of the one that is watched; null: all of them. */
  agent: string | null;
}
