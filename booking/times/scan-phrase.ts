import { DAY_RULES, scanExplicitDate } from './scan-days.ts';
import { notBefore } from './scan-refusals.ts';
import { scanMeasured, type Scanned } from './scan-measured.ts';
import type { ScanRule } from './scan-rule.ts';
import { TIME_RULES, WORD_RULES } from './scan-times.ts';
import { WEEK_RULES } from './scan-weeks.ts';
import { WEEKDAY_RULES } from './scan-weekdays.ts';
import type { Item, Reading } from './items.ts';

const RULES: readonly ScanRule[] = [
  ...WEEK_RULES.slice(0, 2),
  ...DAY_RULES,
  ...WEEK_RULES.slice(2),
  ...WEEKDAY_RULES,
  ...TIME_RULES,
  ...WORD_RULES,
];

/** Words of time that change the meaning when they are passed over. */
const ODD =
  /^(?:.*\d.*|days?|weeks?|weekends?|months?|years?|hours?|minutes?|quarter|half|ago|nights?|decade|century|season|spring|summer|autumn|fall|winter|easter|monthly|weekly|daily|yearly|dawn|dusk|sunset|sunrise)$/;

/** Words around a bare number that leave it a clock time: "how about 3", "maybe 10 is good". */
const SMALL_WORD =
  /^(?:either|preferably|probably|ideally|definitely|possibly|how|what|maybe|say|please|is|its|it|i|id|we|can|could|do|does|like|want|need|would|lets|let|me|us|have|something|okay|ok|yes|yeah|yep|sure|um|uh|hmm|well|so|then|on|the|a|any|be|good|fine|great|works|perfect|prefer|take|book|come|for|of|in|just|exactly|sharp|thanks|thank|you|i'll|ill|make|thing|with|works|better|best|free|open|available|possible|there|your|if|could|anything|at|also|too|but|that|this|will|might|perhaps|hi|hello|hey|oh|ah|er|and|my|am|going|go|been|really|work|able|there|time|times|appointment|appointments|slot|slots)$/;

/** Reads the normalised text from left to right into items; what no rule knows is passed over. */
export function scanPhrase(text: string, reading: Reading): Item[] {
  const items: Item[] = [];
  let position = 0;
  let before = '';
  while (position < text.length) {
    const found = scanAt(text, position, reading);
    if (found !== null) {
      items.push(...found.items);
      position = skipSpace(text, found.end);
      before = '';
      continue;
    }
    const word = /^\S+/.exec(text.slice(position))?.[0] ?? ' ';
    const bare = bareClock(word, before, text.slice(position + word.length));
    if (bare !== null) items.push(bare);
    else if (ODD.test(word)) items.push({ type: 'odd', word });
    else if (!SMALL_WORD.test(word) || notBefore(word) === 'dropped') loosen(items, word);
    position = skipSpace(text, position + word.length);
    before = bare === null ? word : '';
  }
  return items;
}

/**
 * A word that nobody knows stands between an operator and what follows: "by phone on friday" is
 * not "by friday", "not feeling well, tuesday" not "not tuesday", and "after school" says when.
 */
function loosen(items: Item[], word: string): void {
  const last = items.at(-1);
  if (last?.type === 'not') {
    const fate = notBefore(word);
    if (fate !== 'waits') items.pop();
    if (fate === 'odd') items.push({ type: 'odd', word });
  }
  if (last?.type !== 'operator') return;
  const { operator } = last;
  items.pop();
  if (operator === 'after' || operator === 'before' || operator === 'between') {
    items.push({ type: 'odd', word: operator });
  }
}

function scanAt(text: string, position: number, reading: Reading): Scanned | null {
  const measured = scanMeasured(text, position, reading, (at) => dayAt(text, at, reading));
  if (measured !== null) return measured;
  return (
    applyRules(RULES.slice(0, 2), text, position, reading) ??
    scanExplicitDate(text, position) ??
    applyRules(RULES, text, position, reading)
  );
}

function dayAt(text: string, position: number, reading: Reading): Scanned | null {
  const day = scanExplicitDate(text, position) ?? applyRules(RULES, text, position, reading);
  return day?.items[0]?.type === 'day' ? day : null;
}

function applyRules(
  rules: readonly ScanRule[],
  text: string,
  position: number,
  reading: Reading,
): Scanned | null {
  for (const rule of rules) {
    rule.pattern.lastIndex = position;
    const match = rule.pattern.exec(text);
    if (match === null || match[0].trim() === '') continue;
    const items = rule.read(match, reading);
    if (items !== null) return { items, end: position + match[0].length };
  }
  return null;
}

/** A number alone is an hour unless it counts something ("2 people") or numbers it ("room 5"). */
function bareClock(word: string, before: string, after: string): Item | null {
  if (!/^\d{1,2}$/.test(word) || Number(word) > 23 || (before !== '' && !SMALL_WORD.test(before)))
    return null;
  const next = /^ ?(\S+)/.exec(after)?.[1] ?? '';
  if (
    /^(?:people|persons?|of|kids?|children|adults?|minutes?|mins?|hours?|days?|weeks?|months?|years?|times?|th|st)$/.test(
      next,
    )
  )
    return null;
  const hour = Number(word);
  return {
    type: 'clock',
    clock: { hour, minute: 0, sure: hour === 0 || hour > 12 ? '24h' : null },
  };
}

function skipSpace(text: string, position: number): number {
  return text[position] === ' ' ? position + 1 : position;
}
