import type { CalendarInput } from '../../manage/calendar-wish.ts';
import { ManageError } from '../../manage/manage-error.ts';

/**
 * Does something with what was given of a calendar. A setting at fault is named as the request has it,
 * among the settings.
 */
export async function namedAmongSettings<T>(
  settings: Readonly<Record<string, unknown>>,
  stated: CalendarInput,
  work: (input: CalendarInput) => Promise<T>,
): Promise<T> {
  try {
    return await work({ ...settings, ...stated });
  } catch (error) {
    if (!(error instanceof ManageError) || error.field === null) throw error;
    const [name = ''] = error.field.split('.');
    if (!Object.hasOwn(settings, name) || Object.hasOwn(stated, name)) throw error;
    const { message, field, fault } = error;
    throw new ManageError(message, { field: `settings.${field}`, fault, cause: error });
  }
}
