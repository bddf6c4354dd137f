import type { Slot, TimeRange } from '../../calendar/calendar.ts';
import type { Language } from '../../calls/languages.ts';
import { LABEL_WORDS } from '../languages/label-words.ts';
import { sentencesIn } from '../languages/sentences/sentences-in.ts';
import { dayLabel, rangeLabel, slotLabel, timeLabel, zoneName } from '../times/labels.ts';
import type { SlotLabelOptions } from '../times/labels.ts';
import { firstOfferRange } from './offering-rules.ts';
import type { OfferingRules } from './offering-rules.ts';
import { refuseForeignWords } from './refuse-foreign-words.ts';
import { slotId } from './slot-id.ts';
import type { SlotOwner } from './slot-id.ts';
import { resolveSpokenTime } from '../times/spoken-time.ts';
import type { SpokenTime } from '../times/spoken-time.ts';
import { wishQuestion } from './wish-question.ts';
import { wishedTimes } from './wished-times.ts';
import type { WishedTimes } from './wished-times.ts';
import { nearestSlots, slotsByDay, spreadSuggestions } from './suggestions.ts';

const DAY = 86_400_000;
/** How far ahead "the soonest" looks unless the caller says otherwise. */
const SOONEST_DAYS = 14;
/** How far around a full day other times are looked for. */
const NEARBY_DAYS = 14;
/** Of the answer a model gets: more makes it read lists aloud. */
const ANSWER_BYTES = 1_000;
const DAY_LINES = 5;

export interface OfferRequest {
  /** The caller's wish in the caller's own words; null for the soonest times. */
  when: string | null;
  /** Days to look ahead when there is no wish; null for two weeks. */
  rangeDays: number | null;
}

/** A slot, and whose it is. */
export interface OwnedSlot extends Slot {
  owner: SlotOwner & {
    /** With whom it is; missing where nobody is named. */
    host?: string;
  };
}

export interface OfferContext<S extends OwnedSlot> {
  /**
   * Reads what is free in a range, each beginning once. Throws what the calendar throws.
   * @param kept of several who are free when this one begins, its owner is named
   */
  freeSlots: (range: TimeRange, kept?: S) => Promise<S[]>;
  rules: OfferingRules;
  /** IANA: the caller's. */
  timeZone: string;
  /** IANA: the calendar's; labels name the zone where the two differ. */
  calendarTimeZone: string;
  /** Of the answer. */
  language: Language;
  now: () => Date;
  /** What was offered last, in order: "the second one" is counted in it. */
  offered: readonly S[];
  /** The start of the time talked about last, for "an hour later". */
  previous: Date | null;
  /** Said in the answer beside the times. */
  about: About;
}

interface About {
  /** What is to be booked, where the agent books several things. */
  event?: string;
  /** What the calendar wants instead of name and e-mail address, and no more. */
  ask_for?: string[];
  /** What it wants to know beside these. */
  ask_also?: string[];
}

export interface OfferedSlot {
  slot_id: string;
  label: string;
}

export type OfferAnswer =
  | {
      status: 'slots' | 'none';
      /** What was understood, in words. */
      asked: string;
      /** What is to be booked, where the agent books several things. */
      event?: string;
      /** What the calendar wants instead of name and e-mail address, and no more. */
      ask_for?: string[];
      /** What it wants to know beside these. */
      ask_also?: string[];
      message?: string;
      slots: OfferedSlot[];
      /** One line for each of the first days: how much is free. */
      days: string[];
      time_zone: string;
    }
  | { status: 'question'; question: string };

export interface Offer<S extends OwnedSlot> {
  answer: OfferAnswer;
  /** The slots of the answer, in its order; empty for a question. */
  slots: S[];
  /** What was wished for; missing where a time was chosen, or asked about. */
  wished?: WishedTimes;
}

/**
 * Finds what is free for a wish and picks a few times to say. Throws what the calendar throws.
 * @throws {BookingError} `not-english`
 */
export async function makeOffer<S extends OwnedSlot>(
  request: OfferRequest,
  context: OfferContext<S>,
): Promise<Offer<S>> {
  if (request.when === null || request.when.trim() === '') {
    return offerSoonest(request.rangeDays, context);
  }
  refuseForeignWords(request.when, 'when');
  const wish = resolveWish(request.when, context);
  if (wish.kind === 'question') {
    const question = wishQuestion(wish, labelOptions(context));
    return { answer: { status: 'question', question }, slots: [] };
  }
  if (wish.kind === 'choice') return offerChosen(wish.index, context);
  const free = (await context.freeSlots(wish)).filter(
    (slot) => !wish.exclude?.some((range) => slot.start >= range.from && slot.start < range.to),
  );
  const { from, to } = wish;
  const wished = wishedTimes(wish, free.length > 0, context.calendarTimeZone);
  // What was understood is told in English in the caller's own words.
  const asked = context.language === 'en' ? wish.asked : rangeLabel(wish, labelOptions(context));
  if (free.length === 0) {
    const isSoon = wish.asked.startsWith('as soon as possible');
    return { ...(await offerNearby({ from, to, asked, isSoon }, context)), wished };
  }
  const slots = spreadSuggestions(free, context.timeZone);
  return { ...fit({ status: 'slots', asked }, slots, free, context), wished };
}

/**
 * The first suggestions, where the caller names no time: as the owner's rules say. Where these leave
 * nothing, whatever is free.
 */
async function offerSoonest<S extends OwnedSlot>(
  rangeDays: number | null,
  context: OfferContext<S>,
): Promise<Offer<S>> {
  const now = context.now();
  const days = Math.min(90, Math.max(1, rangeDays ?? SOONEST_DAYS));
  const usual = { from: now, to: new Date(now.getTime() + days * DAY) };
  const range = firstOfferRange(context.rules, usual, context.calendarTimeZone);
  const asked = sentencesIn(context.language).offers.soonest;
  const ruled = await context.freeSlots(range);
  const free = ruled.length > 0 ? ruled : await context.freeSlots(usual);
  const wished = wishedTimes(usual, free.length > 0, context.calendarTimeZone);
  if (free.length === 0) {
    return { ...(await offerNearby({ ...usual, asked, isSoon: true }, context)), wished };
  }
  const slots = spreadSuggestions(free, context.timeZone, context.rules);
  return { ...fit({ status: 'slots', asked }, slots, free, context), wished };
}

function resolveWish(when: string, context: Spoken): SpokenTime {
  return resolveSpokenTime(when, {
    now: context.now(),
    timeZone: context.timeZone,
    calendarTimeZone: context.calendarTimeZone,
    ...(context.previous ? { previous: context.previous } : {}),
  });
}

/** "The second one" answers that slot, if it is still free. */
async function offerChosen<S extends OwnedSlot>(
  index: number,
  context: OfferContext<S>,
): Promise<Offer<S>> {
  const slot = context.offered.at(index);
  if (!slot) {
    const question = sentencesIn(context.language).offers.whichTime;
    return { answer: { status: 'question', question }, slots: [] };
  }
  const range = { from: slot.start, to: slot.end };
  const asked = labelOf(slot, context);
  const free = await context.freeSlots(range, slot);
  const still = free.filter((other) => slotId(other, other.owner) === slotId(slot, slot.owner));
  if (still.length === 0) return offerNearby({ ...range, asked }, context);
  return fit({ status: 'slots', asked }, still, still, context);
}

/** What to say instead of a time that is not free: so it is, and what is free around it. */
export async function offerNearby<S extends OwnedSlot>(
  wish: TimeRange & { asked: string; isSoon?: boolean },
  context: OfferContext<S>,
): Promise<Offer<S>> {
  const around = {
    from: new Date(wish.from.getTime() - NEARBY_DAYS * DAY),
    to: new Date(wish.to.getTime() + NEARBY_DAYS * DAY),
  };
  const nearby = await context.freeSlots(around);
  const { offers } = sentencesIn(context.language);
  const message = wish.isSoon === true ? offers.nothingSoon : offers.nothingFor(wish.asked);
  const slots = nearestSlots(nearby, wish.from);
  return fit({ status: 'none', asked: wish.asked, message }, slots, slots, context);
}

/** Writes the answer and takes out what does not fit into it, day lines first. */
function fit<S extends OwnedSlot>(
  head: { status: 'slots' | 'none'; asked: string; message?: string },
  slots: S[],
  free: readonly S[],
  context: OfferContext<S>,
): Offer<S> {
  const { timeZone } = context;
  const days = head.status === 'slots' ? dayLines(free, context).slice(0, DAY_LINES) : [];
  const chosen = [...slots];
  const write = () => ({
    ...head,
    ...context.about,
    slots: chosen.map((slot) => ({
      slot_id: slotId(slot, slot.owner),
      label: labelOf(slot, context),
    })),
    days,
    time_zone: zoneName(timeZone, chosen[0]?.start ?? context.now(), context.language),
  });
  let answer = write();
  while (Buffer.byteLength(JSON.stringify(answer)) > ANSWER_BYTES) {
    if (days.length > 0) days.pop();
    else chosen.pop();
    answer = write();
  }
  return { answer, slots: chosen };
}

/** What labels are made of. */
type Spoken = Pick<
  OfferContext<OwnedSlot>,
  'timeZone' | 'calendarTimeZone' | 'language' | 'now' | 'previous'
>;

function labelOf({ start, owner }: OwnedSlot, context: Spoken): string {
  const label = slotLabel(start, labelOptions(context));
  const { withHost } = sentencesIn(context.language).offers;
  return owner.host === undefined ? label : withHost(label, owner.host);
}

function labelOptions(context: Spoken): SlotLabelOptions {
  const { timeZone, calendarTimeZone, language } = context;
  return { timeZone, calendarTimeZone, language, now: context.now() };
}

function dayLines(free: readonly Slot[], context: Spoken): string[] {
  const { timeZone, language } = context;
  const { offers } = sentencesIn(language);
  return [...slotsByDay(free, timeZone).values()].flatMap((slots) => {
    const [first, last] = [slots.at(0), slots.at(-1)];
    if (!first || !last) return [];
    const day = dayLabel(first.start, { timeZone, language, now: context.now() });
    const from = timeLabel(first.start, timeZone, language);
    if (first === last) return [offers.onlyOne(day, from)];
    const hours = LABEL_WORDS[language].hours(from, timeLabel(last.start, timeZone, language));
    return [offers.several(day, slots.length, hours)];
  });
}
