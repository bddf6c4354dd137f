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
  /** `null`: it was never set, and stands as null wherever the account is a host. */
  name: string | null;
  email: string;
  timeZone: string;
  /** `null`: the account exists, and nobody holds a key of it. */
  apiKey: string | null;
  /** A key that may do nothing is known, and refused with 403. */
  rights: 'all' | 'none';
  /** Nobody but the account itself may book with its address. */
  requiresBookerEmailVerification: boolean;
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
  /** Who books must first enter a code that was mailed, which no call of the API can. */
  requiresBookerEmailVerification: boolean;
  /** How many bookings, or minutes of them, a day, week, month or year takes. */
  bookingLimitsCount: BookingLimits | null;
  bookingLimitsDuration: BookingLimits | null;
  /** How many bookings to come one address may have. */
  bookerActiveBookingsLimit: { maximumActiveBookings: number; offerReschedule?: boolean } | null;
  disableCancelling: { disabled: boolean };
  /** Held against nobody who has the owner's key. */
  disableRescheduling: { disabled: boolean; minutesBefore?: number };
  hidden: boolean;
}

export type BookingLimits = Partial<Record<'day' | 'week' | 'month' | 'year', number>>;

export interface Attendee {
  name: string;
  email: string;
  timeZone: string;
  language: string;
  phoneNumber?: string;
}

/** `awaiting_host`: an instant booking that no host has taken yet. */
export type BookingStatus = 'accepted' | 'pending' | 'cancelled' | 'rejected' | 'awaiting_host';

export interface Booking extends Interval {
  id: number;
  uid: string;
  /** The uid of the first of a row of reschedules: the calendar file keeps it. */
  rootUid: string;
  /** How often the appointment was changed. */
  sequence: number;
  /** `null` once the event type was deleted. */
  eventTypeId: number | null;
  /** As it was, though it may be deleted: its buffers and hosts go on counting. */
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
