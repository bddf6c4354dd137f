import { z } from 'zod';
import type { BookingBudget } from '../booking-budget.ts';
import {
  CalendarError,
  OutcomeUnknownError,
  RateLimitedError,
  RequestRefusedError,
} from '../calendar-error.ts';
import { eventIdOf, InviteeSchema } from './booking-record.ts';
import type { CalendlyRecord, toTracking } from './booking-record.ts';
import type { CalendlyClient } from './client.ts';
import { CALENDLY_NAME, setupError } from './setup-error.ts';
import type { CalendlyPlace } from './places.ts';
import type { CalendlyAnswer } from './questions.ts';
import { readEvent } from './read-records.ts';
import { refusalOf } from './refusal.ts';

/** Milliseconds; all of an operation stay below the 15 s that its caller waits. */
const WRITE_TIMEOUT = 5_000;
const READ_TIMEOUT = 2_500;

/** What Calendly is sent to book. */
export interface BookingBody {
  event_type: string;
  start_time: string;
  invitee: { name: string; email: string; timezone: string; text_reminder_number?: string };
  location?: CalendlyPlace;
  questions_and_answers?: CalendlyAnswer[];
  event_guests?: string[];
  tracking: ReturnType<typeof toTracking>;
}

const InviteeAnswer = z.object({ resource: InviteeSchema });

export interface BookingSender {
  client: CalendlyClient;
  budget: BookingBudget;
}

/**
 * Sends a booking once, and reads what has come of it: the answer says who comes, and not when.
 * @throws {RateLimitedError} there is no booking left in the budget, here or at Calendly
 * @throws {OutcomeUnknownError} it may have been made
 * @throws {CalendarError}
 */
export async function sendBooking(
  { client, budget }: BookingSender,
  body: BookingBody,
): Promise<CalendlyRecord> {
  await budget.take();
  let id: string | null;
  let invitee: CalendlyRecord['invitee'];
  try {
    const { resource } = await client.call({
      method: 'POST',
      path: ['invitees'],
      body,
      answer: InviteeAnswer,
      timeout: WRITE_TIMEOUT,
      countedApart: true,
    });
    invitee = resource;
    id = eventIdOf(resource.event);
  } catch (error) {
    if (error instanceof RateLimitedError) await budget.noteRefused(error.retryAfter);
    throw asSetUp(error) ?? error;
  }
  try {
    if (id === null) throw new OutcomeUnknownError('Calendly does not say which meeting it is.');
    const event = await readEvent(client, id, { partOfWrite: true, timeout: READ_TIMEOUT });
    return { event, invitee };
  } catch (cause) {
    if (!(cause instanceof CalendarError)) throw cause;
    throw new OutcomeUnknownError('It was booked, and when cannot be read.', { cause });
  }
}

/** What no caller can put right: that the place is not taken as the event type itself has it. */
function asSetUp(error: unknown): CalendarError | undefined {
  if (!(error instanceof RequestRefusedError)) return undefined;
  const isOfPlace = refusalOf(error)?.parameters.some((each) => /^location\b/.test(each));
  if (!isOfPlace) return undefined;
  const facts = `${CALENDLY_NAME} does not accept the event type’s own place of meeting.`;
  return setupError('not-supported', facts, { cause: error });
}
