import { overlaps } from './found.ts';
import type { Found } from './found.ts';
import type { Lexicon } from './lexicon/words.ts';

/** A day as it was said. */
export interface SaidDay {
  kind: 'day';
  /** 1 is Monday. */
  weekday?: number;
  date?: { day: number; month?: number; year?: number };
  /** Days from today: 0 is today. */
  fromToday?: number;
}

interface DayGrammar {
  patterns: { regex: RegExp; read: (match: RegExpExecArray) => Omit<SaidDay, 'kind'> | null }[];
}

const START = '(?<![\\p{L}\\d])';
const STOP = '(?![\\p{L}\\d])';
const ORDINALS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
  'thirteenth',
  'fourteenth',
  'fifteenth',
  'sixteenth',
  'seventeenth',
  'eighteenth',
  'nineteenth',
  'twentieth',
  'twenty-first',
  'twenty-second',
  'twenty-third',
  'twenty-fourth',
  'twenty-fifth',
  'twenty-sixth',
  'twenty-seventh',
  'twenty-eighth',
  'twenty-ninth',
  'thirtieth',
  'thirty-first',
];

const grammars = new Map<string, DayGrammar>();
const calendars = new Map<string, readonly string[]>();

/** The days of a text, in order. */
export function readDays(text: string, lexicon: Lexicon): Found<SaidDay>[] {
  const found: Found<SaidDay>[] = [];
  for (const { regex, read } of grammarOf(lexicon).patterns) {
    regex.lastIndex = 0;
    for (let match = regex.exec(text); match; match = regex.exec(text)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (found.some((other) => overlaps(other, { start, end }))) continue;
      const value = read(match);
      if (value) found.push({ start, end, value: { kind: 'day', ...value } });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function grammarOf(lexicon: Lexicon): DayGrammar {
  const known = grammars.get(lexicon.language);
  if (known) return known;
  const made = makeGrammar(lexicon);
  grammars.set(lexicon.language, made);
  return made;
}

function makeGrammar({ language, times }: Lexicon): DayGrammar {
  const months = monthNames(language);
  const weekdays = weekdayNames(language);
  const monthOf = (name: string | undefined): number =>
    months.indexOf(name?.toLowerCase() ?? '') + 1;
  const M = `(${months.join('|')})`;
  const D = '(\\d{1,2})';
  const year = '(?:,? (?:de |del )?(\\d{4}))?';
  const patterns: DayGrammar['patterns'] = [];
  const add = (source: string, read: DayGrammar['patterns'][number]['read']): void => {
    patterns.push({
      regex: new RegExp(
        `${START}(?:${source.replaceAll(' ?', '\\s*').replaceAll(' ', '\\s+')})${STOP}`,
        'giu',
      ),
      read,
    });
  };
  const date = (day: number, month: number, said?: string) =>
    day < 1 || day > 31 || month > 12
      ? null
      : { date: { day, ...(month > 0 ? { month } : {}), ...(said ? { year: Number(said) } : {}) } };
  if (language === 'en') {
    const words = [...ORDINALS]
      .sort((a, b) => b.length - a.length)
      .join('|')
      .replaceAll('-', '[ -]');
    const ordinalOf = (word: string | undefined): number =>
      ORDINALS.indexOf((word ?? '').toLowerCase().replaceAll(/\s+/g, '-')) + 1;
    add(`${M} (?:the )?${D}(?:${times.ordinal})?${year}`, (match) =>
      date(Number(match[2]), monthOf(match[1]), match[3]),
    );
    add(`${M} (?:the )?(${words})${year}`, (match) =>
      date(ordinalOf(match[2]), monthOf(match[1]), match[3]),
    );
    add(`${D}(?:${times.ordinal})? (?:of )?${M}${year}`, (match) =>
      date(Number(match[1]), monthOf(match[2]), match[3]),
    );
    add(`(${words}) of ${M}${year}`, (match) =>
      date(ordinalOf(match[1]), monthOf(match[2]), match[3]),
    );
    add(`the ${D}(?:${times.ordinal})`, (match) => date(Number(match[1]), 0));
  } else {
    add(`${D}(?:${times.ordinal})? ?(?:${times.of})?${M}${year}`, (match) =>
      date(Number(match[1]), monthOf(match[2]), match[3]),
    );
  }
  add(`(?:${times.dayAfterTomorrow})`, () => ({ fromToday: 2 }));
  add(`(?:${times.tomorrow})`, () => ({ fromToday: 1 }));
  add(`(?:${times.today})`, () => ({ fromToday: 0 }));
  const short = times.weekdays ?? [];
  const all = [...weekdays, ...short].sort((a, b) => b.length - a.length);
  // "Donnerstagvormittag"; "Tuesdays" is no certain day.
  add(`(${all.join('|')})(?:vormittag|nachmittag|morgen|mittag|abend|früh)?`, (match) => {
    const name = (match[1] ?? '').toLowerCase();
    const index = weekdays.indexOf(name);
    return { weekday: (index === -1 ? short.indexOf(name) : index) + 1 };
  });
  return { patterns };
}

/** The names of days and months in lower case, by language. */
export function calendarWords(language: string): readonly string[] {
  const known = calendars.get(language);
  if (known) return known;
  const made = [...monthNames(language), ...weekdayNames(language)];
  calendars.set(language, made);
  return made;
}

function monthNames(language: string): string[] {
  return names(language, { month: 'long' }, (index) => new Date(Date.UTC(2026, index, 15)), 12);
}

function weekdayNames(language: string): string[] {
  // The fifth of January 2026 was a Monday.
  return names(language, { weekday: 'long' }, (index) => new Date(Date.UTC(2026, 0, 5 + index)), 7);
}

function names(
  language: string,
  options: Intl.DateTimeFormatOptions,
  at: (index: number) => Date,
  count: number,
): string[] {
  const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
  return Array.from({ length: count }, (_, index) => format.format(at(index)).toLowerCase());
}
