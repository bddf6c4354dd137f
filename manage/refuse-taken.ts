import { isUniqueViolation } from '../db/database-trouble.ts';
import { ManageError } from './manage-error.ts';

/**
 * Runs a write whose name or number the database allows once.
 * @throws {ManageError} it is taken
 */
export async function refuseTaken(
  taken: { message: string; field: string },
  write: () => Promise<unknown>,
): Promise<void> {
  try {
    await write();
  } catch (cause) {
    if (!isUniqueViolation(cause)) throw cause;
    throw new ManageError(taken.message, {
      field: taken.field,
      fault: 'taken',
      cause,
    });
  }
}
