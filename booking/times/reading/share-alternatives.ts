import { isStretch } from '../placing/day-spans.ts';
import type { Alternative, DayAtom, DayWish } from '../placing/wish.ts';

/** "tuesday or wednesday afternoon", "friday at 2 or 3 pm": what is said once counts for both. */
export function shareBetween(said: readonly Alternative[]): readonly Alternative[] {
  const withDays = said.reduce<Alternative[]>(
    (done, one) => [...done, takeDaysOf(done.at(-1), one)],
    [],
  );
  // "Three or four on thursday or friday": Friday takes both times.
  const alone = withDays.filter(({ days, times }) => days.length === 0 && times.length > 0);
  const sharing: Alternative[] = [];
  const ahead = withDays.reduce<Alternative[]>((done, one) => {
    const before = done.at(-1);
    const next = before === undefined ? one : takeAhead(before, one);
    if (next.timesFirst && !one.timesFirst) sharing.push(next);
    return [...done, next];
  }, []);
  const shared = ahead.reduceRight<Alternative[]>((done, one) => {
    const [after] = done;
    return [after === undefined ? one : takeBehind(one, after), ...done];
  }, []);
  return [...shared, ...sharing.flatMap(({ days }) => alone.map((one) => ({ ...one, days })))];
}

function takeDaysOf(before: Alternative | undefined, one: Alternative): Alternative {
  if (one.days.length > 0 || before === undefined) return one;
  const part = before.times.filter(({ sort }) => sort === 'part');
  const clock = one.times.length > 0 && one.times.every(({ sort }) => sort !== 'part');
  const times = clock && before.times.length > part.length ? [...one.times, ...part] : one.times;
  return { ...one, days: before.days, times: sameHalf(before.times, times) };
}

/** "At 7 pm or 8": the later hour is in the same half of the day. */
function sameHalf(before: Alternative['times'], times: Alternative['times']): Alternative['times'] {
  const [first] = before;
  const [second] = times;
  if (first?.sort !== 'at' || second?.sort !== 'at' || second.clock.sure !== null) return times;
  const { sure, hour } = first.clock;
  const follows =
    (sure === 'am' || sure === 'pm') && second.clock.hour > hour % 12 && second.clock.hour < 12;
  return follows ? [{ ...second, clock: { ...second.clock, sure } }, ...times.slice(1)] : times;
}

/** What was said first and holds for what follows: the time, "next", the week. */
function takeAhead(before: Alternative, one: Alternative): Alternative {
  const bare = one.days.length > 0 && one.times.length === 0 && one.open === null;
  const timed: Alternative =
    before.timesFirst && bare
      ? {
          ...one,
          timeZone: one.timeZone ?? before.timeZone,
          times: before.times,
          timesFirst: true,
        }
      : one;
  const days = shareDays(onlyDay(before), onlyDay(one));
  return days === null ? timed : { ...timed, days };
}

/** "Next tuesday or wednesday", "next week thursday or friday": both are next week's. */
function shareDays(before: DayWish | null, one: DayWish | null): readonly DayWish[] | null {
  const [plain, more] = one?.atoms ?? [];
  if (before === null || plain === undefined || more !== undefined || !isPlainWeekday(plain))
    return null;
  const weekday = before.atoms.find((atom) => atom.sort === 'weekday');
  const stretch = before.atoms.find(
    (atom) => atom.sort === 'span' && (atom.span.weekOf === true || isStretch(atom.span)),
  );
  if (weekday?.sort !== 'weekday') return null;
  if (stretch !== undefined) return [{ atoms: [stretch, plain] }];
  const next = weekday.which === 'next' && plain.weekday >= weekday.weekday;
  return next ? [{ atoms: [{ ...plain, which: 'next', weeks: weekday.weeks }] }] : null;
}

function isPlainWeekday(atom: DayAtom): atom is Extract<DayAtom, { sort: 'weekday' }> {
  return atom.sort === 'weekday' && atom.which === 'plain' && atom.weeks === 0;
}

/** What was said last and holds for what stands before it. */
function takeBehind(one: Alternative, after: Alternative): Alternative {
  const days = one.days.length === 0 ? after.days : one.days;
  const zone = days === after.days ? (one.timeZone ?? after.timeZone) : one.timeZone;
  const times = one.times.length === 0 && after.days !== days ? after.times : one.times;
  return {
    ...one,
    days: shareStretch(days, after) ?? days,
    times: days === after.days ? shareHalfOfDay({ ...one, times }, after) : times,
    timeZone: zone,
  };
}

/** "Tuesday or thursday next week"; "friday or monday next week" has this week's Friday. */
function shareStretch(days: Alternative['days'], after: Alternative): readonly DayWish[] | null {
  const first = onlyDay({ ...after, days });
  const [last, stretch, more] = onlyDay(after)?.atoms ?? [];
  if (first === null || last?.sort !== 'weekday' || stretch?.sort !== 'span' || more !== undefined)
    return null;
  const earlier = first.atoms.every((atom) => isPlainWeekday(atom) && atom.weekday < last.weekday);
  return earlier ? first.atoms.map((atom) => ({ atoms: [atom, stretch] })) : null;
}

function onlyDay({ days }: Alternative): DayWish | null {
  const [only] = days;
  const plain = days.length === 1 && only?.until === undefined && only?.bound === undefined;
  return plain ? (only ?? null) : null;
}

function shareHalfOfDay({ times }: Alternative, after: Alternative): Alternative['times'] {
  const [first] = times;
  const [second] = after.times;
  if (times.length !== 1 || first?.sort !== 'at' || second?.sort !== 'at') return times;
  const { clock } = first;
  const { sure, hour } = second.clock;
  const doubtful =
    clock.sure === null && clock.midnight !== true && (sure === 'am' || sure === 'pm');
  return doubtful && (clock.hour <= hour || clock.hour === 12)
    ? [{ ...first, clock: { ...clock, sure } }]
    : times;
}
