import { overlaps } from './found.ts';
import type { Found } from './found.ts';
import type { Lexicon, TimeWords } from './lexicon/words.ts';

/** A clock time as it was said. */
export interface SaidClock {
  kind: 'clock';
  /** 0 to 23. */
  hour: number;
  minute: number;
  /** Whether morning or afternoon was said, or follows from the hour; else either is meant. */
  isSure: boolean;
}

interface Pattern {
  regex: RegExp;
  /** Hour and minute; null where it is no clock time. */
  read: (
    match: RegExpExecArray,
    number: (words: string | undefined) => number,
  ) => [number, number] | null;
}

interface ClockGrammar {
  patterns: Pattern[];
  /** A further time of a list: "at 2, 3 or 4:30". */
  next: RegExp;
  am: RegExp;
  pm: RegExp;
  number: (words: string | undefined) => number;
}

const START = '(?<![\\p{L}\\d:.,$€@-])';
const STOP = '(?![\\p{L}\\d@-]|[:.,]\\d)';
/** After a bare number these say that it is no clock time. */
const UNIT =
  /^\s*(?:%|minut|hour|stund|hora|heure|or[ae](?![\p{L}])|day|tage|d[ií]as|jour|giorn|week|woche|semana|semaine|settiman|month|monat|mes|mois|people|person|euro|dollar|percent|times?(?![\p{L}])|mal|veces|fois|volte|years?|st|nd|rd|th|other|more|free|of (?:them|those|us|you))/iu;
const CAPITAL = /^\s*\p{Lu}/u;
const CAPITAL_OF_TIME =
  /^\s*(?:\p{L}+day|\p{L}+tag|mittwoch|Uhr|Eastern|Central|Mountain|Pacific|[A-Z]{2,4}\b|January|February|March|April|May|June|July|August|September|October|November|December|I\b|I')/u;
/** After a number in words that is a clock time, nothing else stands. */
const GOES_ON =
  /^\s*(?:$|[.,;:!?)…–—-]|(?:on|in|or|and|for|with|tomorrow|today|this|next|works?|if|then|please|is|are|would|sharp|exactly|el|la|de|del|y|o|para|con|es|est[áa]|am|an|oder|und|f[üu]r|mit|noch|frei|passen|le|du|ce|pour|ou|et|avec|demain|mardi|est|vous|no|na|e|per|il|oppure|em|est[áa]|seria|[eè]|that|as|until|to|gebucht|eingetragen|p\.|a\.|p\.?m|a\.?m)(?![\p{L}]))/iu;
const MINUTES: Readonly<Record<string, number>> = {
  fifteen: 15,
  thirty: 30,
  'forty-five': 45,
  'forty five': 45,
};

const grammars = new Map<string, ClockGrammar>();

/** The clock times of a text, in order. */
export function readClocks(text: string, lexicon: Lexicon): Found<SaidClock>[] {
  const grammar = grammarOf(lexicon);
  const found: Found<SaidClock>[] = [];
  for (const { regex, read } of grammar.patterns) {
    regex.lastIndex = 0;
    for (let match = regex.exec(text); match; match = regex.exec(text)) {
      const start = match.index;
      let end = start + match[0].length;
      if (found.some((other) => overlaps(other, { start, end }))) continue;
      const said = read(match, grammar.number);
      if (!said) continue;
      const half = halfAt(text, end, grammar);
      if (half) end = half.end;
      const value = clock(said, half?.is ?? null);
      if (!value) continue;
      found.push({ start, end, value });
      found.push(...listAfter(text, end, grammar, found));
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function listAfter(
  text: string,
  from: number,
  grammar: ClockGrammar,
  known: readonly Found<SaidClock>[],
): Found<SaidClock>[] {
  const found: Found<SaidClock>[] = [];
  for (let end = from; ;) {
    grammar.next.lastIndex = end;
    const match = grammar.next.exec(text);
    if (!match) return found;
    const start = end;
    end += match[0].length;
    const half = halfAt(text, end, grammar);
    if (half) end = half.end;
    else if (!GOES_ON.test(text.slice(end))) return found;
    if (known.some((other) => overlaps(other, { start, end }))) return found;
    const value = clock([grammar.number(match[1]), Number(match[2] ?? 0)], half?.is ?? null);
    if (!value) return found;
    found.push({ start, end, value });
  }
}

function halfAt(
  text: string,
  at: number,
  { am, pm }: ClockGrammar,
): { is: 'am' | 'pm'; end: number } | null {
  for (const [is, regex] of [
    ['am', am],
    ['pm', pm],
  ] as const) {
    regex.lastIndex = at;
    const match = regex.exec(text);
    if (match) return { is, end: at + match[0].length };
  }
  return null;
}

function clock([said, minute]: [number, number], half: 'am' | 'pm' | null): SaidClock | null {
  const minutes = said * 60 + minute;
  if (!(minutes >= 0 && said <= 24 && minute < 60)) return null;
  let hour = Math.floor(minutes / 60) % 24;
  if (half === 'pm' && hour < 12) hour += 12;
  if (half === 'am' && hour === 12) hour = 0;
  return {
    kind: 'clock',
    hour,
    minute: minutes % 60,
    isSure: half !== null || hour > 12 || hour === 0,
  };
}

function grammarOf({ language, times }: Lexicon): ClockGrammar {
  const known = grammars.get(language);
  if (known) return known;
  const made = makeGrammar(times);
  grammars.set(language, made);
  return made;
}

function makeGrammar(times: TimeWords): ClockGrammar {
  const names = Object.keys(times.numbers).sort((a, b) => b.length - a.length);
  const N = `(\\d{1,2}|${names.join('|')})`;
  const number = (words: string | undefined): number =>
    words === undefined
      ? Number.NaN
      : (times.numbers[words.toLowerCase().replaceAll(/\s+/g, ' ')] ?? Number(words));
  const minutesOf = (words: string | undefined): number =>
    words === undefined ? 0 : (MINUTES[words.toLowerCase()] ?? Number(words));
  const make = (source: string): RegExp => new RegExp(source.replaceAll(' ', '\\s+'), 'giu');
  const before = `(?:${times.before})`;
  const patterns: Pattern[] = [];
  const add = (source: string, read: Pattern['read']): void => {
    patterns.push({ regex: make(source), read });
  };
  const shift =
    (by: number): Pattern['read'] =>
    (match, read) => {
      const hour = read(match[1]);
      return by < 0 ? [hour - 1, 60 + by] : [hour, by];
    };
  const { quarters, quartersAfter, halfBefore } = times;
  if (halfBefore) add(`${START}(?:${halfBefore.words}) ${N}${STOP}`, shift(halfBefore.minutes));
  if (quarters.past) add(`${START}(?:${quarters.past}) ${N}${STOP}`, shift(15));
  if (quarters.to) add(`${START}(?:${quarters.to}) ${N}${STOP}`, shift(-15));
  const after = `(?:\\s*(?:${times.after}))?`;
  if (times.halfAfter)
    add(`${START}(?:${before} )?${N}${after} (?:${times.halfAfter})${STOP}`, shift(30));
  if (quartersAfter.past)
    add(`${START}(?:${before} )?${N}${after} (?:${quartersAfter.past})${STOP}`, shift(15));
  if (quartersAfter.to)
    add(`${START}(?:${before} )?${N}${after} (?:${quartersAfter.to})${STOP}`, shift(-15));
  add(
    `${START}(?:${before} )?(\\d{1,2}):(\\d{2})(?:\\s*(?:${times.after}))?(?![\\p{L}\\d])`,
    (match) => [Number(match[1]), Number(match[2])],
  );
  if (times.between !== '') {
    add(`${START}(?:${before} )?${N}\\s*(?:${times.between})\\s*(\\d{2})${STOP}`, (match, read) => [
      read(match[1]),
      Number(match[2]),
    ]);
  }
  add(`${START}(?:${before} )?${N}\\s*(?:${times.after})(?![\\p{L}\\d])`, (match, read) =>
    isDuration(match) ? null : [read(match[1]), 0],
  );
  const halves = `(?:${times.am}|${times.pm})`;
  add(
    `${START}(?:${before} )?${N}(?:[ .:]?(\\d{2}|fifteen|thirty|forty[ -]five))?(?=\\s*${halves})`,
    (match, read) => [read(match[1]), minutesOf(match[2])],
  );
  add(
    `${START}${before} ${N}(?:[ .]?(\\d{2}|fifteen|thirty|forty[ -]five))?(?:\\s*(?:${times.afterBefore || times.after}))?${STOP}`,
    (match, read) => {
      const rest = match.input.slice(match.index + match[0].length);
      const isWord = !/\d/.test(match[1] ?? '');
      if (UNIT.test(rest) || (CAPITAL.test(rest) && !CAPITAL_OF_TIME.test(rest))) return null;
      if (isWord && match[2] === undefined && !GOES_ON.test(rest) && !CAPITAL_OF_TIME.test(rest))
        return null;
      return [read(match[1]), minutesOf(match[2])];
    },
  );
  add(`${START}(?:${times.noon})${STOP}`, () => [12, 0]);
  add(`${START}(?:${times.midnight})${STOP}`, () => [0, 0]);
  const sticky = (source: string): RegExp => new RegExp(source.replaceAll(' ', '\\s+'), 'yiu');
  return {
    patterns,
    next: sticky(
      `(?:\\s*,\\s*(?:or |and |oder |und |o |y |ou |et |e |oppure )?| (?:or|and|oder|und|o|y|ou|et|e|oppure|to|bis|until) (?:${before} )?)${N}(?:[:h.](\\d{2}))?${STOP}`,
    ),
    am: sticky(`[\\s,]*(?:${times.am})`),
    pm: sticky(`[\\s,]*(?:${times.pm})`),
    number,
  };
}

/** "Pendant deux heures" is no clock time. */
function isDuration(match: RegExpExecArray): boolean {
  return /(?:pendant|dans|dure|durant|sous|en|durch|in|for|de)\s*$/iu.test(
    match.input.slice(0, match.index),
  );
}
