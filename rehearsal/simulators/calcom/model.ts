import type { Interval } from './interval.ts';

export type Weekday =
  | 'Monday'
  | 'Tuesday'
  | 'Wednesday'
  | 'Thursday'
  | 'Friday'
  | 'Saturday'
  | 'Sunday';

export interface Account {
  id: number;
  username: string;
  name: string;
  email: string;
  timeZone: string;
  /** `null`: the account exists, and nobody holds a key of it. */
  apiKey: string | null;
  /** A key that may do nothing is known, and refused with 403. */
  rights: 'all' | 'none';
  defaultScheduleId: number | null;
  /** Times taken by something that is not a booking, such as another calendar. */
  busy: Interval[];
}

export interface Availability {
  days: Weekday[];
  /** `HH:mm` in the schedule's zone. */
  startTime: string;
  endTime: string;
}

export interface Schedule {
  id: number;
  ownerId: number;
  name: string;
  timeZone: string;
  availability: Availability[];
  isDefault: boolean;
  overrides: { date: string; startTime: string; endTime: string }[];
}

export interface Team {
  id: number;
  slug: string;
  name: string;
  memberIds: number[];
}

export type Location = { type: string } & Record<string, unknown>;
export type BookingField = { type: string; slug: string; required: boolean; hidden?: boolean } & {
  isDefault: boolean;
} & Record<string, unknown>;

export interface EventType {
  id: number;
  ownerId: number;
  teamId: number | null;
  schedulingType: 'collective' | 'roundRobin' | null;
  hostIds: number[];
  lengthInMinutes: number;
  lengthInMinutesOptions: number[] | null;
  title: string;
  slug: string;
  description: string;
  locations: Location[];
  bookingFields: BookingField[];
  recurrence: { interval: number; occurrences: number; frequency: string } | null;
  slotInterval: number | null;
  minimumBookingNotice: number;
  beforeEventBuffer: number;
  afterEventBuffer: number;
  offsetStart: number;
  scheduleId: number | null;
  bookingWindow: Record<string, unknown>;
  confirmationPolicy: Record<string, unknown>;
  hidden: boolean;
}

export interface Attendee {
  name: string;
  email: string;
  timeZone: string;
  language: string;
  phoneNumber?: string;
}

export type BookingStatus = 'accepted' | 'pending' | 'cancelled' | 'rejected';

export interface Booking extends Interval {
  id: number;
  uid: string;
  /** The uid of the first of a row of reschedules: the calendar file keeps it. */
  rootUid: string;
  /** How often the appointment was changed. */
  sequence: number;
  eventTypeId: number;
  /** Kept here: the event type may be deleted. */
  eventType: EventType;
  title: string;
  hostIds: number[];
  status: BookingStatus;
  /** Whether a pending booking takes its time from others. */
  blocksWhilePending: boolean;
  cancellationReason: string;
  rejectionReason: string | null;
  rescheduledFromUid: string | null;
  rescheduledToUid: string | null;
  reschedulingReason: string | null;
  location: string;
  createdAt: number;
  updatedAt: number;
  metadata: Record<string, string>;
  attendee: Attendee;
  guests: string[];
  /** `bookingFieldsResponses` as the answers show them. */
  responses: Record<string, unknown>;
  recurringBookingUid: string | null;
}

export interface Reservation extends Interval {
  uid: string;
  eventTypeId: number;
  hostIds: number[];
  /** Minutes. */
  duration: number;
  until: number;
}

export interface Webhook {
  id: string;
  userId: number;
  payloadTemplate: string | null;
  triggers: string[];
  subscriberUrl: string;
  active: boolean;
  secret: string | null;
}
