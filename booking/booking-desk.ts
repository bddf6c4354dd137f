import { CalendarError, RequestRefusedError } from '../calendar/calendar-error.ts';
import type { Calendar } from '../calendar/calendar.ts';
import type { BookingEvent } from '../db/booking-events.ts';
import { BookingError } from './booking-error.ts';
import { callerSentence } from './calendar-sentences.ts';
import type { CallView } from './call-view.ts';
import { Bookable } from './desk/bookable.ts';
import type { CallContext } from './desk/bookable.ts';
import { CallAppointments } from './desk/call-appointments.ts';
import type { CallAppointment, KnownAppointment } from './desk/call-appointments.ts';
import { chooseBookable } from './desk/choose-bookable.ts';
import { lookUpAppointments } from './desk/find-appointments.ts';
import type { Claim } from './desk/find-appointments.ts';
import { Offers } from './desk/offers.ts';
import { fieldWords, readAttendee } from './desk/read-attendee.ts';
import type {
  CancelAnswer,
  CancelRequest,
  FindAnswer,
  RescheduleAnswer,
  RescheduleRequest,
  ScheduleAnswer,
  ScheduleRequest,
  TimesRequest,
  UnconfirmedAnswer,
} from './desk/requests-and-answers.ts';
import { bookThroughLedger, cancelThroughLedger, rescheduleThroughLedger } from './ledger.ts';
import type { OfferAnswer } from './offer.ts';

/** A caller with more than this in one call is a mistake or a mischief. */
const MOST_CHANGES_A_CALL = 5;
const MOST_LOOK_UPS_A_CALL = 5;

export interface BookingDeskOptions extends CallContext {
  /** What can be booked in this call, each with its calendar. */
  events: readonly { event: BookingEvent; calendar: Calendar }[];
  /** IANA: the caller's; times are said in it. */
  timeZone: string;
  /** E.164, from the line itself; null on the web. */
  callerNumber: string | null;
}

/** What one caller can do in one call: hear what is free, book it, find, move and cancel it. */
export class BookingDesk {
  readonly #options: BookingDeskOptions;
  readonly #bookables: readonly Bookable[];
  readonly #offers: Offers;
  readonly #appointments = new CallAppointments();
  #lastBookable: Bookable | null = null;
  #changes = 0;
  #lookUps = 0;
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(options: BookingDeskOptions) {
    this.#options = options;
    this.#offers = new Offers(options);
    this.#bookables = options.events.map(
      ({ event, calendar }) => new Bookable(event, calendar, options),
    );
  }

  /** Reads what is free ahead, while the greeting is spoken. */
  prefetch(): void {
    for (const bookable of this.#bookables) bookable.prefetch();
  }

  /** What can be booked, by name. */
  get eventNames(): string[] {
    return this.#bookables.map(({ event }) => event.name);
  }

  /** The times offered last, as a page shows them; null before the first offer. */
  get offer(): CallView['offer'] {
    return this.#offers.view;
  }

  /** The appointment booked, moved or cancelled last; null before the first. */
  get appointment(): CallAppointment | null {
    return this.#appointments.last;
  }

  /**
   * Finds times for a wish.
   * @throws {BookingError} `calendar-unavailable`
   */
  async findTimes(request: TimesRequest): Promise<OfferAnswer> {
    const bookable = chooseBookable(this.#bookables, request.event, this.#lastBookable);
    if ('question' in bookable) return { status: 'question', question: bookable.question };
    this.#lastBookable = bookable;
    return reachCalendar(async () => {
      const usual = bookable.event.durationMinutes;
      const minutes = request.durationMinutes ?? usual;
      const { durations, questions } = await bookable.describe();
      if (minutes !== usual && !durations.includes(minutes)) {
        return { status: 'question', question: askForDuration(durations) };
      }
      const alsoAsked = questions.filter(({ required }) => required).map(({ label }) => label);
      return this.#offers.make(request, bookable, minutes, {
        ...(this.#bookables.length > 1 ? { event: bookable.event.name } : {}),
        ...(alsoAsked.length > 0 ? { ask_also: alsoAsked } : {}),
      });
    });
  }

  /**
   * Finds the caller's appointments, once they have proved who they are.
   * @throws {BookingError} `calendar-unavailable`, `too-many-look-ups`
   */
  async findAppointments(claim: Claim): Promise<FindAnswer> {
    this.#lookUps += 1;
    if (this.#lookUps > MOST_LOOK_UPS_A_CALL) {
      const message = 'No more appointments can be looked up in this call.';
      throw new BookingError('too-many-look-ups', message);
    }
    const context = { ...this.#options, bookables: this.#bookables };
    const found = await reachCalendar(() => lookUpAppointments(claim, context));
    if (found.kind === 'question') return { status: 'question', message: found.question };
    if (found.kind === 'not-found') {
      return { status: 'not_found', message: 'I cannot find an appointment with these details.' };
    }
    const appointments = found.appointments.map((known) => ({
      appointment_id: this.#appointments.know(known),
      label: this.#offers.label(known.bookable, known.slot),
      event: known.bookable.event.name,
    }));
    const list = new Intl.ListFormat('en').format(appointments.map(({ label }) => label));
    return { status: 'found', message: `I found your appointment: ${list}.`, appointments };
  }

  /**
   * Books a slot that was offered in this call.
   * @throws {BookingError} with a sentence the caller can hear; nothing was booked then
   */
  schedule(request: ScheduleRequest): Promise<ScheduleAnswer> {
    return this.#oneByOne(() => this.#schedule(request));
  }

  /**
   * Moves an appointment of this call, or one that was found, to a slot offered in this call.
   * @throws {BookingError} with a sentence the caller can hear; it stays where it was then
   */
  reschedule(request: RescheduleRequest): Promise<RescheduleAnswer> {
    return this.#oneByOne(() => this.#reschedule(request));
  }

  /**
   * Cancels an appointment of this call, or one that was found.
   * @throws {BookingError} with a sentence the caller can hear; it stays booked then
   */
  cancel(request: CancelRequest): Promise<CancelAnswer> {
    return this.#oneByOne(() => this.#cancel(request));
  }

  async #schedule(request: ScheduleRequest): Promise<ScheduleAnswer> {
    const { bookable, slot } = this.#offers.find(request.slotId);
    const label = this.#offers.label(bookable, slot, { withZone: true });
    const made = this.#appointments.handleAt(bookable, slot.start);
    if (made) {
      const message = `Already booked: ${label}.`;
      return { status: 'booked', message, label, appointment_id: made };
    }
    const description = await reachCalendar(() => bookable.describe());
    const { attendee, answers } = readAttendee(request, description, this.#options.timeZone);
    this.#countChange();
    const notes = request.notes?.trim().slice(0, 500) || null;
    const outcome = await bookThroughLedger(bookable.ledger, { slot, attendee, answers, notes });
    switch (outcome.state) {
      case 'confirmed': {
        const { booking, appointmentId } = outcome;
        const status = booking.status === 'pending' ? 'requested' : 'booked';
        const handle = this.#note(
          status,
          { bookable, appointmentId, slot: booking, attendee },
          booking.reference,
        );
        const message =
          status === 'booked'
            ? `Booked: ${label}, for ${attendee.name}.`
            : `Requested: ${label}, for ${attendee.name}. The business has yet to accept it.`;
        return { status, message, label, appointment_id: handle };
      }
      case 'unknown':
        return this.#unconfirmed('the booking', { bookable, slot, attendee });
      case 'taken':
        return this.#offers.instead({ bookable, slot });
      case 'refused':
        throw refusal(outcome.error);
    }
  }

  async #reschedule(request: RescheduleRequest): Promise<RescheduleAnswer> {
    const known = this.#appointments.find(request.appointmentId);
    const { bookable, slot } = this.#offers.find(request.slotId);
    if (bookable !== known.bookable) {
      const { name } = known.bookable.event;
      throw new BookingError(
        'slot-not-offered',
        `That time is for something else. Call list_available_slots with event "${name}".`,
      );
    }
    this.#countChange();
    const outcome = await rescheduleThroughLedger(bookable.ledger, {
      appointmentId: known.appointmentId,
      slot,
      reason: 'The attendee asked for another time in a call.',
    });
    switch (outcome.state) {
      case 'confirmed': {
        const { booking, appointmentId } = outcome;
        const before = this.#offers.label(bookable, known.slot);
        const label = this.#offers.label(bookable, slot, { withZone: true });
        this.#appointments.forget(request.appointmentId);
        this.#note('rescheduled', { ...known, appointmentId, slot: booking }, booking.reference);
        return { status: 'rescheduled', message: `Moved from ${before} to ${label}.`, label };
      }
      case 'unknown':
        return this.#unconfirmed('the new time', { ...known, slot });
      case 'taken':
        return this.#offers.instead({ bookable, slot });
      case 'refused':
        throw refusal(outcome.error);
    }
  }

  async #cancel(request: CancelRequest): Promise<CancelAnswer> {
    const known = this.#appointments.find(request.appointmentId);
    this.#countChange();
    const reason = request.reason?.trim().slice(0, 300) || 'The attendee cancelled in a call.';
    const { appointmentId, bookable, slot } = known;
    const outcome = await cancelThroughLedger(bookable.ledger, { appointmentId, reason });
    switch (outcome.state) {
      case 'confirmed': {
        const label = this.#offers.label(bookable, slot, { withZone: true });
        this.#note('cancelled', known, outcome.booking.reference);
        this.#appointments.forget(request.appointmentId);
        return { status: 'cancelled', message: `Cancelled: ${label}.` };
      }
      case 'unknown':
        return this.#unconfirmed('the cancellation', known);
      case 'refused':
        throw refusal(outcome.error);
      case 'taken':
        throw new BookingError('calendar-unavailable', 'The appointment is being changed already.');
    }
  }

  #unconfirmed(what: string, about: Omit<KnownAppointment, 'appointmentId'>): UnconfirmedAnswer {
    this.#appointments.note(this.#view('unconfirmed', about, null));
    this.#offers.settle(about.slot.start);
    return {
      status: 'unconfirmed',
      message: `I could not confirm ${what} yet. You will get a message as soon as it is settled.`,
    };
  }

  #note(status: CallAppointment['status'], known: KnownAppointment, reference: string): string {
    const { appointmentId } = known;
    this.#appointments.note(this.#view(status, known, { appointmentId, reference }));
    this.#offers.settle(known.slot.start);
    return this.#appointments.know(known);
  }

  #view(
    status: CallAppointment['status'],
    { bookable, slot, attendee }: Omit<KnownAppointment, 'appointmentId'>,
    confirmation: CallAppointment['confirmation'],
  ): CallAppointment {
    const { name, email, phone } = attendee;
    return {
      status,
      label: this.#offers.label(bookable, slot, { withZone: true }),
      start: slot.start.toISOString(),
      end: slot.end.toISOString(),
      timeZone: this.#options.timeZone,
      attendee: { name, email, phone },
      confirmation,
    };
  }

  #countChange(): void {
    if (this.#changes >= MOST_CHANGES_A_CALL) {
      throw new BookingError(
        'too-many-bookings',
        'No more appointments can be booked or changed in this call. Please call again for that.',
      );
    }
    this.#changes += 1;
  }

  /** One after the other: a model that asks twice at once must hear of one booking, not of a race. */
  #oneByOne<T>(change: () => Promise<T>): Promise<T> {
    const changed = this.#lastChange.then(change);
    this.#lastChange = changed.catch(() => {});
    return changed;
  }
}

function askForDuration(durations: readonly number[]): string {
  const minutes = durations.map(String);
  const list = new Intl.ListFormat('en', { type: 'disjunction' }).format(minutes);
  return `It can take ${list} minutes. How long shall it be?`;
}

function refusal(error: CalendarError): BookingError {
  if (error instanceof RequestRefusedError && error.field) {
    return new BookingError(
      'attendee-refused',
      `The calendar does not accept the ${fieldWords(error.field)}. Please ask for it again.`,
      { cause: error },
    );
  }
  return new BookingError('calendar-unavailable', callerSentence(error), { cause: error });
}

async function reachCalendar<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    throw new BookingError('calendar-unavailable', callerSentence(error), { cause: error });
  }
}
