import { numberWords, ordinalWords, readNumber } from '../number-words.ts';
import type { OfferedSlot } from './offered-slot.ts';
import { MONTHS, timeKinds, WEEKDAYS } from './time-words.ts';
import { tokenize } from './words.ts';

export type Choice =
  /** `exact`: by its place or its clock time, not by a day or a part of it alone. */
  | { kind: 'slot'; slot: OfferedSlot; exact: boolean }
  /** Several of the offered times fit what was said. */
  | { kind: 'several'; slots: OfferedSlot[] }
  /** The sentence speaks of a time, and none of the offered ones fits. */
  | { kind: 'none' }
  /** The sentence is not about the offered times. */
  | { kind: 'unrelated' };

const HOUR = Array.from({ length: 24 }, (_, hour) => numberWords(hour))
  .toReversed()
  .join('|');
const UNIT = 'one|two|three|four|five|six|seven|eight|nine';
const MINUTE = `(?:oh|zero) (?:${UNIT})|(?:twenty|thirty|forty|fifty)(?: (?:${UNIT}))?|ten|eleven|twelve|fifteen|five`;
const HALF = '(?: (?:in the (?<part>morning|afternoon|evening)|(?<half>[ap]) m))?';
const CLOCK = new RegExp(
  `\\b(?:(?<fraction>half(?= (?:past |to )?(?:${HOUR})\\b)|(?:quarter|${MINUTE})(?= (?:past|to) )) (?<direction>past |to )?(?<fractionHour>${HOUR})|(?<hour>${HOUR})(?: (?<minute>${MINUTE}))?)(?: o'clock)?${HALF}\\b`,
  'g',
);
/** Words that make a time a wish for other times instead of a choice. */
const RELATIVE =
  /\b(?:after|before|around|between|later than|earlier than|until|tomorrow|today|yesterday|tonight|weeks?|days?|months?|weekend|(?:else|other|another|different))\b/;
/** "Not the first one", "anything but tuesday", "i can't do four": what it is not. */
const REFUSED =
  /\b(?:not|(?:can't|cannot|won't)(?: (?:do|make|manage))|(?:\w+thing|any|all) but|except(?: for)?|apart from|other than) (?:(?:the|on|at|in|this) )*(?<what>\w+(?: (?:one|thirty|o'clock))?)(?: but)?/g;

/** The places of times in an offer, as callers name them; negative ones count from its end. */
const PLACES: readonly (readonly [RegExp, (count: number) => number])[] = [
  [/\b(?:second to|next to) (?:the )?last\b|\blast but one\b/, (count) => count - 2],
  [
    /\b(?:whichever|whatever|the one (?:that|which)) (?:is|comes) (?:later|latest|last)\b|\b(?:last|latest|later|latter) (?:one|time|option|slot)\b|\bthe (?:last|latest|latter)\b(?! \w+day)|\blater of\b/,
    (count) => count - 1,
  ],
  [
    /\b(?:earliest|earlier|former) (?:one|option|time)\b|\bthe (?:earliest|former|soonest)\b|\b(?:whichever|whatever) (?:is|comes) first\b/,
    () => 0,
  ],
  [/\bmiddle\b/, (count) => (count === 3 ? 1 : -1)],
];

/** Understands which of the offered times a text means. */
export function readChoice(text: string, slots: readonly OfferedSlot[]): Choice {
  const named = text.split(/,? or (?!(?:something|anything|later|earlier|so)\b)/i);
  if (named.length === 1) return readOne(text, slots);
  // "Two thirty or four": either would do, and the caller decides.
  const each = named.map((part) => readOne(part, slots));
  const either = slots.filter((slot) =>
    each.some((choice) => choice.kind === 'slot' && choice.slot === slot),
  );
  return either.length > 1 ? { kind: 'several', slots: either } : readOne(text, slots);
}

function readOne(text: string, slots: readonly OfferedSlot[]): Choice {
  const tokens = tokenize(text);
  const kinds = timeKinds(tokens);
  const said = (keep: (index: number) => boolean): string =>
    tokens
      .filter((_, index) => keep(index))
      .flatMap(({ words }) => words)
      .join(' ')
      .replace(/\b(quarter|five|ten|twenty) after\b/g, '$1 past');
  const whole = said(() => true);
  const sentence = whole.replace(REFUSED, ' ');
  const place = readPlace(sentence, slots.length);
  const placed = place === null ? undefined : slots[place];
  if (placed !== undefined) return { kind: 'slot', slot: placed, exact: true };
  if (RELATIVE.test(sentence)) return { kind: 'unrelated' };
  const asked = readAskedTime(
    said(
      (index) => kinds[index] !== 'other' || readNumber(tokens[index]?.words ?? []) === null,
    ).replace(REFUSED, ' '),
  );
  if (asked === null) return withoutRefused(whole, slots);
  const fitting = slots.filter((slot) => fits(slot, asked));
  const [only, ...others] = fitting;
  if (only === undefined) return { kind: 'none' };
  return others.length === 0
    ? { kind: 'slot', slot: only, exact: asked.clock !== null }
    : { kind: 'several', slots: fitting };
}

/** "Anything but the first": the others. */
function withoutRefused(sentence: string, slots: readonly OfferedSlot[]): Choice {
  const refused = [...sentence.matchAll(REFUSED)].flatMap(({ groups }) => {
    const choice = readOne(`the ${groups?.['what']}`, slots);
    return choice.kind === 'slot' ? [choice.slot] : choice.kind === 'several' ? choice.slots : [];
  });
  const others = slots.filter((slot) => !refused.includes(slot));
  const isSome = refused.length > 0 && others.length > 0;
  return isSome ? { kind: 'several', slots: others } : { kind: 'unrelated' };
}

const MONTH = [...MONTHS].join('|');
const NOT_PLACES = `thing|week|name|visit|time|\\w+day|of|half|thought|${MONTH}`;
const NUMBERED = Array.from({ length: 12 }, (_, index) => {
  const before = `day |day the |twenty |thirty |\\b(?:a|one|just|on|${MONTH}) `;
  const named = `${ordinalWords(index + 1)}(?! (?:${NOT_PLACES}))|(?:number|option) ${numberWords(index + 1)}`;
  return new RegExp(`(?<!${before})\\b(?:${named})\\b`);
});

/** "the second one", "number two", "the last": an index; null when none is named. */
function readPlace(sentence: string, count: number): number | null {
  for (const [pattern, place] of PLACES) if (pattern.test(sentence)) return place(count);
  const index = NUMBERED.slice(0, count).findIndex((pattern) => pattern.test(sentence));
  if (index >= 0) return index;
  return count === 1 && /\b(?:that|this) one\b/.test(sentence) ? 0 : null;
}

type AskedTime = Record<'weekday' | 'month' | 'part', string | null> & {
  day: number | null;
  clock: Pick<OfferedSlot, 'hour' | 'minute' | 'half'> | null;
};

function readAskedTime(sentence: string): AskedTime | null {
  const words = sentence
    .replace(/\bmay i\b/g, '')
    .replace(/'?s\b/g, '')
    .split(' ');
  const day = DAY_WORDS.findLastIndex((pattern) =>
    new RegExp(`\\b(?:${pattern})\\b`).test(sentence),
  );
  const asked = {
    weekday: words.find((word) => WEEKDAYS.has(word)) ?? null,
    month: words.find((word) => MONTHS.has(word)) ?? null,
    day: day < 0 ? null : day + 1,
    part: /\b(?<!good )(morning|afternoon|evening)\b/.exec(sentence)?.[1] ?? null,
    clock: readClock(sentence),
  };
  return Object.values(asked).every((value) => value === null) ? null : asked;
}

/** "the twenty fourth", "november twenty four": a typed "November 24" is the latter. */
const DAY_WORDS = Array.from(
  { length: 31 },
  (_, index) =>
    `${ordinalWords(index + 1)}|(?:${MONTH}) ${numberWords(index + 1)}(?! (?:o'clock|[ap] m|thirty))`,
);
const DAYS = new RegExp(`\\b(?:${DAY_WORDS.toReversed().join('|')})\\b`, 'g');

const FRACTIONS: Record<string, number> = { half: 30, quarter: 15 };

function readClock(sentence: string): AskedTime['clock'] {
  if (/\b(?:noon|midday)\b/.test(sentence)) return { hour: 12, minute: 0, half: 'p' };
  const rest = sentence
    .replace(/\b(fifteen|thirty|forty five|[ap] m|o'clock) one\b/g, '$1')
    .replace(
      /\b(?:the|that|this|which|last|other|morning|afternoon|evening|\w+day) one\b(?! (?:o'clock|thirty|fifteen|[ap] m))/g,
      ' ',
    )
    .replace(DAYS, ' ');
  for (const { groups = {} } of rest.matchAll(CLOCK)) {
    const { fraction, direction = '', fractionHour, part, half } = groups;
    const hour = readNumber((fractionHour ?? groups['hour'] ?? '').split(' '));
    if (hour === null) continue;
    const isTo = direction === 'to ';
    const minutes = fraction ?? groups['minute'] ?? '';
    const minute = FRACTIONS[minutes] ?? readNumber(minutes.split(' ')) ?? 0;
    return {
      hour: (isTo ? hour + 11 : hour) % 12 || 12,
      minute: isTo ? 60 - minute : minute,
      half:
        half === 'a' || part === 'morning'
          ? 'a'
          : half === 'p' || part !== undefined || hour > 12
            ? 'p'
            : null,
    };
  }
  return null;
}

function fits(slot: OfferedSlot, asked: AskedTime): boolean {
  const { weekday, month, day, part, clock } = asked;
  if (weekday !== null && weekday !== slot.weekday) return false;
  if (month !== null && month !== slot.month) return false;
  if (day !== null && day !== slot.day) return false;
  if (part !== null && part !== partOfDay(slot)) return false;
  if (clock === null) return true;
  const sameClock = clock.hour === slot.hour && clock.minute === slot.minute;
  return sameClock && (clock.half === null || clock.half === slot.half);
}

function partOfDay(slot: OfferedSlot): string {
  if (slot.half === 'a') return 'morning';
  return slot.hour === 12 || slot.hour < 5 ? 'afternoon' : 'evening';
}
