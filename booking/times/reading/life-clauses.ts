import { notUnderstood } from '../placing/ask-back.ts';
import { at, days, limit, namesDayOrTime, type Item } from './items.ts';
import type { TimeWish } from '../placing/wish.ts';

const ENDS_TAKEN = /^(?:comma|clause|but|accepted|correction|move|taken|soonest)$/;
/** What says that several days would do, or takes one of them back. */
const JOINS = /^(?:or|and|accepted|correction|not|except|refused|if|any time|to|odd)$/;
const ENDS_MOVE = /^(?:comma|clause|but|accepted|correction|and)$/;

/** What is wanted, and what was told beside it: the caller's life, the old appointment. */
export interface Clauses {
  wanted: readonly Item[];
  told: readonly Item[];
  /** Clauses of which each names a day, where nothing says that either would do. */
  apart: readonly (readonly Item[])[];
}

/**
 * Cuts out when the caller is taken and what the old appointment was. "Until three" and "from two
 * to four" become refusals, since whoever is taken then is free at other times; a bare time, a day
 * or a part of it says too little, and is only told.
 */
export function cutClauses(items: readonly Item[]): Clauses {
  const wanted: Item[] = [];
  const told: Item[] = [];
  for (let next = 0; next < items.length;) {
    const item = items[next];
    next += 1;
    if (item === undefined) break;
    if (item.type === 'taken' || item.type === 'move') {
      const behind = items.slice(next);
      const ends = item.type === 'taken' ? ENDS_TAKEN : ENDS_MOVE;
      const length = behind.findIndex(({ type }) => ends.test(type));
      const clause = length < 0 ? behind : behind.slice(0, length);
      const cut =
        item.type === 'move'
          ? cutMove(clause)
          : cutTaken(clause, wanted, namesDay(wanted) || namesDay(behind.slice(clause.length)));
      wanted.push(...cut.wanted);
      told.push(...cut.told);
      next += clause.length;
    } else if (item.type === 'old') {
      if (wanted.at(-1)?.type === 'not' || wanted.at(-1)?.type === 'except') wanted.pop();
      told.push(...item.items);
    } else if (item.type !== 'clause' || wanted.length > 0) wanted.push(item);
  }
  const measuredBy = wanted.map((item) => measured(item, told));
  return {
    wanted: measuredBy.map((item) => (item.type === 'clause' ? { type: 'comma' } : item)),
    told,
    apart: daysApart(measuredBy),
  };
}

/**
 * "I work until three", "thursday i have work". `wanted` is what was wanted up to there; `elsewhere`
 * says that it or what follows the clause names a day.
 */
function cutTaken(
  clause: readonly Item[],
  wanted: Item[],
  elsewhere: boolean,
): Omit<Clauses, 'apart'> {
  const at = clause.findIndex(isStretch);
  const stretch = clause[at];
  if (stretch !== undefined) {
    const isOpen = stretch.type !== 'time' || isUntil(stretch.time);
    // "She works until eight on thursdays so friday": the day was told, too.
    if (isOpen && elsewhere && namesDay(clause)) return { wanted: [], told: clause };
    const [before, behind] = [clause.slice(0, at).filter(namesDayOrTime), clause.slice(at)];
    const free = isOpen ? [...behind, ...before] : [...before, ...behind];
    return { wanted: [{ type: 'not' }, ...free], told: [] };
  }
  // The day before the verb is that of the event.
  const last = wanted.at(-1);
  const ownsDay =
    last?.type === 'days' &&
    last.days.bound === undefined &&
    !clause.some(({ type }) => type === 'days');
  return { wanted: [], told: [...(ownsDay ? wanted.splice(-1) : []), ...clause] };
}

/** "I wanted thursday but i'll go with friday": two clauses are no list of days. */
function daysApart(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.some(({ type }) => JOINS.test(type))) return [];
  const clauses: Item[][] = [[]];
  for (const item of items)
    if (item.type === 'clause' || item.type === 'but') clauses.push([]);
    else clauses.at(-1)?.push(item);
  const named = clauses.filter(namesDay);
  return named.length > 1 ? named : [];
}

function namesDay(items: readonly Item[]): boolean {
  return items.some(({ type }) => type === 'days');
}

/** "My shift ends at four so after that": the time, or else the day, that was told. */
function measured(item: Item, told: readonly Item[]): Item {
  if (item.type !== 'that') return item;
  const clocks = told.flatMap((one) =>
    one.type === 'time' && one.time.sort === 'at' ? [one.time.clock] : [],
  );
  const dates = told.flatMap((one) => (one.type === 'days' ? [one.days] : []));
  const [clock] = clocks;
  const [day] = dates;
  if (clock !== undefined && clocks.length === 1)
    return item.bound === 'after' ? limit(clock, null) : limit(null, clock);
  const isOne = clock === undefined && day !== undefined && dates.length === 1;
  return isOne ? { type: 'days', days: { ...day, bound: item.bound } } : { type: 'odd' };
}

function isUntil(time: TimeWish): boolean {
  return time.sort === 'limit' && time.isUntil === true;
}

/** "Until three", "two to four". */
function isStretch(item: Item): boolean {
  if (item.type === 'days') return item.days.isUntil === true;
  if (item.type !== 'time' || item.time.sort !== 'limit') return false;
  return isUntil(item.time) || (item.time.from !== null && item.time.to !== null);
}

/** "From thursday to friday", "my two o'clock to four": the end of it is wanted. */
function cutMove(clause: readonly Item[]): Omit<Clauses, 'apart'> {
  const plain = clause.flatMap((item) => (item.type === 'old' ? item.items : splitRange(item)));
  const to = plain.findIndex(({ type }) => type === 'to');
  const told = (to < 0 ? plain : plain.slice(0, to)).filter(namesDayOrTime);
  if (to < 0) return { wanted: [], told };
  const rest = plain.slice(to + 1);
  // "Change my thursday two o'clock to four": the day still stands.
  const stays = rest.every(({ type }) => type !== 'days');
  return { wanted: [...(stays ? told.filter(({ type }) => type === 'days') : []), ...rest], told };
}

function splitRange(item: Item): readonly Item[] {
  if (item.type === 'days') {
    const { atoms, until, isUntil, bound } = item.days;
    if (until !== undefined) return [days(atoms), { type: 'to' }, days(until)];
    if (isUntil === true) return [{ type: 'to' }, bound === 'after' ? item : days(atoms)];
    return bound === 'from' ? [days(atoms)] : [item];
  }
  if (item.type !== 'time' || item.time.sort !== 'limit' || item.time.to === null) return [item];
  const { from, to } = item.time;
  return [...(from === null ? [] : [at(from)]), { type: 'to' }, at(to)];
}

/** Throws AskBack where the wish leaves open what was told: that day may be meant, or not. */
export function checkTold({ wanted, told }: Clauses): void {
  const names = (items: readonly Item[], type: Item['type']): boolean =>
    items.some((item) => item.type === type);
  const any = wanted.some(namesDayOrTime) || names(wanted, 'soonest') || names(wanted, 'any time');
  if ((told.some(namesDayOrTime) && !any) || (names(told, 'days') && !names(wanted, 'days')))
    throw notUnderstood();
}
