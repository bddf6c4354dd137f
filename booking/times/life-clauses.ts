import { notUnderstood } from './ask-back.ts';
import { namesDayOrTime, type Item } from './items.ts';

const ENDS_TAKEN = /^(?:comma|clause|but|accepted|correction|move|taken|soonest)$/;
const ENDS_MOVE = /^(?:comma|clause|but|accepted|correction|and)$/;

/** What is wanted, and what was told beside it: the caller's life, the old appointment. */
export interface Clauses {
  wanted: readonly Item[];
  told: readonly Item[];
}

/**
 * Cuts out when the caller is taken and what the old appointment was. "Until three" and "from two
 * to four" become refusals, since whoever is taken then is free at other times; a bare time, a day
 * or a part of it says too little, and is only told.
 */
export function cutClauses(items: readonly Item[]): Clauses {
  const wanted: Item[] = [];
  const told: Item[] = [];
  for (let at = 0; at < items.length;) {
    const item = items[at];
    if (item === undefined) break;
    at += 1;
    if (item.type === 'taken') {
      const clause = upTo(ENDS_TAKEN, items, at);
      const stretch = clause.findIndex(isStretch);
      // "Thursday i have work": the day before the verb is that of the event.
      const day = wanted.at(-1)?.type === 'days' && !clause.some(({ type }) => type === 'days');
      if (stretch < 0) told.push(...(day ? wanted.splice(-1) : []), ...clause);
      else
        wanted.push(
          { type: 'not' },
          ...clause.slice(stretch),
          ...clause.slice(0, stretch).filter(namesDayOrTime),
        );
      at += clause.length;
    } else if (item.type === 'move') {
      const clause = upTo(ENDS_MOVE, items, at);
      const moved = cutMove(clause);
      wanted.push(...moved.wanted);
      told.push(...moved.told);
      at += clause.length;
    } else if (item.type === 'old') {
      if (wanted.at(-1)?.type === 'not' || wanted.at(-1)?.type === 'except') wanted.pop();
      told.push(...item.items);
    } else if (item.type !== 'clause') wanted.push(item);
    else if (wanted.length > 0) wanted.push({ type: 'comma' });
  }
  return { wanted: wanted.map((item) => measured(item, told)), told };
}

/** "My shift ends at four so after that": the time, or else the day, that was told. */
function measured(item: Item, told: readonly Item[]): Item {
  if (item.type !== 'that') return item;
  const isAfter = item.bound === 'after';
  const clocks = told.flatMap((one) =>
    one.type === 'time' && one.time.sort === 'at' ? [one.time.clock] : [],
  );
  const [clock, ...more] = clocks;
  if (clock !== undefined && more.length === 0) {
    const [from, to] = isAfter ? [clock, null] : [null, clock];
    return { type: 'time', time: { sort: 'limit', from, to } };
  }
  const [day, ...others] = told.filter(({ type }) => type === 'days');
  if (day?.type !== 'days' || others.length > 0 || clock !== undefined) return { type: 'odd' };
  return { type: 'days', days: { ...day.days, bound: item.bound } };
}

function upTo(ends: RegExp, items: readonly Item[], start: number): readonly Item[] {
  const end = items.findIndex(({ type }, index) => index >= start && ends.test(type));
  return items.slice(start, end < 0 ? items.length : end);
}

/** "Until three", "two to four". */
function isStretch(item: Item): boolean {
  if (item.type === 'days') return item.days.isUntil === true;
  if (item.type !== 'time' || item.time.sort !== 'limit') return false;
  return item.time.isUntil === true || (item.time.from !== null && item.time.to !== null);
}

/** "From thursday to friday", "my two o'clock to four": the end of it is wanted. */
function cutMove(clause: readonly Item[]): Clauses {
  const plain = clause.flatMap((item) => (item.type === 'old' ? item.items : splitRange(item)));
  const to = plain.findIndex(({ type }) => type === 'to');
  const told = (to < 0 ? plain : plain.slice(0, to)).filter(namesDayOrTime);
  if (to < 0) return { wanted: [], told };
  const rest = plain.slice(to + 1);
  // "Change my thursday two o'clock to four": the day still stands.
  const day = rest.some(({ type }) => type === 'days')
    ? []
    : told.filter(({ type }) => type === 'days');
  return { wanted: [...day, ...rest], told };
}

function splitRange(item: Item): readonly Item[] {
  if (item.type === 'days' && item.days.until !== undefined)
    return [
      { type: 'days', days: { atoms: item.days.atoms } },
      { type: 'to' },
      { type: 'days', days: { atoms: item.days.until } },
    ];
  if (item.type === 'days' && item.days.isUntil === true)
    return [{ type: 'to' }, { type: 'days', days: { atoms: item.days.atoms } }];
  if (item.type === 'days' && item.days.bound === 'from')
    return [{ type: 'days', days: { atoms: item.days.atoms } }];
  if (item.type !== 'time' || item.time.sort !== 'limit' || item.time.to === null) return [item];
  const at = (clock: typeof item.time.to): Item => ({
    type: 'time',
    time: { sort: 'at', clock, around: false },
  });
  return [
    ...(item.time.from === null ? [] : [at(item.time.from)]),
    { type: 'to' },
    at(item.time.to),
  ];
}

/** Throws AskBack where the wish leaves open what was told: that day may be meant, or not. */
export function checkTold({ wanted, told }: Clauses): void {
  const names = (items: readonly Item[], type: Item['type']): boolean =>
    items.some((item) => item.type === type);
  const any = wanted.some(namesDayOrTime) || names(wanted, 'soonest') || names(wanted, 'any time');
  if ((told.some(namesDayOrTime) && !any) || (names(told, 'days') && !names(wanted, 'days')))
    throw notUnderstood();
}
