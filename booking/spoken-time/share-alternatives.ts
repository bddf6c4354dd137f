import type { Alternative } from './wish.ts';

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
  for (const [index, one] of [...alternatives.entries()].toReversed()) {
    const after = alternatives[index + 1];
    if (after === undefined) continue;
    if (one.days.length === 0) one.days = after.days;
    if (one.times.length === 0 && after.days !== one.days) one.times = after.times;
    shareHalfOfDay(one, after);
  }
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
