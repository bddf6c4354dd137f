import { loadEnvFile } from 'node:process';
import { OperatorError } from './operator-error.ts';

/**
 * Reads `.env` of the working directory into the environment, where there is one.
 *
 * @throws {OperatorError} when it is there and cannot be read
 */
export function loadOwnEnvFile(): void {
  try {
    loadEnvFile('.env');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return;
    throw new OperatorError(
      `.env cannot be read (${code ?? String(error)}): make it a file that you may read, or move it away.`,
    );
  }
}
