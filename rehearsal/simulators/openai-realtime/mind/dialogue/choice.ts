import { numberWords, ordinalWords, readNumber } from '../number-words.ts';
import type { OfferedSlot } from './offered-slot.ts';
import { spokenSentence } from './words.ts';

export type Choice =
  /** `exact`: by its place or its clock time, not by a day or a part of it alone. */
  | { kind: 'slot'; slot: OfferedSlot; exact: boolean }
  /** Several of the offered times fit what was said. */
  | { kind: 'several'; slots: OfferedSlot[] }
  /** The sentence speaks of a time, and none of the offered ones fits. */
  | { kind: 'none' }
  /** The sentence is not about the offered times. */
  | { kind: 'unrelated' };

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const HOUR =
  'twenty(?: (?:one|two|three))?|' +
  Array.from({ length: 20 }, (_, n) => numberWords(n))
    .toReversed()
    .join('|');
const MINUTE =
  '(?:oh|zero) (?:one|two|three|four|five|six|seven|eight|nine)|(?:twenty|thirty|forty|fifty)(?: (?:one|two|three|four|five|six|seven|eight|nine))?|ten|eleven|twelve|fifteen';
const CLOCK = new RegExp(
  `\\b(?:(half|quarter) (past|to) (${HOUR})|(${HOUR})(?: (${MINUTE}))?(?: (?:o'clock))?)(?: (?:in the (morning|afternoon|evening)|([ap]) m))?\\b`,
  'g',
);
/** Words that make a time a wish for other times instead of a choice. */
const RELATIVE =
  /\b(?:after|before|around|between|later than|earlier than|until|tomorrow|today|yesterday|tonight|weeks?|days?|months?|weekend|(?:else|other|another|different))\b/;

/** Understands which of the offered times a sentence means. */
export function readChoice(text: string, slots: readonly OfferedSlot[]): Choice {
  const sentence = spokenSentence(text);
  const position = readPosition(sentence, slots.length);
  const chosen = position === null ? undefined : slots[position];
  if (chosen !== undefined) return { kind: 'slot', slot: chosen, exact: true };
  if (RELATIVE.test(sentence)) return { kind: 'unrelated' };
  const asked = readAskedTime(sentence);
  if (asked === null) return { kind: 'unrelated' };
  const fitting = slots.filter((slot) => fits(slot, asked));
  const [only] = fitting;
  if (only === undefined) return { kind: 'none' };
  return fitting.length === 1
    ? { kind: 'slot', slot: only, exact: asked.clock !== null }
    : { kind: 'several', slots: fitting };
}

/** "the second one", "number two", "the last": the place in the list, from 0; null when none is named. */
function readPosition(sentence: string, count: number): number | null {
  if (count === 0) return null;
  // "the first of december" and "tuesday the second" are dates.
  if (MONTHS.some((month) => new RegExp(`\\b${month}\\b`).test(sentence))) return null;
  if (
    /\b(?:last|latest|later) (?:one|time|option|slot)\b|\bthe (?:last|latest)\b(?! \w+day)/.test(
      sentence,
    )
  )
    return count - 1;
  if (/\b(?:earliest|earlier) (?:one|option)\b|\bthe earliest\b/.test(sentence)) return 0;
  for (let index = 0; index < count; index++) {
    const ordinal = ordinalWords(index + 1);
    const cardinal = numberWords(index + 1);
    const named = new RegExp(
      `(?<!day (?:the )?|twenty |thirty )\\b(?:${ordinal}(?! (?:thing|week|\\w+day|of|half))|(?:number|option) ${cardinal})\\b`,
    );
    if (named.test(sentence)) return index;
  }
  return count === 1 && /\b(?:that|this) one\b/.test(sentence) && !/\bnot\b/.test(sentence)
    ? 0
    : null;
}

interface AskedTime {
  weekday: string | null;
  day: number | null;
  month: string | null;
  clock: { hour: number; minute: number; half: 'a' | 'p' | null } | null;
  part: 'morning' | 'afternoon' | 'evening' | null;
}

function readAskedTime(sentence: string): AskedTime | null {
  const weekday = WEEKDAYS.find((name) => new RegExp(`\\b${name}\\b`).test(sentence)) ?? null;
  const month = MONTHS.find((name) => new RegExp(`\\b${name}\\b(?! i\\b)`).test(sentence)) ?? null;
  const day = readDayOfMonth(sentence);
  const part = (/\b(?<!good )(morning|afternoon|evening)\b/.exec(sentence)?.[1] ??
    null) as AskedTime['part'];
  const clock = readClock(sentence);
  if (weekday === null && month === null && day === null && part === null && clock === null)
    return null;
  return { weekday, month, day, part, clock };
}

/** "the twenty fourth", "november twenty four": a typed "November 24" is the latter. */
function readDayOfMonth(sentence: string): number | null {
  for (let day = 31; day >= 1; day--) {
    if (new RegExp(`\\b${ordinalWords(day)}\\b`).test(sentence)) return day;
    if (
      new RegExp(`\\b(?:${MONTHS.join('|')}) ${numberWords(day)}\\b(?! (?:o'clock|[ap] m))`).test(
        sentence,
      )
    )
      return day;
  }
  return null;
}

function readClock(sentence: string): AskedTime['clock'] {
  if (/\b(?:noon|midday)\b/.test(sentence)) return { hour: 12, minute: 0, half: 'p' };
  const rest = sentence
    .replace(
      /\b(?:first|second|third|fourth|fifth|last|that|this|which|other|same|later|earlier|morning|afternoon|evening|day) one\b/g,
      ' ',
    )
    .replace(/\b(fifteen|thirty|forty five|[ap] m|o'clock) one\b/g, '$1')
    .replace(/\bthe one\b/g, ' ')
    .replace(new RegExp(`\\b(?:${MONTHS.join('|')}) (?:the )?(?:${dayNumbers()})\\b`, 'g'), ' ')
    .replace(
      new RegExp(
        `\\b(?:twenty|thirty) (?:${Array.from({ length: 9 }, (_, n) => ordinalWords(n + 1)).join('|')})\\b`,
        'g',
      ),
      ' ',
    );
  for (const match of rest.matchAll(CLOCK)) {
    const [, fraction, direction, fractionHour, plainHour, minuteWords, part, half] = match;
    const hour = readNumber((fractionHour ?? plainHour ?? '').split(' '));
    if (hour === null || hour > 23) continue;
    let minute = minuteWords === undefined ? 0 : (readNumber(minuteWords.split(' ')) ?? 0);
    let wholeHour = hour;
    if (fraction === 'half') minute = 30;
    if (fraction === 'quarter') minute = direction === 'to' ? 45 : 15;
    if (direction === 'to') wholeHour = (hour + 11) % 12;
    return {
      hour: wholeHour % 12 || 12,
      minute,
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

function dayNumbers(): string {
  return Array.from({ length: 31 }, (_, index) => 31 - index)
    .flatMap((day) => [ordinalWords(day), `${numberWords(day)}(?! (?:o'clock|[ap] m))`])
    .join('|');
}

function fits(slot: OfferedSlot, asked: AskedTime): boolean {
  if (asked.weekday !== null && asked.weekday !== slot.weekday) return false;
  if (asked.month !== null && asked.month !== slot.month) return false;
  if (asked.day !== null && asked.day !== slot.day) return false;
  if (asked.part !== null && asked.part !== partOfDay(slot)) return false;
  if (asked.clock === null) return true;
  const { hour, minute, half } = asked.clock;
  return hour === slot.hour && minute === slot.minute && (half === null || half === slot.half);
}

function partOfDay(slot: OfferedSlot): AskedTime['part'] {
  if (slot.half === 'a') return 'morning';
  return slot.hour === 12 || slot.hour < 5 ? 'afternoon' : 'evening';
}
