import type { ClaimKind, SaidSentence } from '../../../booking/truth/claims.ts';
import type { CallFacts } from '../../../booking/truth/facts.ts';
import { lexiconFor } from '../../../booking/truth/lexicon/lexicon.ts';
import { agrees, isInstant } from '../../../booking/truth/match-times.ts';
import { readTimes } from '../../../booking/truth/said-times.ts';
import type { SaidTime } from '../../../booking/truth/said-times.ts';
import type { WholeCall } from '../../../db/calls/whole-call.ts';
import type { KnownChange, KnownOffer, RecordedFacts } from './recorded-facts.ts';

/**
 * What bears a sentence out. `offer`: a tool answered that the time is free. `intent`: what was asked of
 * the calendar, and how that stands. `appointment`: one that was found, or that the intent made.
 * `business`, `caller`: they said it themselves.
 */
export interface Evidence {
  kind: 'offer' | 'intent' | 'appointment' | 'business' | 'caller';
  /** When it came to be known; null where that is not on record. */
  at: Date | null;
  /** The words of it: the label of a time, or what was said. */
  words: string | null;
  start: Date | null;
  /** Of the intent or the appointment; null otherwise. */
  id: string | null;
  /** How it stands: of an intent its state, of an appointment its status by now. */
  state: string | null;
  /** Until when an offered time is held for this caller, while it is. */
  heldUntil: Date | null;
}

export interface CallAppointmentState {
  id: string;
  status: string;
  startAt: Date;
}

interface Sources {
  facts: RecordedFacts;
  intents: WholeCall['intents'];
  /** As they stand by now. */
  appointments: readonly CallAppointmentState[];
  holds: readonly { startAt: Date; expiresAt: Date }[];
}

/** Of what an evidence has no word. */
const NOTHING = { words: null, id: null, state: null, heldUntil: null };

/** Offers that are shown beside a sentence which names none of them. */
const MOST_OFFERS = 3;
/** By which kind of wish it came about; a request may be of two kinds. */
const DOES: { [Status in KnownChange['status']]?: WholeCall['intents'][number]['kind'] } = {
  booked: 'book',
  rescheduled: 'reschedule',
  cancelled: 'cancel',
};

/** Finds what bears out what a sentence claims; nothing where nothing on record does. */
export function findEvidence(
  { claims, times }: SaidSentence,
  now: CallFacts,
  { facts, intents, appointments, holds }: Sources,
): Evidence[] {
  const kinds = new Set(claims.map(({ kind }) => kind));
  const isNamed = (start: Date | null): boolean =>
    start !== null && times.some((time) => isInstant(time, start, now));
  const mayBeOffer = kinds.has('free') || kinds.has('time');
  const changes = changesFor(kinds, facts.changes).filter(({ start }) =>
    times.length === 0 ? !mayBeOffer : isNamed(start),
  );
  const ofChanges = changes
    .slice(-2)
    .flatMap((change) => evidenceOf(change, intents, appointments));
  const offers = mayBeOffer ? offersFor(times, facts.offers, holds, isNamed) : [];
  const found = [...ofChanges, ...offers];
  return found.length > 0 ? found : wordsFor(times, now, facts);
}

/** Those that a claim of this kind may be about. */
function changesFor(kinds: ReadonlySet<ClaimKind>, all: readonly KnownChange[]): KnownChange[] {
  return all.filter(({ status }) => {
    if (kinds.has('moved')) return status === 'rescheduled';
    if (kinds.has('cancelled')) return status === 'cancelled';
    if (kinds.has('booked') || kinds.has('other')) {
      return status === 'booked' || status === 'rescheduled' || status === 'found';
    }
    return true;
  });
}

function evidenceOf(
  { at, status, start, appointmentId }: KnownChange,
  intents: WholeCall['intents'],
  appointments: readonly CallAppointmentState[],
): Evidence[] {
  const does = DOES[status];
  const intent = intents.findLast(
    (one) =>
      (does === undefined || one.kind === does) &&
      (appointmentId === null
        ? one.startAt.getTime() === start.getTime()
        : one.appointmentId === appointmentId),
  );
  const appointment = appointments.find(({ id }) => id === appointmentId);
  const evidence: Evidence[] = [];
  if (intent && status !== 'found') {
    const { id, state } = intent;
    evidence.push({ ...NOTHING, kind: 'intent', at, words: intent.kind, start, id, state });
  }
  if (appointment || status === 'found') {
    evidence.push({
      ...NOTHING,
      kind: 'appointment',
      at,
      start: appointment?.startAt ?? start,
      id: appointmentId,
      state: appointment?.status ?? null,
    });
  }
  return evidence;
}

function offersFor(
  times: readonly SaidTime[],
  offers: readonly KnownOffer[],
  holds: Sources['holds'],
  isNamed: (start: Date | null) => boolean,
): Evidence[] {
  // The last time that each was offered.
  const newest = new Map(offers.map((offer) => [offer.label, offer]));
  const last = offers.at(-1)?.at;
  const meant = [...newest.values()].filter(({ start, at }) =>
    times.length === 0 ? at === last : isNamed(start),
  );
  return meant.slice(0, MOST_OFFERS).map(({ at, label, start }) => {
    const held = holds.find(({ startAt }) => startAt.getTime() === start?.getTime());
    const heldUntil = held?.expiresAt ?? null;
    return { ...NOTHING, kind: 'offer', at, words: label, start, heldUntil };
  });
}

/** What the business or the caller said themselves, or what was answered of a whole day. */
function wordsFor(times: readonly SaidTime[], now: CallFacts, facts: RecordedFacts): Evidence[] {
  const lexicon = lexiconFor(facts.language);
  for (const { by, texts } of facts.texts) {
    const words = texts.findLast((text) =>
      readTimes(text, lexicon).some((mention) => times.some((time) => agrees(time, mention, now))),
    );
    if (words === undefined) continue;
    return [{ ...NOTHING, kind: by, at: null, words, start: null }];
  }
  return [];
}
