import { ManageError } from '../manage-error.ts';

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

/**
 * The same where the key is the id of a row, from whose place the list goes on. A row that is gone has
 * no place: who removes what they read would take the rest of the list for its end.
 *
 * @throws {ManageError} it is gone
 */
export async function readPageBehindRow<Item>(
  page: PageOf<string>,
  read: (after: string | null, limit: number) => Promise<Item[]>,
): Promise<Page<Item>> {
  const found = await readPage(page, read);
  // A part before names its end where something follows.
  if (page.after === null || found.items.length > 0) return found;
  throw new ManageError('The item where the part before ended is gone: begin anew.', {
    field: 'after',
  });
}
