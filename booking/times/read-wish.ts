import { notUnderstood } from './ask-back.ts';
import { ItemCursor } from './item-cursor.ts';
import { readBetween, readDays, readLimitedDay } from './read-days.ts';
import { readExclusion } from './read-exclusion.ts';
import { readClock, readLimitedClock } from './read-times.ts';
import { shareBetweenAlternatives } from './share-alternatives.ts';
import { takeBack } from './take-back.ts';
import { emptyAlternative, isEmpty } from './wish.ts';
import type { Alternative, DayWish, Wish } from './wish.ts';
import type { Bound, DayAtom, Item } from './items.ts';

/** Groups the items into a wish. Throws AskBack where a word of time is left without a meaning. */
export function readWish(items: readonly Item[]): Wish {
  const { kept, refused } = takeBack(items);
  const wish = new WishReader(kept).read();
  shareBetweenAlternatives(wish.alternatives);
  for (const clause of refused) wish.exclusions.push(...readRefused(clause));
  return wish;
}

/** A refused clause is read as a wish of its own; a refusal within one is beyond us. */
function readRefused(clause: readonly Item[]): Alternative[] {
  const { alternatives, exclusions } = new WishReader(clause).read();
  if (exclusions.length > 0 || alternatives.length === 0) throw notUnderstood();
  shareBetweenAlternatives(alternatives);
  return alternatives.flatMap((one) => eachDay(one).map((days) => ({ ...one, days })));
}

/** "Tuesday, wednesday and thursday" are taken away one by one, in every week that is open. */
function eachDay({ days }: Alternative): DayWish[][] {
  if (days.length === 0) return [[]];
  return days.flatMap((wish) => {
    const { atoms, until, bound } = wish;
    const list = until === undefined && bound === undefined;
    return list && atoms.every(({ sort }) => sort === 'weekday')
      ? atoms.map((atom) => [{ atoms: [atom] }])
      : [[wish]];
  });
}

/** Walks the items once; a correction ("no wait, wednesday") replaces what it names again. */
class WishReader {
  private readonly cursor: ItemCursor;
  private alternatives: Alternative[] = [emptyAlternative()];
  private exclusions: Alternative[] = [];

  constructor(items: readonly Item[]) {
    this.cursor = new ItemCursor(items);
  }

  read(): Wish {
    for (let item = this.cursor.peek(); item !== undefined; item = this.cursor.peek()) {
      this.cursor.skip();
      this.take(item);
    }
    return {
      alternatives: this.alternatives.filter((one) => !isEmpty(one)),
      exclusions: this.exclusions,
    };
  }

  private get current(): Alternative {
    return this.alternatives.at(-1) ?? emptyAlternative();
  }

  private take(item: Item): void {
    const { current } = this;
    if (item.type === 'odd') throw notUnderstood();
    if (item.type === 'day') this.takeDay(item.atom);
    else if (item.type === 'clock') current.times.push(readClock(item.clock, this.cursor));
    else if (item.type === 'time') current.times.push(item.time);
    else if (item.type === 'zone') current.timeZone = item.timeZone;
    else if (item.type === 'fold') current.fold = item.index;
    else if (item.type === 'soonest' || item.type === 'any time') current.open = item.type;
    else if (item.type === 'or') this.startAlternative();
    else if (item.type === 'and' || item.type === 'comma') this.separate(item.type);
    else if (item.type === 'not') this.exclude();
    else if (item.type === 'but' && this.takesAway()) this.exclude();
    else if (item.type === 'correction') this.correct();
    else if (item.type === 'operator') this.operate(item.operator);
  }

  /** "Tuesday at two, in three days": the day said again after the time belongs to the first. */
  private takeDay(atom: DayAtom): void {
    const { days, times } = this.current;
    if (days.length === 0 && times.length > 0) this.current.timesFirst = true;
    const wish = readDays(atom, this.cursor);
    const first = days.at(-1);
    const again = first !== undefined && first.until === undefined && first.bound === undefined;
    if (again && times.length > 0 && wish.until === undefined && wish.bound === undefined) {
      first.atoms.push(...wish.atoms);
    } else {
      days.push(wish);
    }
  }

  private startAlternative(): void {
    if (!isEmpty(this.current)) this.alternatives.push(emptyAlternative());
  }

  /** "monday at 2 and tuesday at 3": a day after a finished time starts an alternative. */
  private separate(type: 'and' | 'comma'): void {
    const { days, times } = this.current;
    const next = this.cursor.peek();
    const another = next?.type === 'day' && (type === 'and' || next.atom.sort !== 'span');
    const anotherTime = next?.type === 'clock' && times.at(-1)?.sort === 'at';
    const part =
      next?.type === 'time' && next.time.sort === 'part' && times.at(-1)?.sort === 'part';
    const finished = another && days.length > 0 && times.length > 0;
    if (finished || anotherTime || (part && type === 'and')) this.startAlternative();
  }

  private correct(): void {
    const rest = new WishReader(this.cursor.takeRest()).read();
    const replacesDays = rest.alternatives.some(({ days }) => days.length > 0);
    const replacesTimes = rest.alternatives.some(({ times }) => times.length > 0);
    if (rest.exclusions.length > 0) this.exclusions = rest.exclusions;
    else if (replacesDays) this.exclusions = [];
    if (!replacesDays && !replacesTimes) {
      if (rest.alternatives.length > 0 && isEmpty(this.current))
        this.alternatives = rest.alternatives;
      return;
    }
    const kept = this.alternatives.find((one) => !isEmpty(one)) ?? emptyAlternative();
    this.alternatives = rest.alternatives.map((one) => ({
      ...one,
      days: one.days.length > 0 ? one.days : kept.days,
      times: one.times.length > 0 || !replacesDays ? one.times : kept.times,
    }));
  }

  private operate(operator: Bound | 'between' | 'around' | 'at'): void {
    const next = this.cursor.peek();
    if (next?.type === 'operator') return;
    if (operator === 'between') return this.between();
    if (next?.type === 'clock') {
      this.cursor.skip();
      this.current.times.push(readLimitedClock(operator, next.clock, this.cursor));
    } else if (next?.type === 'day' && operator !== 'at' && operator !== 'around') {
      this.cursor.skip();
      this.current.days.push(readLimitedDay(operator, next.atom, this.cursor));
    } else if (
      next?.type === 'time' &&
      next.time.sort === 'same' &&
      (operator === 'after' || operator === 'before')
    ) {
      this.cursor.skip();
      this.current.times.push({ sort: operator === 'after' ? 'later' : 'earlier' });
    } else if ((operator === 'after' || operator === 'before') && next?.type !== 'soonest') {
      throw notUnderstood();
    }
  }

  private between(): void {
    const range = readBetween(this.cursor);
    if ('time' in range) this.current.times.push(range.time);
    else this.current.days.push(range.day);
  }

  /** "Next week but thursday" takes Thursday away; "tuesday but wednesday is better" does not. */
  private takesAway(): boolean {
    const { open, days, times } = this.current;
    const next = this.cursor.peek();
    if (next?.type === 'time') return open !== null && next.time.sort === 'part';
    // "Anything on thursday but three": a refused hour sounds like a wanted one.
    if (next?.type === 'clock' && days.length > 0 && times.length === 0) throw notUnderstood();
    if (next?.type !== 'day') return false;
    return open !== null || days.some(isStretch);
  }

  private exclude(): void {
    // "But not on tuesday at three" takes away just that, whatever was wanted before.
    const but = this.cursor.peek(-2)?.type === 'but';
    const wanted = !but && this.alternatives.some((one) => !isEmpty(one));
    const { days, times, excluded } = readExclusion(this.cursor, wanted);
    this.current.days.push(...days);
    this.current.times.push(...times);
    this.exclusions.push(...excluded);
  }
}

function isStretch({ atoms }: DayWish): boolean {
  const last = atoms.at(-1);
  return last?.sort === 'workdays' || (last?.sort === 'span' && last.span.first < last.span.last);
}
