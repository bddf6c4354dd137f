import { z } from 'zod';
import { CalendarError, RequestRefusedError } from '../calendar/calendar-error.ts';
import type { Attendee, Slot } from '../calendar/calendar.ts';
import { Availability } from './availability.ts';
import { BookingError } from './booking-error.ts';
import type { CallView } from './call-view.ts';
import { slotLabel } from './labels.ts';
import { bookThroughLedger } from './ledger.ts';
import type { LedgerContext, LedgerOutcome } from './ledger.ts';
import { makeOffer, offerNearby } from './offer.ts';
import type { OfferAnswer, OfferContext, OfferedSlot, OfferRequest } from './offer.ts';
import { slotId } from './slot-id.ts';

/** A caller with more than this in one call is a mistake or a mischief. */
const MOST_BOOKINGS_A_CALL = 3;
const CALENDAR_UNAVAILABLE =
  'I cannot reach the calendar at the moment, so I cannot say what is free or book anything. Please try again in a few minutes.';

export interface BookingDeskOptions extends LedgerContext {
  /** IANA: the calendar's. */
  calendarTimeZone: string;
  /** IANA: the caller's; times are said in it. */
  timeZone: string;
  now: () => Date;
}

export interface ScheduleRequest {
  /** As an offer of this call named it. */
  slotId: string;
  name: string;
  email: string | null;
  /** E.164. */
  phone: string | null;
  notes: string | null;
}

export type ScheduleAnswer =
  | { status: 'booked'; message: string; label: string }
  | { status: 'taken'; message: string; slots: OfferedSlot[] }
  | { status: 'unconfirmed'; message: string };

/** An appointment as the page and the call's row show it: from the booking itself. */
export type BookedAppointment = NonNullable<CallView['appointment']> & {
  /** Null while the booking is not confirmed. */
  confirmation: { appointmentId: string; reference: string } | null;
};

/** What one caller can do in one call: hear what is free, and book what was offered. */
export class BookingDesk {
  readonly #options: BookingDeskOptions;
  readonly #availability: Availability;
  /** Every slot offered in this call, by id. */
  readonly #offered = new Map<string, Slot>();
  readonly #appointments = new Map<number, BookedAppointment>();
  #lastOffer: { summary: string; slots: Slot[] } | null = null;
  #previous: Date | null = null;
  #lastSchedule: Promise<unknown> = Promise.resolve();

  constructor(options: BookingDeskOptions) {
    this.#options = options;
    this.#availability = new Availability(options.calendar, options.now);
  }

  /** Fetches availability ahead, while the greeting is spoken. */
  prefetch(): void {
    this.#availability.prefetch();
  }

  /** The times offered last, as a page shows them; null before the first offer. */
  get offer(): CallView['offer'] {
    if (!this.#lastOffer) return null;
    return {
      summary: this.#lastOffer.summary,
      slots: this.#lastOffer.slots.map((slot) => ({
        id: slotId(slot, this.#options.eventType),
        label: this.#label(slot),
        start: slot.start.toISOString(),
        end: slot.end.toISOString(),
      })),
    };
  }

  /** The appointment made last; null before the first. */
  get appointment(): BookedAppointment | null {
    return [...this.#appointments.values()].at(-1) ?? null;
  }

  /**
   * Finds times for a wish.
   * @throws {BookingError} `calendar-unavailable`
   */
  async findTimes(request: OfferRequest): Promise<OfferAnswer> {
    const { answer, slots } = await this.#reachCalendar(() =>
      makeOffer(request, this.#offerContext()),
    );
    if (answer.status !== 'question') this.#remember(answer.message ?? answer.asked, slots);
    return answer;
  }

  /**
   * Books a slot that was offered in this call.
   * @throws {BookingError} with a sentence the caller can hear; nothing was booked then
   */
  schedule(request: ScheduleRequest): Promise<ScheduleAnswer> {
    // One after the other: a model that asks twice at once must hear of one booking, not of a race.
    const scheduled = this.#lastSchedule.then(() => this.#schedule(request));
    this.#lastSchedule = scheduled.catch(() => {});
    return scheduled;
  }

  async #schedule(request: ScheduleRequest): Promise<ScheduleAnswer> {
    const slot = this.#offered.get(request.slotId);
    if (!slot) {
      throw new BookingError(
        'slot-not-offered',
        'That time was not offered in this call. Call list_available_slots first and use a slot_id of its answer.',
      );
    }
    const made = this.#appointments.get(slot.start.getTime());
    if (made?.status === 'booked') return this.#booked(made, 'Already booked');
    if (this.#appointments.size >= MOST_BOOKINGS_A_CALL) {
      throw new BookingError(
        'too-many-bookings',
        'No more appointments can be booked in this call. Please call again for another one.',
      );
    }
    const attendee = readAttendee(request, this.#options.timeZone);
    const outcome = await bookThroughLedger(this.#options, {
      slot,
      attendee,
      notes: request.notes?.trim().slice(0, 500) || null,
      answers: {},
    });
    return this.#answer(outcome, slot, attendee);
  }

  async #answer(outcome: LedgerOutcome, slot: Slot, attendee: Attendee): Promise<ScheduleAnswer> {
    switch (outcome.state) {
      case 'confirmed': {
        const { booking, appointmentId } = outcome;
        const appointment = this.#note(
          'booked',
          { ...booking, attendee },
          {
            appointmentId,
            reference: booking.reference,
          },
        );
        return this.#booked(appointment, 'Booked');
      }
      case 'unknown':
        this.#note('unconfirmed', { ...slot, attendee }, null);
        return {
          status: 'unconfirmed',
          message:
            'I could not confirm the booking yet. You will get a message as soon as it is settled.',
        };
      case 'taken':
        return this.#offerInstead(slot);
      case 'refused':
        if (outcome.error instanceof RequestRefusedError && outcome.error.field) {
          throw new BookingError(
            'attendee-refused',
            `The calendar does not accept the ${FIELD_WORDS.get(outcome.error.field) ?? 'answer'}. Please ask for it again.`,
            { cause: outcome.error },
          );
        }
        throw new BookingError('calendar-unavailable', CALENDAR_UNAVAILABLE, {
          cause: outcome.error,
        });
    }
  }

  async #offerInstead(slot: Slot): Promise<ScheduleAnswer> {
    this.#availability.invalidate();
    const message = `${this.#label(slot)} has just been taken.`;
    const wish = { from: slot.start, to: slot.end, asked: this.#label(slot) };
    try {
      const { answer, slots } = await offerNearby(wish, this.#offerContext());
      this.#remember(message, slots);
      return { status: 'taken', message, slots: answer.status === 'question' ? [] : answer.slots };
    } catch (error) {
      if (error instanceof CalendarError) return { status: 'taken', message, slots: [] };
      throw error;
    }
  }

  #offerContext(): OfferContext {
    return {
      availability: this.#availability,
      eventType: this.#options.eventType,
      timeZone: this.#options.timeZone,
      calendarTimeZone: this.#options.calendarTimeZone,
      now: this.#options.now,
      offered: this.#lastOffer?.slots ?? [],
      previous: this.#previous,
    };
  }

  #note(
    status: BookedAppointment['status'],
    made: Slot & { attendee: Attendee },
    confirmation: BookedAppointment['confirmation'],
  ): BookedAppointment {
    const { name, email, phone } = made.attendee;
    const appointment: BookedAppointment = {
      status,
      label: this.#label(made, { withZone: true }),
      start: made.start.toISOString(),
      end: made.end.toISOString(),
      timeZone: this.#options.timeZone,
      attendee: { name, email, phone },
      confirmation,
    };
    this.#appointments.set(made.start.getTime(), appointment);
    this.#lastOffer = null;
    this.#previous = made.start;
    return appointment;
  }

  #booked({ label, attendee }: BookedAppointment, word: string): ScheduleAnswer {
    return { status: 'booked', message: `${word}: ${label}, for ${attendee.name}.`, label };
  }

  #remember(summary: string, slots: Slot[]): void {
    for (const slot of slots) this.#offered.set(slotId(slot, this.#options.eventType), slot);
    this.#lastOffer = { summary, slots };
    this.#previous = slots[0]?.start ?? this.#previous;
  }

  #label(slot: Slot, options: { withZone?: boolean } = {}): string {
    const { timeZone, calendarTimeZone, now } = this.#options;
    return slotLabel(slot.start, { timeZone, calendarTimeZone, now: now(), ...options });
  }

  async #reachCalendar<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof CalendarError)) throw error;
      throw new BookingError('calendar-unavailable', CALENDAR_UNAVAILABLE, { cause: error });
    }
  }
}

const FIELD_WORDS = new Map([
  ['name', 'name'],
  ['email', 'e-mail address'],
  ['phone', 'phone number'],
]);

const AttendeeSchema = z.object({
  name: z.string().trim().min(1).max(100),
  email: z.string().trim().toLowerCase().pipe(z.email().max(254)).nullable(),
  phone: z
    .string()
    .transform((text) => text.replaceAll(/[\s().-]/g, ''))
    .pipe(z.e164())
    .nullable(),
});

function readAttendee(request: ScheduleRequest, timeZone: string): Attendee {
  const parsed = AttendeeSchema.safeParse({
    name: request.name,
    email: request.email?.trim() || null,
    phone: request.phone?.trim() || null,
  });
  if (parsed.success) return { ...parsed.data, timeZone };
  const field = parsed.error.issues[0]?.path[0];
  const word = FIELD_WORDS.get(String(field)) ?? 'name';
  throw new BookingError(
    'attendee-refused',
    `The ${word} is missing or cannot be right. Please ask the caller for it again.`,
  );
}
