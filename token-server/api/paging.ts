import { z } from 'zod';
import type { Page } from '../../manage/accounts/page.ts';

/** How a list is asked for: so many, from behind what the part before ended with. */
export function pageQuery<Key extends z.ZodType<string, string>>(key: Key) {
  return z.strictObject({
    limit: z
      .string()
      .regex(/^[1-9]\d{0,2}$/, 'must be a whole number from 1 to 200')
      .transform(Number)
      .pipe(z.int().max(200, 'must be 200 at most'))
      .default(50)
      .meta({ description: 'Items at most, 200 or fewer; 50 unless given.' }),
    after: z
      .string()
      .max(400, 'must be the `next` of an answer')
      .transform((cursor) => Buffer.from(cursor, 'base64url').toString('utf8'))
      .pipe(key)
      .optional()
      .meta({ description: 'The `next` of the part before.' }),
  });
}

/** Keys of lists: what an item is found by, checked since it comes from outside. */
export const UuidKey = z.uuid('must be the `next` of an answer');
export const CountKey = z.string().regex(/^\d{1,18}$/, 'must be the `next` of an answer');
/** An instant, and the id of what is found by it: {@link instantKey}. */
export const InstantKey = z
  .string()
  .regex(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z~[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/,
    'must be the `next` of an answer',
  )
  .refine((key) => !Number.isNaN(Date.parse(key.slice(0, 24))), 'must be the `next` of an answer');
export const TextKey = z
  .string()
  // PostgreSQL takes no NUL in a text.
  .regex(/^[^\0]{1,300}$/, 'must be the `next` of an answer');

/** Of what is found by an instant, to the millisecond. */
export function instantKey(at: Date, id: string): string {
  return `${at.toISOString()}~${id}`;
}

export function readInstantKey(key: string): { at: Date; id: string } {
  return { at: new Date(key.slice(0, 24)), id: key.slice(25) };
}

/** The answer of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next: z
      .string()
      .nullable()
      .meta({ description: 'Sent as `after` for what follows; null: nothing does.' }),
  });
}

/** @param keyOf what an item is found by, for the next part */
export function presentPage<Item, Shown>(
  { items, hasMore }: Page<Item>,
  present: (item: Item) => Shown,
  keyOf: (item: Item) => string,
): { items: Shown[]; next: string | null } {
  const last = items.at(-1);
  return {
    items: items.map(present),
    next: hasMore && last ? Buffer.from(keyOf(last)).toString('base64url') : null,
  };
}
