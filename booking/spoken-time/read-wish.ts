import { AskBack } from './ask-back.ts';
import { emptyAlternative, isEmpty, NOT_UNDERSTOOD } from './wish.ts';
import { shareBetweenAlternatives } from './share-alternatives.ts';
import type { Alternative, DayWish, Wish } from './wish.ts';
import type { Bound, Clock, DayAtom, Item, TimeWish } from './items.ts';

/** Groups the items into a wish. Throws AskBack where a word of time is left without a meaning. */
export function readWish(items: readonly Item[]): Wish {
  const wish = new WishReader(items).read();
  shareBetweenAlternatives(wish.alternatives);
  return wish;
}

/** Walks the items once; a correction ("no wait, wednesday") replaces what it names again. */
class WishReader {
  private readonly items: readonly Item[];
  private position = 0;
  private alternatives: Alternative[] = [emptyAlternative()];
  private exclusions: Alternative[] = [];

  constructor(items: readonly Item[]) {
    this.items = items;
  }

  read(): Wish {
    for (
      let item = this.items[this.position];
      item !== undefined;
      item = this.items[this.position]
    ) {
      this.position += 1;
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

  private peek(ahead = 0): Item | undefined {
    return this.items[this.position + ahead];
  }

  private take(item: Item): void {
    const { current } = this;
    if (item.type === 'odd')
      throw new AskBack({ reason: 'not-understood', question: NOT_UNDERSTOOD });
    if (item.type === 'day') this.takeDay(item.atom);
    else if (item.type === 'clock') current.times.push(this.clockTime(item.clock));
    else if (item.type === 'time') current.times.push(item.time);
    else if (item.type === 'zone') current.timeZone = item.timeZone;
    else if (item.type === 'fold') current.fold = item.index;
    else if (item.type === 'soonest' || item.type === 'any time') current.open = item.type;
    else if (item.type === 'or') this.startAlternative();
    else if (item.type === 'and' || item.type === 'comma') this.separate(item.type);
    else if (item.type === 'not') this.exclude();
    else if (item.type === 'but' && current.open !== null && this.peek()?.type === 'day')
      this.exclude();
    else if (item.type === 'correction') this.correct();
    else if (item.type === 'operator') this.operate(item.operator);
  }

  /** "Tuesday at two, in three days": the day said again after the time belongs to the first. */
  private takeDay(atom: DayAtom): void {
    const { days, times } = this.current;
    const wish = this.dayWish(atom);
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
    const next = this.peek();
    const another = next?.type === 'day' && (type === 'and' || next.atom.sort !== 'span');
    const anotherTime = next?.type === 'clock' && type === 'and' && times.at(-1)?.sort === 'at';
    const part =
      next?.type === 'time' && next.time.sort === 'part' && times.at(-1)?.sort === 'part';
    const finished = another && days.length > 0 && times.length > 0;
    if (finished || anotherTime || (part && type === 'and')) this.startAlternative();
  }

  private correct(): void {
    const rest = new WishReader(this.items.slice(this.position)).read();
    this.position = this.items.length;
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

  private clockTime(clock: Clock): TimeWish {
    const next = this.peek();
    const then = this.peek(1);
    if (next !== undefined && isUntil(next) && then?.type === 'clock') {
      this.position += 2;
      return { sort: 'between', from: clock, to: then.clock };
    }
    if (next?.type === 'onwards' || next?.type === 'or before') {
      this.position += 1;
      return { sort: next.type === 'onwards' ? 'after' : 'before', clock };
    }
    return { sort: 'at', clock, around: false };
  }

  /** Days side by side; the atoms are joined, or told apart, when they are settled. */
  private dayWish(first: DayAtom): DayWish {
    const atoms = [first, ...this.adjacentDays()];
    const next = this.peek();
    const then = this.peek(1);
    if (next !== undefined && isUntil(next) && then?.type === 'day') {
      this.position += 2;
      return { atoms, until: [then.atom, ...this.adjacentDays()] };
    }
    if (next?.type === 'onwards') {
      this.position += 1;
      return { atoms, bound: 'from' };
    }
    return { atoms };
  }

  private adjacentDays(): DayAtom[] {
    const atoms: DayAtom[] = [];
    for (;;) {
      const comma = this.peek()?.type === 'comma' ? 1 : 0;
      const next = this.peek(comma);
      if (next?.type !== 'day') return atoms;
      this.position += comma + 1;
      atoms.push(next.atom);
    }
  }

  private operate(operator: Bound | 'between' | 'around' | 'at'): void {
    const next = this.peek();
    if (next?.type === 'operator') return;
    if (operator === 'between') return this.between();
    if (next?.type === 'clock') {
      this.position += 1;
      this.current.times.push(this.limitedClock(operator, next.clock));
    } else if (next?.type === 'day' && operator !== 'at' && operator !== 'around') {
      this.position += 1;
      this.current.days.push(this.limitedDay(operator, next.atom));
    } else if (
      next?.type === 'time' &&
      next.time.sort === 'same' &&
      (operator === 'after' || operator === 'before')
    ) {
      this.position += 1;
      this.current.times.push({ sort: operator === 'after' ? 'later' : 'earlier' });
    } else if ((operator === 'after' || operator === 'before') && next?.type !== 'soonest') {
      throw new AskBack({ reason: 'not-understood', question: NOT_UNDERSTOOD });
    }
  }

  private limitedClock(operator: Bound | 'around' | 'at', clock: Clock): TimeWish {
    if (operator === 'around') return { sort: 'at', clock, around: true };
    const time = this.clockTime(clock);
    if (time.sort !== 'at' || operator === 'at') return time;
    return { sort: operator === 'after' || operator === 'from' ? 'after' : 'before', clock };
  }

  private limitedDay(bound: Bound, atom: DayAtom): DayWish {
    const wish = this.dayWish(atom);
    if (wish.until !== undefined) return wish;
    const at = this.peek()?.type === 'operator' ? 1 : 0;
    const clock = this.peek(at);
    const operator = this.peek();
    if (
      clock?.type === 'clock' &&
      (at === 0 || (operator?.type === 'operator' && operator.operator === 'at'))
    ) {
      this.position += at + 1;
      return { ...wish, bound, boundClock: clock.clock };
    }
    return { ...wish, bound };
  }

  private between(): void {
    const first = this.peek();
    this.position += 1;
    if (first?.type === 'clock') {
      const [joint, second] = [this.peek(), this.peek(1)];
      if (
        joint !== undefined &&
        (joint.type === 'and' || isUntil(joint)) &&
        second?.type === 'clock'
      ) {
        this.position += 2;
        this.current.times.push({ sort: 'between', from: first.clock, to: second.clock });
        return;
      }
    } else if (first?.type === 'day') {
      const atoms = [first.atom, ...this.adjacentDays()];
      const [joint, second] = [this.peek(), this.peek(1)];
      if (
        joint !== undefined &&
        (joint.type === 'and' || isUntil(joint)) &&
        second?.type === 'day'
      ) {
        this.position += 2;
        this.current.days.push({ atoms, until: [second.atom, ...this.adjacentDays()] });
        return;
      }
    }
    throw new AskBack({ reason: 'not-understood', question: NOT_UNDERSTOOD });
  }

  /** "not before 10" is "after 10"; "not monday or tuesday morning" takes those times away. */
  private exclude(): void {
    const next = this.peek();
    const then = this.peek(1);
    const limit = next?.type === 'operator' ? next.operator : null;
    if ((limit === 'before' || limit === 'after') && then?.type === 'clock') {
      this.position += 2;
      this.current.times.push({ sort: limit === 'before' ? 'after' : 'before', clock: then.clock });
    } else if ((limit === 'before' || limit === 'after') && then?.type === 'day') {
      this.position += 2;
      this.current.days.push({ atoms: [then.atom], bound: limit === 'before' ? 'from' : 'by' });
    } else {
      while (this.excludeOne()) {
        const joint = this.peek()?.type;
        const after = this.peek(1)?.type;
        const goesOn = (joint === 'or' || joint === 'and') && (after === 'day' || after === 'time');
        if (!goesOn) return;
        this.position += 1;
      }
    }
  }

  private excludeOne(): boolean {
    if (this.peek()?.type === 'operator') this.position += 1;
    const item = this.peek();
    const excluded = emptyAlternative();
    if (item?.type === 'day') {
      this.position += 1;
      excluded.days.push({ atoms: [item.atom, ...this.sameDay(item.atom)] });
      const part = this.peek();
      if (part?.type === 'time' && part.time.sort === 'part') {
        this.position += 1;
        excluded.times.push(part.time);
      }
    } else if (item?.type === 'time' && item.time.sort === 'part') {
      this.position += 1;
      excluded.times.push(item.time);
    } else if (item?.type === 'clock') {
      this.position += 1;
      excluded.times.push({ sort: 'at', clock: item.clock, around: false });
    } else {
      return false;
    }
    this.exclusions.push(excluded);
    return true;
  }

  /** "Not tuesday, wednesday" wants Wednesday; "not on tuesday, november 24" is one day. */
  private sameDay(atom: DayAtom): DayAtom[] {
    const comma = this.peek()?.type === 'comma' ? 1 : 0;
    const next = this.peek(comma);
    if (atom.sort !== 'weekday' || next?.type !== 'day') return [];
    const dated = next.atom.sort === 'date' || next.atom.sort === 'monthday';
    if (!dated && (comma === 1 || next.atom.sort !== 'span')) return [];
    this.position += comma + 1;
    return [next.atom];
  }
}

function isUntil(item: Item): boolean {
  return item.type === 'to' || (item.type === 'operator' && item.operator === 'by');
}
