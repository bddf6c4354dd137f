import { readClocks } from './clock-words.ts';
import type { SaidClock } from './clock-words.ts';
import { readDays } from './day-words.ts';
import type { SaidDay } from './day-words.ts';
import { overlaps } from './found.ts';
import type { Found } from './found.ts';
import type { Lexicon } from './lexicon/words.ts';
import { readZones } from './zone-words.ts';
import type { SaidZone } from './zone-words.ts';

/** A time as it was said: what was not said is not there. */
export interface SaidTime {
  /** Where it begins in the sentence. */
  at: number;
  day: SaidDay | null;
  clock: SaidClock | null;
  zone: SaidZone | null;
}

/** Between a clock time and the day that follows it: "3 PM on Tuesday". */
const LINK =
  /^(?:[\s,]|on|the|this|next|of|for|am|an|den|dem|der|el|este|la|le|ce|du|il|di|na|no|de|do|da|del|pour|para|per|für)*$/iu;
/** Between two words for one day: "Tuesday is the 24th". */
const IS =
  /^(?:[\s,]|on|the|of|an?|is|falls|am|der|dem|den|ist|ein|el|de|es|un|le|est|une?|il|è|é|uma?|o|dia)*$/iu;

type Part = Found<SaidDay | SaidClock | SaidZone>;

/** Reads the times that a sentence says, days and clock times put together as they were said. */
export function readTimes(text: string, lexicon: Lexicon): SaidTime[] {
  const clocks = readClocks(text, lexicon);
  const parts: Part[] = [
    ...clocks,
    ...readDays(text, lexicon).filter((day) => !clocks.some((clock) => overlaps(day, clock))),
    ...readZones(text, lexicon),
  ].sort((a, b) => a.start - b.start);
  const times: SaidTime[] = [];
  let open: { at: number; day: SaidDay; hasClock: boolean } | null = null;
  let end = 0;
  for (const { start, end: after, value } of parts) {
    const between = text.slice(end, start);
    if (value.kind === 'zone') {
      // Said once behind several times, it is the zone of all of them.
      for (const time of times) time.zone ??= value;
    } else if (value.kind === 'clock') {
      if (open && !open.hasClock) {
        times.push({ at: open.at, day: open.day, clock: value, zone: null });
        open.hasClock = true;
      } else times.push({ at: start, day: open?.day ?? null, clock: value, zone: null });
    } else {
      const last = times.at(-1);
      if (open && !open.hasClock && joins(open.day, value) && IS.test(between)) {
        open.day = { ...open.day, ...value };
      } else if (last?.clock && last.day === null && LINK.test(between)) {
        const day = value;
        for (const time of times) time.day ??= day;
        open = { at: start, day, hasClock: true };
      } else if (
        open?.hasClock &&
        last?.day === open.day &&
        last &&
        joins(open.day, value) &&
        LINK.test(between)
      ) {
        // "3 PM on Tuesday, November 24".
        const day = { ...open.day, ...value };
        for (const time of times) if (time.day === open.day) time.day = day;
        open.day = day;
      } else {
        if (open && !open.hasClock)
          times.push({ at: open.at, day: open.day, clock: null, zone: null });
        open = { at: start, day: value, hasClock: false };
      }
    }
    end = after;
  }
  if (open && !open.hasClock) times.push({ at: open.at, day: open.day, clock: null, zone: null });
  const [zone] = parts;
  if (times.length === 0 && zone?.value.kind === 'zone') {
    times.push({ at: zone.start, day: null, clock: null, zone: zone.value });
  }
  return times;
}

/** Whether two words for days are of one day: "Tuesday, November 24". */
function joins(one: SaidDay, other: SaidDay): boolean {
  const both = (name: 'weekday' | 'date' | 'fromToday') =>
    one[name] !== undefined && other[name] !== undefined;
  return !both('weekday') && !both('date') && !both('fromToday');
}
