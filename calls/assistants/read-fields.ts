import { z } from 'zod';

/** Longer ids and names are nobody's. */
const LONGEST_ID = 200;
/** Of a person's or a business's number, as it is written. */
const LONGEST_NUMBER = 100;

/** An id that a platform gives; undefined where it is none. */
export const Id = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(
    z
      .string()
      .min(1)
      .max(LONGEST_ID)
      .regex(/^[^\p{Cc}\p{Cs}]+$/u),
  )
  .optional()
  .catch(undefined);

export const NumberText = z.string().max(LONGEST_NUMBER).nullish().catch(undefined);

/** Any object; undefined where it is none. */
export const Anything = z.record(z.string(), z.unknown()).optional().catch(undefined);

/** An instant as ISO text or milliseconds; null where it is none. */
export const MaybeInstant = z
  .union([z.string(), z.number()])
  .transform((written) => new Date(written))
  .refine((date) => !Number.isNaN(date.getTime()))
  .nullish()
  .catch(null)
  .transform((date) => date ?? null);

/**
 * The arguments of a function: an object, or one as JSON text. Null where they cannot be read: nothing
 * is done then, and never something without them.
 */
export function readArguments(given: unknown): Record<string, unknown> | null {
  if (given === undefined || given === null || given === '') return {};
  if (typeof given === 'string') {
    try {
      return toObject(JSON.parse(given));
    } catch {
      return null;
    }
  }
  return toObject(given);
}

function toObject(value: unknown): Record<string, unknown> | null {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : null;
}

/** A word of the platform's for why a call ended, with nothing in it but letters, digits and dashes. */
export function endWord(text: unknown): string {
  const word = typeof text === 'string' ? text.toLowerCase() : '';
  return /^[a-z0-9._-]{1,120}$/.test(word) ? word : 'unknown';
}
