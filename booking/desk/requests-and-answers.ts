import type { OfferRequest } from '../offering/offer.ts';
import type { TakenAnswer } from './offers.ts';
import type { AttendeeDetails } from './read-attendee.ts';

export interface TimesRequest extends OfferRequest {
  /** The kind of appointment in the caller's words; null where none was said. */
  event: string | null;
  /** With whom, in the caller's words; null or missing where anybody will do. */
  host?: string | null;
  /** Minutes; null for the usual length. */
  durationMinutes: number | null;
}

export interface ScheduleRequest extends AttendeeDetails {
  /** As an offer of this call named it. */
  slotId: string;
  notes: string | null;
}

export interface UnconfirmedAnswer {
  status: 'unconfirmed';
  message: string;
}

export interface RescheduleRequest {
  /** As an answer of this call named it. */
  appointmentId: string;
  /** As an offer of this call named it. */
  slotId: string;
}

export interface CancelRequest {
  appointmentId: string;
  reason: string | null;
}

export type ScheduleAnswer =
  | {
      status: 'booked' | 'requested';
      message: string;
      label: string;
      appointment_id: string;
      /** What its attendee has to know or to bring, to be said too. */
      preparation?: string;
    }
  | TakenAnswer
  | UnconfirmedAnswer;

export type RescheduleAnswer =
  | { status: 'rescheduled' | 'requested'; message: string; label: string }
  | TakenAnswer
  | UnconfirmedAnswer;

export type CancelAnswer = { status: 'cancelled'; message: string } | UnconfirmedAnswer;

export type FindAnswer =
  | {
      status: 'found';
      message: string;
      appointments: {
        appointment_id: string;
        label: string;
        event: string;
        /** Only where it is not as long as usual. */
        duration_minutes?: number;
      }[];
    }
  | { status: 'question' | 'not_found'; message: string };
