import { minutesOf } from '../../calendar/calendar.ts';
import type { Calendar, Slot } from '../../calendar/calendar.ts';
import { allOf, oneOf } from '../languages/sentences/sentences-in.ts';
import { SpokenLanguage } from '../languages/spoken-language.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import type { DoneInCall } from '../../db/calls/done-in-call.ts';
import type { CallerDetail, CallView } from '../../calls/call-view.ts';
import { Bookable } from './bookable.ts';
import type { CallContext } from './bookable.ts';
import { CallAppointments } from './call-appointments.ts';
import type { CallAppointment, KnownAppointment } from './call-appointments.ts';
import { CallerDetails } from './caller-details.ts';
import { Changes } from './changes.ts';
import { byEvent, chooseHosts, hostNames } from './bookable-event.ts';
import type { BookableEvent } from './bookable-event.ts';
import { chooseEvent } from './choose-event.ts';
import { AppointmentFinder } from './appointment-finder.ts';
import type { CallerStatement } from './appointment-finder.ts';
import type { DeskFacts } from './desk-facts.ts';
import type { DeskState } from './desk-state.ts';
import { Offers } from './offers.ts';
import type { OfferOptions } from './offers.ts';
import { reachCalendar } from './reach-calendar.ts';
import { wantedDetails, wantedFields } from './read-attendee.ts';
import { findByCall, toKnown } from './upcoming-appointments.ts';
import type { FindAnswer, TimesRequest } from './requests-and-answers.ts';
import type { OfferAnswer } from '../offering/offer.ts';
import { HeardOnce } from '../spelled/heard-once.ts';
import { ReadBack } from '../spelled/read-back.ts';

export interface BookingDeskOptions extends CallContext {
  /** What can be booked in this call, each with its calendar. */
  events: readonly { event: BookingEvent; calendar: Calendar }[];
  /** IANA: the caller's; times are said in it. */
  timeZone: string;
  /** What is spoken in the call; English unless given. */
  language?: SpokenLanguage;
  /** E.164, from the line itself; null on the web. */
  callerNumber: string | null;
  /** The digest of a visitor's address; null by phone and where it is not known. */
  visitor?: string | null;
  /** Told what the caller wishes for, whether or not it is free. */
  onWish?: OfferOptions['onWish'];
  /** Whether a time that alone is on offer is hidden at the provider; unless said otherwise. */
  hidesAtProvider?: boolean;
}

/** What one caller can do in one call: hear what is free, book it, find, move and cancel it. */
export class BookingDesk {
  readonly #options: BookingDeskOptions;
  readonly #language: SpokenLanguage;
  readonly #bookables: readonly Bookable[];
  readonly #events: readonly BookableEvent[];
  readonly #offers: Offers;
  readonly #appointments = new CallAppointments();
  /** Books what was offered; moves and cancels what was booked or found. */
  readonly changes: Changes;
  /** What was made of a name and an address that are booked with, and said yes to. */
  readonly readBack: ReadBack;
  /** What was made of the addresses by which appointments are looked up. */
  readonly addresses: HeardOnce;
  /** Who the caller is, as they said or typed it. */
  readonly details = new CallerDetails();
  #lastEvent: BookableEvent | null = null;
  /** What the calendar asked of whoever books, when times were looked for last. */
  #askedOf: CallerDetail['field'][] = [];
  readonly #finder: AppointmentFinder;

  constructor(options: BookingDeskOptions) {
    this.#options = options;
    const { language = new SpokenLanguage({ language: 'en' }) } = options;
    this.#language = language;
    this.readBack = new ReadBack(language);
    this.addresses = new HeardOnce('email', language);
    this.#offers = new Offers({ ...options, language });
    this.changes = new Changes({
      offers: this.#offers,
      appointments: this.#appointments,
      timeZone: options.timeZone,
      language,
    });
    this.#bookables = options.events.map(
      ({ event, calendar }) => new Bookable(event, calendar, options),
    );
    this.#events = byEvent(this.#bookables);
    this.#finder = new AppointmentFinder({
      ...options,
      language,
      bookables: this.#bookables,
    });
  }

  /** All of it, to be kept between two requests of a call that no process has as a whole. */
  get state(): DeskState {
    return {
      offers: this.#offers.state,
      appointments: this.#appointments.state,
      changes: this.changes.count,
      finder: this.#finder.state,
      details: this.details.state,
      readBack: this.readBack.state,
      addresses: this.addresses.state,
      lastEvent: this.#lastEvent?.id ?? null,
      askedOf: this.#askedOf,
    };
  }

  /** Goes on from what was kept; to be called once, before anything else. */
  restore(state: DeskState): void {
    const bookableOf = (id: string): Bookable | undefined =>
      this.#bookables.find((bookable) => bookable.id === id);
    this.#offers.restore(state.offers, bookableOf);
    this.#appointments.restore(state.appointments, bookableOf);
    this.changes.restore(state.changes);
    this.#finder.restore(state.finder);
    this.details.restore(state.details);
    this.readBack.restore(state.readBack);
    this.addresses.restore(state.addresses);
    this.#lastEvent = this.#events.find(({ id }) => id === state.lastEvent) ?? null;
    this.#askedOf = state.askedOf;
  }

  /** Reads what is free ahead, while the greeting is spoken. */
  prefetch(): void {
    for (const bookable of this.#bookables) bookable.prefetch();
  }

  /**
   * Knows again what this call did, by the ledger, in a process that has taken it over: what was done at
   * once, what can be moved and cancelled once the calendar has answered. Throws what the calendar
   * throws.
   */
  async takeOver(done: readonly DoneInCall[]): Promise<void> {
    for (const each of done) this.#appointments.note(this.#noted(each));
    for (const found of await findByCall({ ...this.#options, bookables: this.#bookables })) {
      this.#appointments.know({ ...(await toKnown(found)), isFound: false });
    }
  }

  #noted(done: DoneInCall): CallAppointment {
    const { name, email, phone } = done.attendee;
    const slot = { start: done.startAt, end: done.endAt };
    const { host } =
      this.#bookables.find(({ event }) => event.calendarConnectionId === done.calendarConnectionId)
        ?.event ?? {};
    return {
      status: done.isMoved && done.status === 'booked' ? 'rescheduled' : done.status,
      label: this.#offers.labelWithZone(slot, host),
      ...(host === undefined ? {} : { host }),
      ...this.#offers.written(slot),
      start: done.startAt.toISOString(),
      end: done.endAt.toISOString(),
      timeZone: this.#options.timeZone,
      attendee: done.isMadeHere ? { name, email, phone } : null,
      confirmation:
        done.appointmentId !== null && done.reference !== null
          ? {
              appointmentId: done.appointmentId,
              reference: done.reference,
              attendee: done.attendee,
            }
          : null,
      before: null,
    };
  }

  /** What can be booked, by name. */
  get eventNames(): string[] {
    return this.#events.map(({ name }) => name);
  }

  /** Who takes appointments, by name; empty where nobody is named. */
  get hostNames(): string[] {
    return hostNames(this.#events);
  }

  /** Gives free what is held for this caller; at the end of the call. */
  async release(): Promise<void> {
    await this.#offers.release();
  }

  /** The times offered last, as a page shows them; null before the first offer. */
  get offer(): CallView['offer'] {
    return this.#offers.view;
  }

  /** Notes which of the times offered last the caller chose; any other id is no choice of theirs. */
  choose(slotId: string): void {
    this.#offers.choose(slotId);
  }

  /**
   * The slot that was offered in this call with that start; undefined where none was.
   * @param words the kind of appointment, where there are several
   * @param host with whom it must be; null: with anybody
   */
  offeredAt(
    start: Date,
    words: string | null,
    host: string | null = null,
  ): { slotId: string; slot: Slot } | undefined {
    const { now } = this.#language;
    const meant = words === null ? null : chooseEvent(this.#events, words, this.#lastEvent, now);
    const isMeant = (bookable: Bookable): boolean =>
      meant === null || 'question' in meant || meant.bookables.some((each) => each === bookable);
    return this.#offers.offeredAt(
      start,
      (bookable) => isMeant(bookable) && (host === null || bookable.event.host === host),
    );
  }

  /** By the id of a slot that was offered in this call. @throws {BookingError} `slot-not-offered` */
  slotOf(slotId: string): Slot {
    return this.#offers.find(slotId).slot;
  }

  /** An appointment that this call knows. @throws {BookingError} `appointment-not-known` */
  appointmentOf(handle: string): KnownAppointment {
    return this.#appointments.find(handle);
  }

  /** What is known of the caller, and what has yet to be asked, as a page shows it. */
  get callerDetails(): CallView['details'] {
    return this.details.view(this.#askedOf);
  }

  /** The appointment booked, moved or cancelled last; null before the first. */
  get appointment(): CallAppointment | null {
    const { last } = this.#appointments;
    if (!last) return null;
    const slot = { start: new Date(last.start), end: new Date(last.end) };
    const label = this.#offers.labelWithZone(slot, last.host);
    return { ...last, label, ...this.#offers.written(slot) };
  }

  /** All appointments booked, moved or cancelled, or that could not be, in the order of that. */
  get changed(): readonly CallAppointment[] {
    return this.#appointments.changes;
  }

  /** What is true of free times and appointments by now. A change that is under way is none yet. */
  get facts(): DeskFacts {
    const [offers, appointments] = [this.#offers.facts, this.#appointments.facts];
    return {
      calendarTimeZones: this.#bookables.map(({ event }) => event.timeZone),
      hosts: [...this.hostNames, ...appointments.standing.flatMap(({ host }) => host ?? [])],
      ...offers,
      ...appointments,
      ends: [...offers.ends, ...appointments.ends],
    };
  }

  /**
   * Finds times for a wish.
   * @throws {BookingError} `calendar-unavailable`
   */
  async findTimes(request: TimesRequest): Promise<OfferAnswer> {
    const language = this.#language.now;
    const event = chooseEvent(this.#events, request.event, this.#lastEvent, language);
    if ('question' in event) return { status: 'question', question: event.question };
    this.#lastEvent = event;
    const hosts = chooseHosts(event, request.host ?? null, language);
    if ('question' in hosts) return { status: 'question', question: hosts.question };
    const [first = event.bookables[0]] = hosts;
    return reachCalendar(this.#language.sentences, async () => {
      const usual = first.event.durationMinutes;
      const minutes = request.durationMinutes ?? usual;
      const description = await first.describe();
      const { durations, questions } = description;
      this.#askedOf = wantedFields(description);
      if (minutes !== usual && !durations.includes(minutes)) {
        return { status: 'question', question: this.#askForDuration(durations) };
      }
      const wanted = wantedDetails(description);
      const alsoAsked = questions.filter(({ required }) => required).map(({ label }) => label);
      return this.#offers.make(request, hosts, minutes, {
        ...(this.#events.length > 1 ? { event: event.name } : {}),
        ...(wanted === null ? {} : { ask_for: wanted }),
        ...(alsoAsked.length > 0 ? { ask_also: alsoAsked } : {}),
      });
    });
  }

  /**
   * Finds the caller's appointments, once they have proved who they are.
   * @throws {BookingError} `calendar-unavailable`, `too-many-look-ups`
   */
  async findAppointments(statement: CallerStatement): Promise<FindAnswer> {
    const found = await reachCalendar(this.#language.sentences, () => this.#finder.find(statement));
    if (found.kind === 'question') return { status: 'question', message: found.question };
    if (found.kind === 'not-found') return { status: 'not_found', message: found.message };
    const appointments = found.appointments.map((known) => ({
      appointment_id: this.#appointments.know(known),
      label: this.#offers.label(known.bookable, known.slot),
      event: known.bookable.event.name,
      ...unusualDuration(known),
    }));
    const { now, sentences } = this.#language;
    const labels = appointments.map(({ label }) => label);
    const message = sentences.appointments.found(allOf(now, labels));
    return { status: 'found', message, appointments };
  }

  #askForDuration(durations: readonly number[]): string {
    const { now, sentences } = this.#language;
    return sentences.offers.howLong(oneOf(now, durations.map(String)));
  }
}

/** The model needs the length to find a time that is long enough to move to. */
function unusualDuration({ bookable, slot }: KnownAppointment): { duration_minutes?: number } {
  const minutes = minutesOf(slot);
  return minutes === bookable.event.durationMinutes ? {} : { duration_minutes: minutes };
}
