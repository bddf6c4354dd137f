import { notUnderstood } from '../placing/ask-back.ts';
import { isStretch } from '../placing/day-spans.ts';
import { time, type Item } from './items.ts';
import { isJoint } from './take-back.ts';
import type { DayWish } from '../placing/wish.ts';

/** What stands behind a "not": limits turn round and are wanted, all else is taken away. */
export interface Exclusion {
  turned: readonly Item[];
  taken: readonly Item[];
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
  const turned = turnedFrom(items, at);
  if (turned.length > 0)
    return { turned: turned.flat(), taken: [], end: at + 2 * turned.length - 1 };
  let end = endOfOne(items, at, wanted);
  while (goesOn(items, end)) end = endOfOne(items, end + 1, wanted);
  const list = items[end]?.type === 'comma' ? end + 1 : end;
  if (items[end]?.type === 'to' || (items[list]?.type === 'days' && isJoint(items[list + 1])))
    throw notUnderstood();
  return { turned: [], taken: items.slice(at, end), end };
}

/** "Not before ten or after four": what is joined to a turned limit is turned as well. */
function turnedFrom(items: readonly Item[], at: number): readonly (readonly Item[])[] {
  const turned = turn(items[at]);
  if (turned === null) return [];
  return [turned, ...(isJoint(items[at + 1]) ? turnedFrom(items, at + 2) : [])];
}

/** "Not before ten" is from ten on; whoever is busy until Friday is free from Friday on. */
function turn(item: Item | undefined): readonly Item[] | null {
  if (item?.type === 'time' && item.time.sort === 'limit') {
    const { from, to, isUntil } = item.time;
    if (from !== null && to !== null) return null;
    // "Not until after three" is after three.
    if (from !== null && isUntil === true) return [item];
    return [
      time({ sort: 'limit', from: to, to: from, ...(from === null ? {} : { isWith: true }) }),
    ];
  }
  if (item?.type !== 'days' || item.days.bound === undefined || item.days.bound === 'from')
    return null;
  const { bound, isUntil } = item.days;
  const after = bound === 'after' ? (isUntil === true ? 'after' : 'by') : 'from';
  return withinStretch({ ...item.days, bound: after }).map((days) => ({ type: 'days', days }));
}

/** "Not before wednesday next week": the week is wanted, from Wednesday on. */
function withinStretch(days: DayWish): readonly DayWish[] {
  const [atom, stretch] = days.atoms;
  const within = stretch?.sort === 'span' && isStretch(stretch.span);
  return atom !== undefined && within ? [{ atoms: [stretch] }, { ...days, atoms: [atom] }] : [days];
}

/** Where one day, with its date, week and time, or one time ends. */
function endOfOne(items: readonly Item[], at: number, wanted: boolean): number {
  const item = items[at];
  if (item?.type === 'time' && ['part', 'at', 'limit'].includes(item.time.sort)) return at + 1;
  if (item?.type !== 'days') throw notUnderstood();
  const end = item.days.atoms[0]?.sort === 'weekday' ? endOfDay(items, at + 1) : at + 1;
  const next = items[end];
  if (next?.type !== 'time') return end;
  // "Any day except friday at three" may want three o'clock or refuse it.
  if (next.time.sort !== 'part' && wanted) throw notUnderstood();
  return end + 1;
}

/** "Not tuesday, wednesday" wants Wednesday; "not on tuesday, november 24" is one day. */
function endOfDay(items: readonly Item[], at: number): number {
  const comma = items[at]?.type === 'comma' ? 1 : 0;
  const next = items[at + comma];
  const [atom] = next?.type === 'days' && next.days.bound === undefined ? next.days.atoms : [];
  const dated = atom?.sort === 'date' || atom?.sort === 'monthday';
  return dated || (atom?.sort === 'span' && comma === 0) ? at + comma + 1 : at;
}

/** A list goes on with what it began with; a time behind a day might be wanted instead. */
function goesOn(items: readonly Item[], at: number): boolean {
  const [last, joint, next] = [items[at - 1], items[at], items[at + 1]];
  if (!isJoint(joint) || (next?.type !== 'days' && next?.type !== 'time')) return false;
  if (next.type === 'time' && next.time.sort !== 'part' && last?.type === 'days')
    throw notUnderstood();
  return true;
}
