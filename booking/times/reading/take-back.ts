import { notUnderstood } from '../placing/ask-back.ts';
import { namesDayOrTime, type Item } from './items.ts';

/** What is left to be wanted once the words that were taken back are cut out. */
export interface TakenBack {
  kept: readonly Item[];
  refused: readonly (readonly Item[])[];
}

export function isJoint(item: Item | undefined): boolean {
  return item?.type === 'or' || item?.type === 'and';
}

const ENDS_CLAUSE = /^(?:comma|but|correction|accepted|refused|if)$/;
/** Words that what is refused cannot reach across. */
const STARTS_CLAUSE = /^(?:but|correction|accepted|not|except)$/;

/**
 * Cuts out what is refused by words behind it: "tuesday and wednesday don't work", "tuesday I
 * can't". Throws AskBack where it cannot be told what is refused: "that doesn't work" alone.
 */
export function takeBack(items: readonly Item[]): TakenBack {
  const kept: Item[] = [];
  const refused: (readonly Item[])[] = [];
  for (const [index, item] of items.entries()) {
    const rest = items.slice(index + 1);
    if (!refusesBackwards(item, rest)) {
      kept.push(item);
      continue;
    }
    const clause = kept.splice(clauseStart(kept, item));
    while (isJoint(clause[0]) || clause[0]?.type === 'comma') clause.shift();
    if (!clause.some(namesDayOrTime)) {
      kept.push(...clause);
      if (!isFreshStart(rest)) throw notUnderstood();
    } else if (isUnclear(clause, item)) throw notUnderstood();
    else if (clause[0]?.type === 'if') kept.push(...clause.slice(1), { type: 'or' });
    else {
      refused.push(clause);
      kept.push(...dayThatStays(clause, rest));
    }
  }
  return { kept, refused };
}

/** "Doesn't work" always looks back; a "not" does where nothing behind it could be refused. */
function refusesBackwards(item: Item, [next]: readonly Item[]): boolean {
  if (item.type !== 'not') return item.type === 'refused';
  return next === undefined || ENDS_CLAUSE.test(next.type) || isJoint(next);
}

function clauseStart(kept: readonly Item[], refusal: Item): number {
  const several = refusal.type === 'refused' && refusal.subject === 'several';
  let start = kept.length;
  while (start > 0) {
    const before = kept[start - 1];
    if (before === undefined || STARTS_CLAUSE.test(before.type)) break;
    // "Next week, tuesday doesn't work" against "monday, tuesday, or wednesday doesn't work".
    if (before.type === 'comma' && !several && !isJoint(kept[start])) break;
    start -= 1;
    if (before.type === 'if') break;
  }
  return start;
}

/** "Tuesday wednesday doesn't work", "thursday and friday doesn't work": one or both? */
function isUnclear(clause: readonly Item[], refusal: Item): boolean {
  const isWeekday = (item: Item | undefined): boolean =>
    item?.type === 'days' && item.days.atoms[0]?.sort === 'weekday';
  const beside = clause.some((item, index) => isWeekday(item) && isWeekday(clause[index + 1]));
  const one = refusal.type === 'refused' && refusal.subject === 'one';
  return beside || (one && clause.some(({ type }) => type === 'and'));
}

/** After "that doesn't work" something new has to come, and not at once: "… on tuesday". */
function isFreshStart(rest: readonly Item[]): boolean {
  const [next] = rest;
  return next !== undefined && !namesDayOrTime(next) && rest.some(namesDayOrTime);
}

/** "Tuesday at two doesn't work, how about three": the day still stands. */
function dayThatStays(clause: readonly Item[], rest: readonly Item[]): readonly Item[] {
  const timed = clause.some(({ type }) => type === 'time');
  const onlyTimes = rest.some(namesDayOrTime) && rest.every(({ type }) => type !== 'days');
  return timed && onlyTimes ? clause.filter(({ type }) => type === 'days') : [];
}
