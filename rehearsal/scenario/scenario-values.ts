import { z } from 'zod';
import { isTimeZone } from '../../runtime/given/time-zone.ts';

import { parsePattern, PatternError } from './pattern.ts';

/** A map whose unknown keys are refused with the list of those that are known. */
export function map<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `is not known here; known keys are ${known}`
        : `write a map with ${known}`,
  });
}

export const text = z
  .string({ error: 'write some text (in quotes when it looks like a number)' })
  .trim()
  .min(1, {
    error: 'write some text, it is empty',
  });

export const seconds = z
  .number({ error: 'write a number of seconds' })
  .positive({ error: 'write more than 0 seconds' })
  .max(300, { error: 'write at most 300 seconds' });

export const timeZone = text.refine(isTimeZone, {
  error: 'write an IANA time zone such as America/New_York',
});

export const pattern = text.transform((written, context) => {
  try {
    return parsePattern(written);
  } catch (error) {
    context.addIssue(error instanceof PatternError ? error.message : String(error));
    return z.NEVER;
  }
});
