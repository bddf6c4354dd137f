/** A part of a list, by what the last item of the part before is found by. */
export interface PageOf<Key> {
  after: Key | null;
  limit: number;
}

export interface Page<Item> {
  items: Item[];
  /** Whether there are more. */
  hasMore: boolean;
}

/** @param read answers so many rows at most, from behind the key on */
export async function readPage<Key, Item>(
  { after, limit }: PageOf<Key>,
  read: (after: Key | null, limit: number) => Promise<Item[]>,
): Promise<Page<Item>> {
  const rows = await read(after, limit + 1);
  return { items: rows.slice(0, limit), hasMore: rows.length > limit };
}
