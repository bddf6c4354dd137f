import { notUnderstood } from '../placing/ask-back.ts';
import { namesDayOrTime, type Item } from './items.ts';

const SEPARATES = /^(?:comma|but|correction|accepted|clause)$/;

/**
 * The place in what was offered last, -1 for the last; null where none is named, or a day or time
 * beside it says more. A refused place is none. Throws AskBack where it cannot be told which of two
 * places is meant, or what is refused.
 */
export function readChoice(items: readonly Item[]): number | null {
  const says = (item: Item): boolean =>
    namesDayOrTime(item) || item.type === 'soonest' || item.type === 'odd';
  if (!items.some(({ type }) => type === 'place') || items.some(says)) return null;
  let clause: number[] = [];
  let chosen: number | undefined;
  let refuses = false;
  for (const item of items) {
    if (SEPARATES.test(item.type)) {
      chosen = clause.at(-1) ?? chosen;
      clause = [];
      refuses = false;
    } else if (item.type === 'not' || item.type === 'except') refuses = true;
    else if (item.type === 'refused') clause = [];
    else if (item.type === 'place' && !refuses) clause.push(item.index);
    if (new Set(clause).size > 1) throw notUnderstood();
  }
  const last = items.at(-1);
  chosen = clause.at(-1) ?? chosen;
  if (chosen === undefined || last?.type === 'not') throw notUnderstood();
  return chosen;
}
