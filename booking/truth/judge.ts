import type { ToldText } from '../desk/desk-facts.ts';
import type { Claim, SaidSentence } from './claims.ts';
import type { CallFacts } from './facts.ts';
import { lexiconFor } from './lexicon/lexicon.ts';
import { agrees, hasSameClock, isImpossible, isInstant } from './match-times.ts';
import { readTimes } from './said-times.ts';
import type { SaidTime } from './said-times.ts';

/** Why a sentence is false. */
export type Falsehood =
  | 'weekday-of-date'
  | 'not-booked'
  | 'not-moved'
  | 'not-cancelled'
  | 'other-time'
  | 'not-offered'
  | 'other-zone'
  | 'other-host'
  | 'somebody-else';

export type Verdict = { is: 'nothing' | 'true' } | { is: 'false'; why: Falsehood };

const NOTHING: Verdict = { is: 'nothing' };
const TRUE: Verdict = { is: 'true' };
/** Two hours with a dash between them. */
const HOURS =
  /(?<![\d:.-])(\d{1,2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?)\s?[-–—]\s?(\d{1,2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?)(?![\d:-])/giu;
/** Begins a time that is the end of another one. */
const END_TIME = /^(?:to|until|till|bis|hasta|a las|jusqu'à|à|até|às|fino|alle)(?![\p{L}])/iu;
/** Right before a time that is the new one of an appointment that was moved. */
const NEW_TIME =
  /(?:to|auf|zum|al|para(?: el)?|pour|à|a|per|now on|now)(?: the| el| den| le)?\s*$/iu;

/**
 * Compares what a sentence claims with what is true in this call. What is not known to be false and
 * claims nothing of appointments or free times is left alone.
 * @param text the sentence, as it was read
 * @param languages of those who speak, BCP 47
 */
export function judge(
  text: string,
  { claims, times, asked }: SaidSentence,
  facts: CallFacts,
  languages: readonly string[],
): Verdict {
  if ([...times, ...asked].some((time) => isImpossible(time, facts)))
    return falsehood('weekday-of-date');
  const zoneAlone = times.find(({ day, clock }) => !day && !clock);
  if (zoneAlone && !isSpokenIn(zoneAlone, facts)) return falsehood('other-zone');
  let verdict = NOTHING;
  for (const claim of claims) {
    const next = judgeClaim(claim, { text, times, asked }, facts, languages);
    if (next.is === 'false') return next;
    if (next.is === 'true') verdict = next;
  }
  return verdict;
}

interface Said {
  text: string;
  times: readonly SaidTime[];
  asked: readonly SaidTime[];
}

function judgeClaim(
  claim: Claim,
  said: Said,
  facts: CallFacts,
  languages: readonly string[],
): Verdict {
  const { times } = said;
  switch (claim.kind) {
    case 'booked':
      return judgeBooked(said, facts);
    case 'moved': {
      const moved = startsOf(facts, 'rescheduled');
      if (moved.length === 0) return falsehood('not-moved');
      const isNew = (time: SaidTime): boolean => NEW_TIME.test(said.text.slice(0, time.at));
      const wrong = times.some(
        (time) =>
          !isOneOf(
            time,
            isNew(time) || times.length === 1 ? moved : [...moved, ...facts.knownStarts],
            facts,
          ),
      );
      return wrong ? falsehood('other-time') : TRUE;
    }
    case 'cancelled': {
      const cancelled = startsOf(facts, 'cancelled');
      if (cancelled.length === 0) return falsehood('not-cancelled');
      return times.every((time) => isOneOf(time, cancelled, facts))
        ? TRUE
        : falsehood('other-time');
    }
    case 'other':
      return judgeOther(claim, said, facts);
    case 'free':
      return judgeFree(said, facts, languages);
    case 'not-free':
      return NOTHING;
    case 'time':
      return judgeMentioned(said, facts, languages);
  }
}

function judgeBooked({ text, times }: Said, facts: CallFacts): Verdict {
  const standing = facts.standing.filter(({ isPending }) => !isPending).map(({ start }) => start);
  if (standing.length === 0) return falsehood('not-booked');
  if (isWithAnother(text, facts)) return falsehood('other-host');
  const right = times.filter((time) => isOneOf(time, standing, facts) || isEnd(time, text, facts));
  // "Your confirmation is sent today", beside the time of the appointment.
  const wrong = times.filter(
    (time) =>
      !right.includes(time) && !(right.length > 0 && !time.clock && time.day?.fromToday === 0),
  );
  return wrong.length > 0 ? falsehood('other-time') : TRUE;
}

/** Names one who takes appointments, and none of those that stand is with them. */
function isWithAnother(text: string, { hosts, standing }: CallFacts): boolean {
  const said: string[] = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const named = hosts.filter((host) => {
    const [last = ''] =
      host
        .toLowerCase()
        .match(/\p{L}+/gu)
        ?.slice(-1) ?? [];
    return said.includes(last);
  });
  const takers = standing.flatMap(({ host }) => host ?? []);
  // Of one that was found on a record nobody may know it any more.
  const isKnown = takers.length === standing.length;
  return isKnown && named.length > 0 && !named.some((host) => takers.includes(host));
}

/** A name that nobody said in this call is not the caller's. */
function judgeOther(claim: Claim, said: Said, facts: CallFacts): Verdict {
  const names =
    claim.words.match(
      /(?<=(?:mr|mrs|ms|miss|dr|doctor|herrn?|frau|señora?|señorita|sra?|monsieur|madame|mademoiselle|mme|m|dona?|doña|senhora?|signora?|signorina|sig|jane|john)\.?\s)\p{L}+(?:\s\p{Lu}\p{L}+)?/giu,
    ) ?? [];
  const heard = [...facts.business, ...facts.caller, ...facts.hosts].join(' ').toLowerCase();
  const isKnownName =
    names.length > 0 &&
    names.every((name) =>
      name
        .toLowerCase()
        .split(/\s/u)
        .some((part) => heard.includes(part)),
    );
  const isPronoun = /^(?:his|her|their)(?![\p{L}])/iu.test(claim.words);
  return isKnownName || isPronoun ? judgeBooked(said, facts) : falsehood('somebody-else');
}

function judgeFree({ text, times }: Said, facts: CallFacts, languages: readonly string[]): Verdict {
  if (times.length === 0)
    return facts.hasLooked || facts.standing.length > 0 ? TRUE : falsehood('not-offered');
  const starts = [...facts.offered, ...facts.standing.map(({ start }) => start)];
  const told = mentionsOf(facts.told);
  const namesHour = times.some(({ clock }) => clock !== null);
  const isTrue = (time: SaidTime): boolean =>
    // "For next week, from Monday to Sunday: I have" some hours.
    (namesHour && !time.clock) ||
    isOneOf(time, starts, facts) ||
    isEnd(time, text, facts) ||
    (!isLost(time, facts) &&
      (told.some((mention) => agrees(time, mention, facts)) ||
        // The caller's own wish may be asked about before it is looked up.
        (text.includes('?') && isEcho(time, facts, languages))));
  return times.every(isTrue) ? TRUE : falsehood('not-offered');
}

/** Where there is no calendar, no time is one of it. */
function judgeMentioned(
  { text, times }: Said,
  facts: CallFacts,
  languages: readonly string[],
): Verdict {
  if (facts.calendarTimeZones.length === 0) return NOTHING;
  const isTrue = (time: SaidTime): boolean =>
    isKnown(time, facts, languages) || isEnd(time, text, facts);
  return times.every(isTrue) ? TRUE : falsehood('not-offered');
}

/** A time that is only mentioned: of the calendar, of the business, or of what the caller said. */
function isKnown(time: SaidTime, facts: CallFacts, languages: readonly string[]): boolean {
  // A day alone, and a number that may be a time, are no news.
  if (!time.clock || (!time.day && !time.clock.isSure)) return true;
  const starts = [
    ...facts.offered,
    ...facts.knownStarts,
    ...facts.done.map(({ start }) => start),
    facts.now,
  ];
  return (
    isOneOf(time, starts, facts) ||
    [
      ...mentionsOf(facts.told),
      ...mentionsOf(facts.mentioned),
      ...mentions(facts.business, ['en', facts.businessLanguage, ...languages]),
      ...mentions(facts.informed, ['en', facts.businessLanguage, ...languages]),
    ].some((mention) => agrees(time, mention, facts)) ||
    isEcho(time, facts, languages)
  );
}

/** The caller's own words, the day and the hour perhaps in two turns. */
function isEcho(time: SaidTime, facts: CallFacts, languages: readonly string[]): boolean {
  // They may have begun in the business's language.
  const said = mentions(facts.caller, [facts.businessLanguage, ...languages]);
  const isSaid = (part: SaidTime): boolean => said.some((mention) => agrees(part, mention, facts));
  return isSaid({ ...time, day: null }) && (!time.day || isSaid({ ...time, clock: null }));
}

/** "From two to half past two": the end of a time that was offered. */
function isEnd(time: SaidTime, text: string, facts: CallFacts): boolean {
  return END_TIME.test(text.slice(time.at)) && isOneOf(time, facts.ends, facts);
}

/** An hour that turned out to be taken, though its day was told with it. */
function isLost(time: SaidTime, facts: CallFacts): boolean {
  return time.clock !== null && isOneOf(time, facts.lost, facts);
}

function isOneOf(time: SaidTime, starts: readonly Date[], facts: CallFacts): boolean {
  return starts.some((start) => isInstant(time, start, facts));
}

function startsOf(facts: CallFacts, status: CallFacts['done'][number]['status']): Date[] {
  return facts.done.filter((change) => change.status === status).map(({ start }) => start);
}

/** Whether the zone that is named has the clock of the caller's, or of a calendar's. */
function isSpokenIn({ zone }: SaidTime, { now, timeZone, calendarTimeZones }: CallFacts): boolean {
  const said = zone?.zones ?? [];
  return [timeZone, ...calendarTimeZones].some((name) =>
    said.some((other) => hasSameClock(name, other, now)),
  );
}

/** What was read of a call's lists, as long as these live: they grow, and are asked for with each word. */
const readings = new WeakMap<readonly unknown[], Map<string, SaidTime[]>>();

function mentions(texts: readonly string[], languages: readonly string[]): SaidTime[] {
  return texts.flatMap((text) =>
    [...new Set(languages)].flatMap((language) => readOnce(texts, text, language)),
  );
}

function mentionsOf(told: readonly ToldText[]): SaidTime[] {
  return told.flatMap(({ text, language }) => readOnce(told, text, language));
}

function readOnce(list: readonly unknown[], text: string, language: string): SaidTime[] {
  const known = readings.get(list) ?? new Map<string, SaidTime[]>();
  readings.set(list, known);
  const key = `${language} ${text}`;
  const times = known.get(key) ?? readTimes(asSaid(text), lexiconFor(language));
  known.set(key, times);
  return times;
}

/** "9-17", as a business writes it. */
function asSaid(text: string): string {
  return text.replaceAll(HOURS, 'from $1 to $2');
}

function falsehood(why: Falsehood): Verdict {
  return { is: 'false', why };
}
