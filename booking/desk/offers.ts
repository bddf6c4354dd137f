import { CalendarError } from '../../calendar/calendar-error.ts';
import { minutesOf, overlaps } from '../../calendar/calendar.ts';
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
import type { DeskFacts, ToldText } from './desk-facts.ts';
import { freeTimes, holdTimes } from './free-times.ts';
import type { FreeSlot } from './free-times.ts';
import { readSlot, writtenSlot } from './offers-state.ts';
import type { OffersState } from './offers-state.ts';
import { ProviderHold } from './provider-hold.ts';

/** How often times are looked for again, when other calls were told them in the same moment. */
const MOST_ATTEMPTS = 12;

type Context = OfferContext<FreeSlot>;

export interface OfferedTime {
  bookable: Bookable;
  slot: Slot;
  /** With whom it could have been as well: all that the caller's wish allows. */
  hosts: readonly Bookable[];
}

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
  /** Every slot offered in this call, by id. */
  readonly #offered = new Map<string, OfferedTime>();
  /** Those of them that turned out to be taken, and were not offered again since. */
  readonly #gone = new Set<string>();
  #last: { message: string | null; slots: FreeSlot[] } | null = null;
  /** The caller's choice among the times offered last. */
  #chosen: string | null = null;
  #previous: Date | null = null;
  readonly #providerHold = new ProviderHold();
  readonly #told: ToldText[] = [];
  readonly #mentioned: ToldText[] = [];
  #hasLooked = false;
  /** What turned out to be taken: a provider may list it as free for a while. */
  #lost: { bookable: Bookable; slot: Slot; until: number }[] = [];

  constructor(options: OfferOptions) {
    this.#timeZone = options.timeZone;
    this.#now = options.now;
    this.#language = options.language;
    this.#onWish = options.onWish;
    this.#hidesAtProvider = options.hidesAtProvider ?? true;
  }

  /** All of it, to be kept between two requests of one call. */
  get state(): OffersState {
    const last = this.#last;
    return {
      offered: [...this.#offered].map(([id, { bookable, slot, hosts }]) => ({
        event: bookable.id,
        hosts: hosts.map((host) => host.id),
        ...writtenSlot(slot),
        isGone: this.#gone.has(id),
      })),
      last: last && {
        message: last.message,
        slots: last.slots.map((slot) => ({ event: slot.bookable.id, ...writtenSlot(slot) })),
      },
      chosen: this.#chosen,
      previous: this.#previous?.toISOString() ?? null,
      told: this.#told,
      mentioned: this.#mentioned,
      hasLooked: this.#hasLooked,
      lost: this.#lost.map(({ bookable, slot, until }) => ({
        event: bookable.id,
        ...writtenSlot(slot),
        left: Math.max(0, until - performance.now()),
      })),
    };
  }

  /**
   * Goes on from what was kept. What was offered of an event that the agent has no more is not.
   * @param bookableOf by its id
   */
  restore(state: OffersState, bookableOf: (event: string) => Bookable | undefined): void {
    for (const { event, hosts, isGone, ...written } of state.offered) {
      const bookable = bookableOf(event);
      if (!bookable) continue;
      const slot = readSlot(written);
      const id = slotId(slot, bookable.event);
      const known = hosts.flatMap((host) => bookableOf(host) ?? []);
      this.#offered.set(id, { bookable, slot, hosts: known });
      if (isGone) this.#gone.add(id);
    }
    if (state.last) {
      const slots = state.last.slots.flatMap(({ event, ...written }) => {
        const bookable = bookableOf(event);
        return bookable ? [{ ...readSlot(written), bookable, owner: bookable.event }] : [];
      });
      this.#last = { message: state.last.message, slots };
    }
    this.#chosen = state.chosen;
    this.#previous = state.previous === null ? null : new Date(state.previous);
    this.#told.push(...state.told);
    this.#mentioned.push(...state.mentioned);
    this.#hasLooked = state.hasLooked;
    this.#lost = state.lost.flatMap(({ event, left, ...written }) => {
      const bookable = bookableOf(event);
      const until = performance.now() + left;
      return bookable ? [{ bookable, slot: readSlot(written), until }] : [];
    });
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
    const found = [...this.#offered].filter(
      ([id, { bookable, slot }]) =>
        slot.start.getTime() === start.getTime() && !this.#gone.has(id) && isMeant(bookable),
    );
    const isLast = ({ bookable, slot }: OfferedTime): boolean =>
      this.#last?.slots.some(
        (other) => other.bookable === bookable && other.end.getTime() === slot.end.getTime(),
      ) === true;
    const [id, offered] = found.find(([, each]) => isLast(each)) ?? found.at(-1) ?? [];
    return id === undefined || !offered ? undefined : { slotId: id, slot: offered.slot };
  }

  /** The times offered last, as a page shows them; null before the first offer and after a booking. */
  get view(): CallView['offer'] {
    if (!this.#last) return null;
    const { message, slots } = this.#last;
    return {
      message,
      slots: slots.map((slot) => {
        const { bookable, owner } = slot;
        const id = slotId(slot, owner);
        const label = this.label(bookable, slot);
        const host = owner.host === undefined ? {} : { host: owner.host };
        return { id, label, isChosen: id === this.#chosen, ...this.written(slot), ...host };
      }),
    };
  }

  /** Notes which of the times offered last the caller chose; any other id is no choice of theirs. */
  choose(id: string): void {
    if (this.view?.slots.some((slot) => slot.id === id) === true) this.#chosen = id;
  }

  /** What was offered and answered so far. */
  get facts(): Pick<DeskFacts, 'offered' | 'lost' | 'ends' | 'told' | 'mentioned' | 'hasLooked'> {
    const all = [...this.#offered];
    const slots = all.flatMap(([id, { slot }]) => (this.#gone.has(id) ? [] : [slot]));
    const gone = all.flatMap(([id, { slot }]) => (this.#gone.has(id) ? [slot] : []));
    return {
      offered: slots.map(({ start }) => start),
      lost: gone.map(({ start }) => start),
      ends: slots.map(({ end }) => end),
      told: this.#told,
      mentioned: this.#mentioned,
      hasLooked: this.#hasLooked,
    };
  }

  /** Its times may be spoken of: it was answered. */
  mention(text: string): void {
    this.#mentioned.push({ text, language: this.#language.now });
  }

  /** @throws {BookingError} `slot-not-offered` */
  find(id: string): OfferedTime {
    const offered = this.#offered.get(id);
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
    this.#lost.push({ bookable, slot, until: performance.now() + HOLD_TIME });
    const label = this.label(bookable, slot);
    const message = this.#language.sentences.offers.taken(label);
    this.#drop({ bookable, slot }, message);
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

  /** What is taken is not on offer any more, whether or not anything else can be found. */
  #drop(taken: Pick<OfferedTime, 'bookable' | 'slot'>, message: string): void {
    const isGone = ({ bookable, slot }: Pick<OfferedTime, 'bookable' | 'slot'>): boolean =>
      isSameCalendar(bookable, taken.bookable) && overlaps(slot, taken.slot);
    for (const [id, offered] of this.#offered) if (isGone(offered)) this.#gone.add(id);
    this.#mentioned.push({ text: message, language: this.#language.now });
    this.#chosen = null;
    if (!this.#last) return;
    const slots = this.#last.slots.filter((slot) => !isGone({ bookable: slot.bookable, slot }));
    this.#last = { message, slots };
  }

  /** Gives free what is held for this caller: they have chosen, or the call ends. */
  async release(): Promise<void> {
    this.#providerHold.release();
    const bookables = new Set([...this.#offered.values()].map(({ bookable }) => bookable));
    await Promise.all([...bookables].map((bookable) => releaseHolds(bookable.ledger)));
  }

  /** A time was booked: the page shows that instead, and "an hour later" counts from it. */
  async conclude(start: Date): Promise<void> {
    this.#last = null;
    this.#chosen = null;
    this.#previous = start;
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
        this.#mentioned.push(...told([answer.question]));
        return answer;
      }
      const held = await holdTimes(hosts, slots);
      if (held.length === 0 && slots.length > 0 && attempt < MOST_ATTEMPTS) continue;
      const ids = held.map((slot) => slotId(slot, slot.owner));
      for (const [index, { bookable, start, end }] of held.entries()) {
        this.#offered.set(ids[index] ?? '', { bookable, slot: { start, end }, hosts });
        this.#gone.delete(ids[index] ?? '');
      }
      this.#hasLooked = true;
      this.#told.push(...told(answer.days));
      this.#mentioned.push(...told([answer.asked, answer.message ?? '']));
      this.#last = { message: message ?? answer.message ?? null, slots: held };
      this.#chosen = null;
      this.#previous = held[0]?.start ?? this.#previous;
      const [only, ...others] = held;
      if (this.#hidesAtProvider && only && others.length === 0) {
        this.#providerHold.take(only.bookable.calendar, only);
      } else this.#providerHold.release();
      return { ...answer, slots: answer.slots.filter((slot) => ids.includes(slot.slot_id)) };
    }
  }

  #lostTimes(bookable: Bookable): Slot[] {
    this.#lost = this.#lost.filter(({ until }) => until > performance.now());
    return this.#lost.flatMap((lost) =>
      isSameCalendar(lost.bookable, bookable) ? [lost.slot] : [],
    );
  }

  async #context(
    hosts: readonly Bookable[],
    durationMinutes: number,
    about: Context['about'],
  ): Promise<Context> {
    const [first] = hosts;
    if (!first) throw new TypeError('Nobody takes the event.');
    const turn = await inTurn(hosts);
    const lostOf = (bookable: Bookable) => this.#lostTimes(bookable);
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
      offered: this.#last?.slots ?? [],
      previous: this.#previous,
      about,
    };
  }
}

function isSameCalendar(one: Bookable, other: Bookable): boolean {
  return one.ledger.calendarConnectionId === other.ledger.calendarConnectionId;
}
