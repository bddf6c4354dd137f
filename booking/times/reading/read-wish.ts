import { notUnderstood } from '../placing/ask-back.ts';
import type { Item } from './items.ts';
import { readExclusion } from './read-exclusion.ts';
import { shareBetween } from './share-alternatives.ts';
import { takeBack } from './take-back.ts';
import { isEmpty, NOTHING, type Alternative, type DayWish, type Wish } from '../placing/wish.ts';

/** Groups the items into a wish. Throws AskBack where a word of time is left without a meaning. */
export function readWish(items: readonly Item[]): Wish {
  const { kept, refused } = takeBack(items);
  const { alternatives, exclusions } = new WishReader(kept).read();
  const wish = {
    alternatives: shareBetween(alternatives),
    exclusions: [...exclusions, ...refused.flatMap(readRefused)],
  };
  if (wish.alternatives.length === 0 && wish.exclusions.length === 0) throw notUnderstood();
  return wish;
}

/** A refused clause is read as a wish of its own; a refusal within one is beyond us. */
function readRefused(clause: readonly Item[]): readonly Alternative[] {
  const { alternatives, exclusions } = new WishReader(clause).read();
  if (exclusions.length > 0 || alternatives.length === 0) throw notUnderstood();
  return shareBetween(alternatives).flatMap((one) =>
    eachDay(one).map((days) => ({ ...one, days })),
  );
}

/** "Tuesday, wednesday and thursday" are taken away one by one, in every week that is open. */
function eachDay({ days }: Alternative): readonly (readonly DayWish[])[] {
  if (days.length === 0) return [[]];
  return days.flatMap((wish) =>
    isPlain(wish) && wish.atoms.every(({ sort }) => sort === 'weekday')
      ? wish.atoms.map((atom) => [{ atoms: [atom] }])
      : [[wish]],
  );
}

function isPlain({ until, bound }: DayWish): boolean {
  return until === undefined && bound === undefined;
}

/** Walks the items once; a correction ("no wait, wednesday") replaces what it names again. */
class WishReader {
  private readonly items: readonly Item[];
  private at = 0;
  private alternatives: Alternative[] = [NOTHING];
  private exclusions: readonly Alternative[] = [];

  constructor(items: readonly Item[]) {
    this.items = items;
  }

  read(): Wish {
    for (let item = this.items[this.at]; item !== undefined; item = this.items[this.at]) {
      this.at += 1;
      this.take(item);
    }
    return {
      alternatives: this.alternatives.filter((one) => !isEmpty(one)),
      exclusions: this.exclusions,
    };
  }

  private get current(): Alternative {
    return this.alternatives.at(-1) ?? NOTHING;
  }

  private update(change: Partial<Alternative>): void {
    this.alternatives.splice(-1, 1, { ...this.current, ...change });
  }

  private take(item: Item): void {
    if (item.type === 'odd') throw notUnderstood();
    if (item.type === 'days') this.takeDays(item.days);
    else if (item.type === 'time') this.update({ times: [...this.current.times, item.time] });
    else if (item.type === 'zone') this.update({ timeZone: item.timeZone });
    else if (item.type === 'fold') this.update({ fold: item.index });
    else if (item.type === 'soonest' || item.type === 'any time') this.update({ open: item.type });
    else if (item.type === 'latest' || (item.type === 'place' && item.index < 0))
      this.update({ latest: true });
    else if (item.type === 'or') this.startAlternative();
    else if (item.type === 'and' || item.type === 'comma') this.separate(item.type);
    else if (item.type === 'not' || item.type === 'except') this.exclude();
    else if (item.type === 'but' && this.takesAway()) this.exclude();
    else if (item.type === 'correction') this.correct();
  }

  /** Days side by side are one; so is the day that is said again behind its time. */
  private takeDays(wish: DayWish): void {
    const { days, times } = this.current;
    const last = days.at(-1);
    const before = this.items.slice(0, this.at - 1);
    const beside =
      before.findLast(({ type }) => !/^(?:comma|accepted)$/.test(type))?.type === 'days';
    const joins = last !== undefined && isPlain(last) && wish.bound === undefined;
    if (joins && (beside || (times.length > 0 && isPlain(wish))))
      this.update({
        days: [...days.slice(0, -1), { ...wish, atoms: [...last.atoms, ...wish.atoms] }],
      });
    else
      this.update({
        days: [...days, wish],
        ...(days.length === 0 && times.length > 0 ? { timesFirst: true } : {}),
      });
  }

  private startAlternative(): void {
    if (!isEmpty(this.current)) this.alternatives.push(NOTHING);
  }

  /** "monday at 2 and tuesday at 3": a day after a finished time starts an alternative. */
  private separate(type: 'and' | 'comma'): void {
    const { days, times } = this.current;
    const next = this.items[this.at];
    const last = times.at(-1);
    const day = next?.type === 'days' && (type === 'and' || next.days.atoms[0]?.sort !== 'span');
    const sort = next?.type === 'time' && next.time.sort === last?.sort ? next.time.sort : null;
    const finished = day && days.length > 0 && times.length > 0;
    // "Mornings on thursday, afternoons on friday".
    const ahead = next?.type === 'time' && this.items[this.at + 1]?.type === 'days';
    if (
      finished ||
      (ahead && this.current.timesFirst) ||
      sort === 'at' ||
      (sort === 'part' && type === 'and')
    )
      this.startAlternative();
  }

  private correct(): void {
    const rest = new WishReader(this.items.slice(this.at)).read();
    this.at = this.items.length;
    const replacesDays = rest.alternatives.some(({ days }) => days.length > 0);
    const replacesTimes = rest.alternatives.some(({ times }) => times.length > 0);
    if (rest.exclusions.length > 0 || replacesDays) this.exclusions = rest.exclusions;
    const kept = this.alternatives.find((one) => !isEmpty(one));
    if (!replacesDays && !replacesTimes) {
      if (rest.alternatives.length > 0 && kept === undefined)
        this.alternatives = [...rest.alternatives];
      return;
    }
    this.alternatives = rest.alternatives.map((one) => ({
      ...one,
      days: one.days.length > 0 ? one.days : (kept?.days ?? []),
      times: one.times.length > 0 || !replacesDays ? one.times : (kept?.times ?? []),
    }));
  }

  /** "Next week but thursday" takes Thursday away; "tuesday but wednesday is better" does not. */
  private takesAway(): boolean {
    const { open, days, times } = this.current;
    const next = this.items[this.at];
    if (next?.type === 'time') {
      // "Anything on thursday but three": a refused hour sounds like a wanted one.
      if (next.time.sort === 'at' && days.length > 0 && times.length === 0) throw notUnderstood();
      return open !== null && next.time.sort === 'part';
    }
    return (
      next?.type === 'days' &&
      next.days.bound === undefined &&
      (open !== null || days.some(isStretch))
    );
  }

  private exclude(): void {
    // "But not on tuesday at three" takes away just that, whatever was wanted before.
    const refusal = this.items[this.at - 1]?.type;
    const but = this.items[this.at - 2]?.type === 'but';
    const wanted = !but && this.alternatives.some((one) => !isEmpty(one));
    const { turned, taken, end } = readExclusion(this.items, this.at, wanted);
    this.at = end;
    for (const item of turned) this.take(item);
    const excluded = taken.length === 0 ? [] : readRefused(taken);
    // "Any day but friday next week" is about next week.
    const { open, days, times } = this.current;
    const isWhole = open === 'any time' || (times.length > 0 && refusal === 'except');
    const beside = isWhole ? excluded.at(-1)?.days[0]?.atoms[1] : undefined;
    if (beside?.sort === 'span' && days.length === 0) this.update({ days: [{ atoms: [beside] }] });
    this.exclusions = [...this.exclusions, ...excluded];
  }
}

function isStretch({ atoms }: DayWish): boolean {
  const last = atoms.at(-1);
  return last?.sort === 'workdays' || (last?.sort === 'span' && last.span.first < last.span.last);
}
