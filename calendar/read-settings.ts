import { z } from 'zod';
import { CalendarConfigurationError } from './calendar-error.ts';

/**
 * Reads the settings of a connection by its provider's schema.
 * @throws {CalendarConfigurationError} naming each setting that is wrong
 */
export function readSettings<Schema extends z.ZodType>(
  schema: Schema,
  settings: unknown,
): z.infer<Schema> {
  const parsed = schema.safeParse(settings);
  if (parsed.success) return parsed.data;
  throw new CalendarConfigurationError(
    `The settings of the calendar connection are wrong: ${z.prettifyError(parsed.error)}`,
  );
}
