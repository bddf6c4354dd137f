import { inspect } from 'node:util';
import { OperatorError } from './operator-error.ts';

/**
 * Runs a program that a person or `npm start` waits for. What can be mended is said in one
 * sentence on standard error, anything else with where it was thrown; the exit code is then 1.
 *
 * @param explain words for errors that are no {@link OperatorError}; null where it has none
 */
export async function runProgram(
  work: () => Promise<void>,
  explain: (error: unknown) => string | null = () => null,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const sentence = error instanceof OperatorError ? error.message : explain(error);
    process.stderr.write(sentence === null ? `${inspect(error)}\n` : `✗ ${sentence}\n`);
    process.exitCode = 1;
  }
}
