import type { CalendarDay } from './local-instants.ts';
import type { DaySpan, Item, Reading } from './items.ts';

/** A pattern tried at one position of the normalised text; null lets the next rule try. */
export interface ScanRule {
  pattern: RegExp;
  read(match: RegExpExecArray, reading: Reading): Item[] | null;
}

/** Behind "the week after": from there it is measured, and not from the appointment talked about. */
export const ANCHOR = '(?:the|my|a|an)\\b|\\w*day|\\d|christmas|new|thanks';

export function rule(source: string, read: ScanRule['read']): ScanRule {
  return { pattern: new RegExp(`(?:${source})(?![a-z0-9])`, 'y'), read };
}

export function spanItem(span: DaySpan, words?: string): Item {
  return {
    type: 'day',
    atom: { sort: 'span', span: words === undefined ? span : { ...span, words } },
  };
}

export function dayItem(day: CalendarDay): Item {
  return spanItem({ first: day, last: day });
}

/** "2" → 2, "few" → 3: what "in a few days" starts from. */
export function count(word: string | undefined): number {
  return word === 'few' ? 3 : Number(word ?? 1);
}
