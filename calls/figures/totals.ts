import type { Figure } from '../../db/figures/read-figures.ts';
import type { FigureName } from '../../db/figures/count-figures.ts';

/** Figures of one range, to be looked up. */
export class Totals {
  readonly #amounts = new Map<FigureName, Map<string, number>>();

  constructor(figures: readonly Figure[]) {
    for (const { name, key, amount } of figures) {
      const keys = this.#amounts.get(name) ?? new Map<string, number>();
      keys.set(key, (keys.get(key) ?? 0) + amount);
      this.#amounts.set(name, keys);
    }
  }

  /** 0 where nothing was counted. */
  of(name: FigureName, key = ''): number {
    return this.#amounts.get(name)?.get(key) ?? 0;
  }

  /** Over all keys. */
  all(name: FigureName): number {
    let sum = 0;
    for (const amount of this.keys(name).values()) sum += amount;
    return sum;
  }

  /** What was counted, by key. */
  keys(name: FigureName): ReadonlyMap<string, number> {
    return this.#amounts.get(name) ?? new Map<string, number>();
  }
}
