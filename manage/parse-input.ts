import { z } from 'zod';
import { withoutInvisible } from '../runtime/given/invisible-characters.ts';
import { ManageError } from './manage-error.ts';

/** A name that people read: of a business, an agent, an event. */
export const NameSchema = z
  .string()
  .transform(withoutInvisible)
  .pipe(
    z
      .string()
      .trim()
      .min(1, 'must not be empty')
      .max(100, 'must have 100 characters at most')
      .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'must be one line of printable characters'),
  );

/** Text of several lines, of what PostgreSQL can keep: no NUL, and no half of a surrogate pair. */
export const TextSchema = z
  .string()
  .regex(/^[^\0\p{Cs}]*$/u, 'must be text, without NUL and without half characters')
  .trim();

/**
 * Reads what an operator gave; a field that is undefined counts as not given.
 * @throws {ManageError} naming the first field at fault
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: Readonly<Record<string, unknown>>,
): z.infer<Schema> {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.map(String).join('.') ?? '';
  // The schemas say what a value must be; where there is none, that is what is wrong.
  const isMissing = issue?.code === 'invalid_type' && input[field] === undefined;
  const own = issue?.message ?? 'cannot be used';
  const message = isMissing && !own.startsWith('is missing') ? 'is missing' : own;
  throw new ManageError(message, field === '' ? {} : { field });
}
