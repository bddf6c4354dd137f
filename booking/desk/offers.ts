import { CalendarError } from '../../calendar/calendar-error.ts';
import { minutesOf } from '../../calendar/calendar.ts';
import type { Slot } from '../../calendar/calendar.ts';
import { BookingError } from '../booking-error.ts';
import type { CallView, WrittenTime } from '../../calls/call-view.ts';
import { HOLD_TIME, releaseHolds } from '../offering/holds.ts';
import { slotLabel } from '../times/labels.ts';
import type { LabelOptions } from '../times/labels.ts';
import { writtenTime } from '../times/written-time.ts';
import { makeOffer, offerNearby } from '../offering/offer.ts';
import type {
  Offer,
  OfferAnswer,
  OfferContext,
  OfferedSlot,
  OfferRequest,
} from '../offering/offer.ts';
import { slotId } from '../offering/slot-id.ts';
import type { WishedTimes } from '../offering/wished-times.ts';
import type { SpokenLanguage } from '../languages/spoken-language.ts';
import type { Bookable } from './bookable.ts';
import { inTurn } from './bookable-event.ts';
import type { ToldText } from './desk-facts.ts';
import { freeTimes, holdTimes } from './free-times.ts';
import type { FreeSlot } from './free-times.ts';
import { dropTaken, factsOf, lostTimes, noOffers, offeredAt } from './known-offers.ts';
import type { KnownOffers, OfferedTime, OfferFacts } from './known-offers.ts';
import { readOffers, writeOffers } from './offers-state.ts';
import type { OffersState } from './offers-state.ts';
import { ProviderHold } from './provider-hold.ts';

/** How often times are looked for again, when other calls were told them in the same moment. */
const MOST_ATTEMPTS = 12;

type Context = OfferContext<FreeSlot>;

export interface TakenAnswer {
  status: 'taken';
  message: string;
  slots: OfferedSlot[];
}

export interface OfferOptions {
  /** IANA: the caller's; times are said in it. */
  timeZone: string;
  now: () => Date;
  language: SpokenLanguage;
  /** Told what callers wish for, whether or not it is free. */
  onWish?: ((wish: WishedTimes & { event: string }) => void) | undefined;
  /**
   * Whether a single time that is on offer is hidden at the provider; unless said otherwise. Only a
   * process that has the whole call can show it again.
   */
  hidesAtProvider?: boolean | undefined;
}

/** What was offered in one call: only that can be booked. Each offer is held for its caller. */
export class Offers {
  readonly #timeZone: string;
  readonly #now: () => Date;
  readonly #language: SpokenLanguage;
  readonly #onWish: OfferOptions['onWish'];
  readonly #hidesAtProvider: boolean;
  readonly #providerHold = new ProviderHold();
  #known: KnownOffers = noOffers();

  constructor(options: OfferOptions) {
    this.#timeZone = options.timeZone;
    this.#now = options.now;
    this.#language = options.language;
    this.#onWish = options.onWish;
    this.#hidesAtProvider = options.hidesAtProvider ?? true;
  }

  /** All of it, to be kept between two requests of one call. */
  get state(): OffersState {
    return writeOffers(this.#known);
  }

  /**
   * Goes on from what was kept; to be called once, before anything else.
   * @param bookableOf by its id
   */
  restore(state: OffersState, bookableOf: (event: string) => Bookable | undefined): void {
    this.#known = readOffers(state, bookableOf);
  }

  /**
   * The slot that was offered in this call with that start, of the times offered last before others;
   * undefined where none was, or it is lost.
   * @param isMeant of an event, where there are several
   */
  offeredAt(
    start: Date,
    isMeant: (bookable: Bookable) => boolean = () => true,
  ): { slotId: string; slot: Slot } | undefined {
    return offeredAt(this.#known, start, isMeant);
  }

  /** The times offered last, as a page shows them; null before the first offer and after a booking. */
  get view(): CallView['offer'] {
    if (!this.#known.last) return null;
    const { message, slots } = this.#known.last;
    return {
      message,
      slots: slots.map((slot) => {
        const { bookable, owner } = slot;
        const id = slotId(slot, owner);
        const label = this.label(bookable, slot);
        const host = owner.host === undefined ? {} : { host: owner.host };
        return { id, label, isChosen: id === this.#known.chosen, ...this.written(slot), ...host };
      }),
    };
  }

  /** Notes which of the times offered last the caller chose; any other id is no choice of theirs. */
  choose(id: string): void {
    if (this.view?.slots.some((slot) => slot.id === id) === true) this.#known.chosen = id;
  }

  /** What was offered and answered so far. */
  get facts(): OfferFacts {
    return factsOf(this.#known);
  }

  /** Its times may be spoken of: it was answered. */
  mention(text: string): void {
    this.#known.mentioned.push({ text, language: this.#language.now });
  }

  /** @throws {BookingError} `slot-not-offered` */
  find(id: string): OfferedTime {
    const offered = this.#known.offered.get(id);
    if (offered) return offered;
    throw new BookingError(
      'slot-not-offered',
      'That time was not offered in this call. Call list_available_slots first and use a slot_id of its answer.',
    );
  }

  /**
   * Finds times for a wish. Throws what the calendar throws.
   * @param hosts with whom it may be, at least one
   */
  async make(
    request: OfferRequest,
    hosts: readonly Bookable[],
    durationMinutes: number,
    about: Context['about'],
  ): Promise<OfferAnswer> {
    const context = await this.#context(hosts, durationMinutes, about);
    let wished: WishedTimes | undefined;
    const answer = await this.#hold(hosts, async () => {
      const offer = await makeOffer(request, context);
      wished = offer.wished;
      return offer;
    });
    const [first] = hosts;
    if (wished && first) this.#onWish?.({ ...wished, event: first.event.id });
    return answer;
  }

  /** What to offer instead of a time that turned out to be taken. */
  async instead({ bookable, slot, hosts }: OfferedTime): Promise<TakenAnswer> {
    bookable.invalidate();
    this.#known.lost.push({ bookable, slot, until: performance.now() + HOLD_TIME });
    const label = this.label(bookable, slot);
    const message = this.#language.sentences.offers.taken(label);
    dropTaken(this.#known, { bookable, slot }, message);
    this.mention(message);
    const wish = { from: slot.start, to: slot.end, asked: label };
    try {
      const context = await this.#context(hosts, minutesOf(slot), {});
      const answer = await this.#hold(hosts, () => offerNearby(wish, context), message);
      return { status: 'taken', message, slots: answer.status === 'question' ? [] : answer.slots };
    } catch (error) {
      if (error instanceof CalendarError) return { status: 'taken', message, slots: [] };
      throw error;
    }
  }

  /** Gives free what is held for this caller: they have chosen, or the call ends. */
  async release(): Promise<void> {
    this.#providerHold.release();
    const bookables = new Set([...this.#known.offered.values()].map(({ bookable }) => bookable));
    await Promise.all([...bookables].map((bookable) => releaseHolds(bookable.ledger)));
  }

  /** A time was booked: the page shows that instead, and "an hour later" counts from it. */
  async conclude(start: Date): Promise<void> {
    this.#known.last = null;
    this.#known.chosen = null;
    this.#known.previous = start;
    // What was booked is booked, whether or not the holds can be deleted: they expire by themselves.
    await this.release().catch(() => {});
  }

  label({ event }: Bookable, slot: Pick<Slot, 'start'>): string {
    const calendarTimeZone = event.timeZone;
    const label = slotLabel(slot.start, { ...this.#labelOptions, calendarTimeZone });
    return this.#withHost(label, event.host);
  }

  /**
   * The same with the caller's zone, whichever the calendar's is.
   * @param host with whom it is; undefined where nobody is named
   */
  labelWithZone({ start }: Pick<Slot, 'start'>, host: string | undefined): string {
    return this.#withHost(slotLabel(start, { ...this.#labelOptions, withZone: true }), host);
  }

  #withHost(label: string, host: string | undefined): string {
    return host === undefined ? label : this.#language.sentences.offers.withHost(label, host);
  }

  get #labelOptions(): LabelOptions {
    return { timeZone: this.#timeZone, now: this.#now(), language: this.#language.now };
  }

  /** As a page writes it. */
  written(slot: { start: Date; end: Date }): WrittenTime {
    return writtenTime(slot, this.#labelOptions);
  }

  /**
   * Says a time to one caller only: each is held until something is booked or two minutes have
   * gone. What another caller was told in the same moment is not said.
   */
  async #hold(
    hosts: readonly Bookable[],
    find: () => Promise<Offer<FreeSlot>>,
    message?: string,
  ): Promise<OfferAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      const language = this.#language.now;
      const { answer, slots } = await find();
      const told = (texts: string[]): ToldText[] => texts.map((text) => ({ text, language }));
      if (answer.status === 'question') {
        this.#known.mentioned.push(...told([answer.question]));
        return answer;
      }
      const held = await holdTimes(hosts, slots);
      if (held.length === 0 && slots.length > 0 && attempt < MOST_ATTEMPTS) continue;
      const known = this.#known;
      const ids = held.map((slot) => slotId(slot, slot.owner));
      for (const [index, { bookable, start, end }] of held.entries()) {
        known.offered.set(ids[index] ?? '', { bookable, slot: { start, end }, hosts });
        known.gone.delete(ids[index] ?? '');
      }
      known.hasLooked = true;
      known.told.push(...told(answer.days));
      known.mentioned.push(...told([answer.asked, answer.message ?? '']));
      known.last = { message: message ?? answer.message ?? null, slots: held };
      known.chosen = null;
      known.previous = held[0]?.start ?? known.previous;
      const [only, ...others] = held;
      if (this.#hidesAtProvider && only && others.length === 0) {
        this.#providerHold.take(only.bookable.calendar, only);
      } else this.#providerHold.release();
      return { ...answer, slots: answer.slots.filter((slot) => ids.includes(slot.slot_id)) };
    }
  }

  async #context(
    hosts: readonly Bookable[],
    durationMinutes: number,
    about: Context['about'],
  ): Promise<Context> {
    const [first] = hosts;
    if (!first) throw new TypeError('Nobody takes the event.');
    const turn = await inTurn(hosts);
    const lostOf = (bookable: Bookable) => lostTimes(this.#known, bookable);
    return {
      freeSlots: (range, kept) => {
        const order = kept
          ? [kept.bookable, ...turn.filter((each) => each !== kept.bookable)]
          : turn;
        return freeTimes(order, range, { durationMinutes, lostOf });
      },
      rules: first.event,
      timeZone: this.#timeZone,
      calendarTimeZone: first.event.timeZone,
      language: this.#language.now,
      now: this.#now,
      offered: this.#known.last?.slots ?? [],
      previous: this.#known.previous,
      about,
    };
  }
}
