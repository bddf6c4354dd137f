import type { Item } from './items.ts';

/** A place among the items, which all readers of one phrase share. */
export class ItemCursor {
  private readonly items: readonly Item[];
  private position = 0;

  constructor(items: readonly Item[]) {
    this.items = items;
  }

  /** The item so far ahead, 0 for the next; negative numbers look back. */
  peek(ahead = 0): Item | undefined {
    return this.items[this.position + ahead];
  }

  skip(count = 1): void {
    this.position += count;
  }

  /** Everything that is left; the cursor stands at the end afterwards. */
  takeRest(): Item[] {
    const rest = this.items.slice(this.position);
    this.position = this.items.length;
    return rest;
  }
}

/** "To", "until": what may stand between the two ends of a range. */
export function isUntil(item: Item | undefined): boolean {
  return item?.type === 'to' || (item?.type === 'operator' && item.operator === 'by');
}

export function isJoint(item: Item | undefined): boolean {
  return item?.type === 'or' || item?.type === 'and';
}
