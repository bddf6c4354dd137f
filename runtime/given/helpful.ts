import type { z } from 'zod';

/**
 * A field that only helps, such as a visitor's name: one that is missing, of another type, or that the
 * schema refuses counts as not given, and never costs the whole.
 */
export function helpful<T>(schema: z.ZodType<T, string>) {
  return schema.optional().catch(undefined);
}
