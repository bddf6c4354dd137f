import { notUnderstood } from './ask-back.ts';
import type { Item } from './items.ts';
import { isJoint } from './take-back.ts';
import { NOTHING, type Alternative, type DayWish, type TimeWish } from './wish.ts';

/** What stands behind a "not": limits turn round and are wanted, all else is taken away. */
export interface Exclusion {
  days: readonly DayWish[];
  times: readonly TimeWish[];
  excluded: readonly Alternative[];
  /** Place behind what was read. */
  end: number;
}

/**
 * Reads what a "not" takes away. Throws AskBack where nothing follows that could be refused, and
 * where a list or a time may be refused or wanted: "not monday tuesday or wednesday".
 * @param wanted something was asked for already, and a clock time behind the day may belong to it
 */
export function readExclusion(items: readonly Item[], start: number, wanted: boolean): Exclusion {
  let at = start;
  while (/^(?:to|any time|place)$/.test(items[at]?.type ?? '')) at += 1;
  const turned = readTurned(items, at);
  if (turned !== null) return turned;
  const excluded: Alternative[] = [];
  do {
    if (excluded.length > 0) at += 1;
    const one = readExcluded(items, at, wanted);
    excluded.push(one.excluded);
    at = one.end;
  } while (goesOn(items, at, excluded.at(-1)));
  const list = items[at]?.type === 'comma' ? at + 1 : at;
  if (items[at]?.type === 'to' || (items[list]?.type === 'days' && isJoint(items[list + 1])))
    throw notUnderstood();
  return { days: [], times: [], excluded, end: at };
}

/** "Not before ten or after four": what is joined to a turned limit is turned as well. */
function readTurned(items: readonly Item[], start: number): Exclusion | null {
  const turned = [turn(items[start])];
  let end = start + 1;
  while (isJoint(items[end]) && turn(items[end + 1]) !== null) {
    turned.push(turn(items[end + 1]));
    end += 2;
  }
  if (turned[0] === null) return null;
  const days = turned.flatMap((item) => (item?.type === 'days' ? withinStretch(item.days) : []));
  const times = turned.flatMap((item) => (item?.type === 'time' ? [item.time] : []));
  return { days, times, excluded: [], end };
}

/** "Not before wednesday next week": the week is wanted, from Wednesday on. */
function withinStretch(days: DayWish): readonly DayWish[] {
  const [atom, stretch] = days.atoms;
  const within = stretch?.sort === 'span' && stretch.span.first < stretch.span.last;
  return atom !== undefined && within ? [{ atoms: [stretch] }, { ...days, atoms: [atom] }] : [days];
}

/** "Not before ten" is from ten on; whoever is busy until Friday is free from Friday on. */
function turn(item: Item | undefined): Item | null {
  if (item?.type === 'time' && item.time.sort === 'limit') {
    const { from, to, isUntil } = item.time;
    if (from !== null && to !== null) return null;
    // "Not until after three" is after three.
    return from !== null && isUntil === true
      ? item
      : { type: 'time', time: { sort: 'limit', from: to, to: from } };
  }
  if (item?.type !== 'days' || item.days.bound === undefined || item.days.bound === 'from')
    return null;
  const { bound, isUntil } = item.days;
  const after = bound === 'after' ? (isUntil === true ? 'after' : 'by') : 'from';
  return { type: 'days', days: { ...item.days, bound: after } };
}

function readExcluded(
  items: readonly Item[],
  at: number,
  wanted: boolean,
): { excluded: Alternative; end: number } {
  const item = items[at];
  if (item?.type === 'time' && ['part', 'at', 'limit'].includes(item.time.sort))
    return { excluded: { ...NOTHING, times: [item.time] }, end: at + 1 };
  if (item?.type !== 'days') throw notUnderstood();
  let end = at + 1;
  let { days } = item;
  const beside = besideWeekday(items, end, days);
  if (beside !== null) {
    days = { ...days, atoms: [...days.atoms, ...beside.atoms] };
    end = beside.end;
  }
  const next = items[end];
  if (next?.type !== 'time') return { excluded: { ...NOTHING, days: [days] }, end };
  // "Any day except friday at three" may want three o'clock or refuse it.
  if (next.time.sort !== 'part' && wanted) throw notUnderstood();
  return { excluded: { ...NOTHING, days: [days], times: [next.time] }, end: end + 1 };
}

/** "Not tuesday, wednesday" wants Wednesday; "not on tuesday, november 24" is one day. */
function besideWeekday(
  items: readonly Item[],
  at: number,
  { atoms }: DayWish,
): { atoms: DayWish['atoms']; end: number } | null {
  const comma = items[at]?.type === 'comma' ? 1 : 0;
  const next = items[at + comma];
  const [atom] = next?.type === 'days' && next.days.bound === undefined ? next.days.atoms : [];
  if (atoms[0]?.sort !== 'weekday' || next?.type !== 'days' || atom === undefined) return null;
  const joins =
    atom.sort === 'date' || atom.sort === 'monthday' || (atom.sort === 'span' && comma === 0);
  return joins ? { atoms: next.days.atoms, end: at + comma + 1 } : null;
}

/** A list goes on with what it began with; a time behind a day might be wanted instead. */
function goesOn(items: readonly Item[], at: number, last: Alternative | undefined): boolean {
  const next = items[at + 1];
  if (!isJoint(items[at]) || (next?.type !== 'days' && next?.type !== 'time')) return false;
  if (next.type === 'time' && next.time.sort !== 'part' && last?.times.length === 0)
    throw notUnderstood();
  return true;
}
