import { minutesOf } from '../../calendar/calendar.ts';
import type { Slot } from '../../calendar/calendar.ts';
import { BookingError } from '../booking-error.ts';
import { bookThroughLedger } from '../ledger/book-intent.ts';
import { cancelThroughLedger } from '../ledger/cancel-intent.ts';
import { rescheduleThroughLedger } from '../ledger/move-intent.ts';
import type { SpokenLanguage } from '../languages/spoken-language.ts';
import type { Sentences } from '../languages/sentences/sentences.ts';
import type { CallAppointments, CallAppointment, KnownAppointment } from './call-appointments.ts';
import type { Offers } from './offers.ts';
import { saidText } from '../../runtime/given/said-text.ts';
import { reachCalendar, refusal } from './reach-calendar.ts';
import { readAttendee } from './read-attendee.ts';
import { hostOf } from './upcoming-appointments.ts';
import type {
  CancelAnswer,
  CancelRequest,
  RescheduleAnswer,
  RescheduleRequest,
  ScheduleAnswer,
  ScheduleRequest,
  UnconfirmedAnswer,
} from './requests-and-answers.ts';

/** A caller with more than this in one call is a mistake or a mischief. */
const MOST_CHANGES_A_CALL = 5;

type AboutAppointment = Omit<KnownAppointment, 'appointmentId' | 'isPending'>;

/**
 * What one call changes in calendars, through the ledger. One after the other: a model that asks twice
 * at once hears of one booking, and not of a race.
 */
export class Changes {
  readonly #offers: Offers;
  readonly #appointments: CallAppointments;
  readonly #timeZone: string;
  readonly #language: SpokenLanguage;
  #count = 0;
  readonly #bookings = new Set<ScheduleRequest>();
  #last: Promise<unknown> = Promise.resolve();

  /** @param parts.timeZone IANA: the caller's */
  constructor(parts: {
    offers: Offers;
    appointments: CallAppointments;
    timeZone: string;
    language: SpokenLanguage;
  }) {
    this.#offers = parts.offers;
    this.#appointments = parts.appointments;
    this.#timeZone = parts.timeZone;
    this.#language = parts.language;
  }

  /** How many were asked for, to be kept between two requests of one call. */
  get count(): number {
    return this.#count;
  }

  /** Goes on from what was kept. */
  restore(count: number): void {
    this.#count = count;
  }

  /**
   * Books a slot that was offered in this call.
   * @throws {BookingError} nothing was booked then
   */
  async schedule(request: ScheduleRequest): Promise<ScheduleAnswer> {
    this.#bookings.add(request);
    try {
      return await this.#oneByOne(() => this.#schedule(request));
    } finally {
      this.#bookings.delete(request);
    }
  }

  /** Whether that slot is being booked. */
  isBooking(slotId: string): boolean {
    return [...this.#bookings].some((request) => request.slotId === slotId);
  }

  /**
   * Moves an appointment of this call, or one that was found, to a slot offered in this call.
   * @throws {BookingError} it stays where it was then
   */
  reschedule(request: RescheduleRequest): Promise<RescheduleAnswer> {
    return this.#oneByOne(() => this.#reschedule(request));
  }

  /**
   * Cancels an appointment of this call, or one that was found.
   * @throws {BookingError} it stays booked then
   */
  cancel(request: CancelRequest): Promise<CancelAnswer> {
    return this.#oneByOne(() => this.#cancel(request));
  }

  #oneByOne<T>(change: () => Promise<T>): Promise<T> {
    const changed = this.#last.then(change);
    this.#last = changed.catch(() => {});
    return changed;
  }

  async #schedule(request: ScheduleRequest): Promise<ScheduleAnswer> {
    const { bookable, slot, hosts } = this.#offers.find(request.slotId);
    const { host } = bookable.event;
    const label = this.#offers.labelWithZone(slot, host);
    const description = await reachCalendar(this.#language.sentences, () => bookable.describe());
    const { attendee, answers } = readAttendee(request, description, this.#timeZone);
    const same = this.#appointments.findSame(bookable, slot.start, attendee);
    if (same) {
      const { alreadyBooked, alreadyRequested } = this.#sentences;
      const { isPending } = same.known;
      const message = (isPending ? alreadyRequested : alreadyBooked)(label, attendee.name);
      const status = isPending ? 'requested' : 'booked';
      return { status, message, label, appointment_id: same.handle };
    }
    this.#countChange();
    const notes = saidText(request.notes ?? '', 500) || null;
    const outcome = await bookThroughLedger(bookable.ledger, { slot, attendee, answers, notes });
    switch (outcome.state) {
      case 'confirmed': {
        const { booking, appointmentId } = outcome;
        // What is said is what stands, and never the wish.
        const taker = await hostOf(bookable, booking);
        const bookedLabel = this.#offers.labelWithZone(booking, taker);
        const status = booking.status === 'pending' ? 'requested' : 'booked';
        const handle = await this.#note(
          status,
          {
            bookable,
            appointmentId,
            slot: booking,
            attendee,
            host: taker,
            isPending: status === 'requested',
            isFound: false,
          },
          booking.reference,
        );
        const message = this.#sentences[status](bookedLabel, attendee.name);
        const { preparation } = bookable.event;
        const answer = { status, message, label: bookedLabel, appointment_id: handle } as const;
        if (preparation === null) return answer;
        this.#offers.mention(preparation);
        return { ...answer, preparation };
      }
      case 'unknown':
        return this.#unconfirmed('bookingOpen', { bookable, slot, attendee, host, isFound: false });
      case 'taken':
        return this.#offers.instead({ bookable, slot, hosts });
      case 'refused':
        throw refusal(outcome.error, this.#language.sentences, description);
    }
  }

  async #reschedule(request: RescheduleRequest): Promise<RescheduleAnswer> {
    const known = this.#appointments.find(request.appointmentId);
    const { bookable, slot } = this.#offers.find(request.slotId);
    if (bookable !== known.bookable) throw elsewhere(known);
    this.#refuseOtherLength(known, slot);
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
        const taker = await hostOf(bookable, booking);
        const label = this.#offers.labelWithZone(booking, taker);
        const isPending = booking.status === 'pending';
        const moved = { ...known, appointmentId, slot: booking, host: taker, isPending };
        this.#appointments.replace(request.appointmentId, moved);
        const status = isPending ? 'requested' : 'rescheduled';
        await this.#note(status, moved, booking.reference, known.slot.start);
        const { moved: hasMoved, moveRequested } = this.#sentences;
        return { status, message: (isPending ? moveRequested : hasMoved)(before, label), label };
      }
      case 'unknown':
        return this.#unconfirmed('moveOpen', { ...known, slot });
      case 'taken':
        // It stays with whom it is: a time with somebody else is none to move to.
        return this.#offers.instead({ bookable, slot, hosts: [bookable] });
      case 'refused':
        throw refusal(outcome.error, this.#language.sentences);
    }
  }

  async #cancel(request: CancelRequest): Promise<CancelAnswer> {
    const known = this.#appointments.find(request.appointmentId);
    this.#countChange();
    const reason = saidText(request.reason ?? '', 300) || 'The attendee cancelled in a call.';
    const { appointmentId, bookable } = known;
    const outcome = await cancelThroughLedger(bookable.ledger, { appointmentId, reason });
    switch (outcome.state) {
      case 'confirmed': {
        const { booking } = outcome;
        const label = this.#offers.labelWithZone(booking, known.host);
        await this.#note('cancelled', { ...known, slot: booking }, booking.reference);
        this.#appointments.forget(request.appointmentId);
        return { status: 'cancelled', message: this.#sentences.cancelled(label) };
      }
      case 'unknown':
        return this.#unconfirmed('cancellationOpen', known);
      case 'refused':
        throw refusal(outcome.error, this.#language.sentences);
      case 'taken':
        throw new BookingError('calendar-unavailable', this.#sentences.beingChanged);
    }
  }

  async #unconfirmed(
    what: 'bookingOpen' | 'moveOpen' | 'cancellationOpen',
    about: AboutAppointment,
  ): Promise<UnconfirmedAnswer> {
    this.#appointments.note(this.#view('unconfirmed', about, null));
    await this.#offers.conclude(about.slot.start);
    // Without an e-mail address nobody can be written to.
    const { callAgain, youWillHear, [what]: open } = this.#sentences;
    const hear = about.attendee.email === null ? callAgain : youWillHear;
    return { status: 'unconfirmed', message: `${open} ${hear}` };
  }

  async #note(
    status: CallAppointment['status'],
    known: KnownAppointment,
    reference: string,
    before: Date | null = null,
  ): Promise<string> {
    const { appointmentId, attendee } = known;
    const confirmation = { appointmentId, reference, attendee };
    const view = this.#view(status, known, confirmation);
    this.#appointments.note({ ...view, before: before?.toISOString() ?? null });
    await this.#offers.conclude(known.slot.start);
    return this.#appointments.know(known);
  }

  #view(
    status: CallAppointment['status'],
    { slot, attendee, host, isFound }: AboutAppointment,
    confirmation: CallAppointment['confirmation'],
  ): CallAppointment {
    const { name, email, phone } = attendee;
    return {
      status,
      label: this.#offers.labelWithZone(slot, host),
      ...(host === undefined ? {} : { host }),
      ...this.#offers.written(slot),
      timeZone: this.#timeZone,
      attendee: isFound ? null : { name, email, phone },
      confirmation,
      before: null,
    };
  }

  /** A time of the usual length that was offered by oversight must not cut a longer appointment short. */
  #refuseOtherLength({ bookable, slot: present }: KnownAppointment, wanted: Slot): void {
    const [is, becomes] = [minutesOf(present), minutesOf(wanted)];
    if (is === becomes || becomes !== bookable.event.durationMinutes) return;
    throw new BookingError(
      'slot-not-offered',
      `That appointment takes ${is} minutes, and that time has ${becomes}. Call list_available_slots with duration_minutes ${is} and offer those.`,
    );
  }

  get #sentences(): Sentences['changes'] {
    return this.#language.sentences.changes;
  }

  #countChange(): void {
    if (this.#count >= MOST_CHANGES_A_CALL) {
      throw new BookingError('too-many-bookings', this.#sentences.noMore);
    }
    this.#count += 1;
  }
}

/** Another event's time, or another host's: an appointment stays in its calendar. */
function elsewhere({ bookable: { event } }: KnownAppointment): BookingError {
  const withHost = event.host === undefined ? '' : ` and with "${event.host}"`;
  return new BookingError(
    'slot-not-offered',
    `That time is for something else. Call list_available_slots with event "${event.name}"${withHost}.`,
  );
}
