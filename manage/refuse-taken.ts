import { isUniqueViolation } from '../db/database-trouble.ts';
import { ManageError } from './manage-error.ts';

/**
 * Runs a write whose name or number the database allows once.
 * @throws {ManageError} it is taken
 */
export async function refuseTaken<Answer>(
  taken: { message: string; field: string },
  write: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await write();
  } catch (cause) {
    if (!isUniqueViolation(cause)) throw cause;
    throw new ManageError(taken.message, {
      field: taken.field,
      fault: 'taken',
      cause,
    });
  }
}
