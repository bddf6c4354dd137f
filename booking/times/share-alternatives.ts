import type { Alternative, DayWish } from './wish.ts';
import type { DayAtom } from './items.ts';

/** "tuesday or wednesday afternoon", "friday at 2 or 3 pm": what is said once counts for both. */
export function shareBetweenAlternatives(alternatives: Alternative[]): void {
  for (const [index, one] of alternatives.entries()) {
    const before = alternatives[index - 1];
    if (one.days.length === 0 && before !== undefined) {
      one.days = before.days;
      const part = before.times.filter(({ sort }) => sort === 'part');
      if (
        one.times.length > 0 &&
        one.times.every(({ sort }) => sort !== 'part') &&
        before.times.length > part.length
      )
        one.times.push(...part);
    }
  }
  const alone = alternatives.filter(({ days, times }) => days.length === 0 && times.length > 0);
  const sharing: Alternative[] = [];
  for (const [index, one] of alternatives.entries()) {
    const before = alternatives[index - 1];
    if (before === undefined) continue;
    if (shareTimesAhead(before, one)) sharing.push(one);
    shareNext(before, one);
  }
  for (const [index, one] of [...alternatives.entries()].toReversed()) {
    const after = alternatives[index + 1];
    if (after === undefined) continue;
    if (one.days.length === 0) one.days = after.days;
    if (one.days === after.days && after.timeZone !== undefined) one.timeZone ??= after.timeZone;
    shareStretch(one, after);
    if (one.times.length === 0 && after.days !== one.days) one.times = after.times;
    shareHalfOfDay(one, after);
  }
  // "Three or four on thursday or friday": Friday takes both times.
  for (const { days } of sharing) alternatives.push(...alone.map((one) => ({ ...one, days })));
}

/** "At three on tuesday or wednesday": the time stands before both days. */
function shareTimesAhead(before: Alternative, one: Alternative): boolean {
  const bare = one.days.length > 0 && one.times.length === 0 && one.open === null;
  if (before.timesFirst !== true || !bare) return false;
  one.times = before.times;
  one.timesFirst = true;
  if (before.timeZone !== undefined) one.timeZone ??= before.timeZone;
  return true;
}

/** "Next tuesday or wednesday": both are next week's. */
function shareNext(before: Alternative, one: Alternative): void {
  const [first, second] = [onlyDay(before), onlyDay(one)];
  const [next] = first?.atoms ?? [];
  const [plain] = second?.atoms ?? [];
  if (second === null || next?.sort !== 'weekday' || plain?.sort !== 'weekday') return;
  const shared = next.which === 'next' && plain.which === 'plain' && plain.weeks === 0;
  if (!shared || second.atoms.length > 1 || plain.weekday < next.weekday) return;
  one.days = [{ atoms: [{ ...plain, which: 'next', weeks: next.weeks }] }];
}

/** "Tuesday or thursday next week"; "friday or monday next week" has this week's Friday. */
function shareStretch(one: Alternative, after: Alternative): void {
  const [first, second] = [onlyDay(one), onlyDay(after)];
  const [last, stretch] = second?.atoms ?? [];
  if (first === null || last?.sort !== 'weekday' || stretch?.sort !== 'span') return;
  if (second?.atoms.length !== 2) return;
  const earlier = (atom: DayAtom): boolean =>
    atom.sort === 'weekday' &&
    atom.which === 'plain' &&
    atom.weeks === 0 &&
    atom.weekday < last.weekday;
  if (first.atoms.every(earlier))
    one.days = first.atoms.map((atom) => ({ atoms: [atom, stretch] }));
}

function onlyDay({ days }: Alternative): DayWish | null {
  const [only] = days;
  const plain = days.length === 1 && only?.until === undefined && only?.bound === undefined;
  return plain ? (only ?? null) : null;
}

function shareHalfOfDay(one: Alternative, after: Alternative): void {
  const [first] = one.times;
  const [second] = after.times;
  if (
    one.times.length !== 1 ||
    first?.sort !== 'at' ||
    second?.sort !== 'at' ||
    first.clock.sure !== null
  )
    return;
  const { sure } = second.clock;
  if (one.days !== after.days || sure === '24h' || sure === null || first.clock.midnight === true)
    return;
  if (first.clock.hour <= second.clock.hour || first.clock.hour === 12)
    one.times = [{ ...first, clock: { ...first.clock, sure } }];
}
