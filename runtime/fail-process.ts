import { createLogger } from './logger.ts';
import type { LoggedPart } from './logger.ts';
import { OperatorError } from './operator-error.ts';

/**
 * Ends a process that cannot go on, with one line in its log: the sentence of an
 * {@link OperatorError} or of `explain`, and of any other error where it was thrown.
 *
 * @param explain words for errors that are no {@link OperatorError}; null where it has none
 */
export function failProcess(
  part: LoggedPart,
  error: unknown,
  otherwise: string,
  explain: (error: unknown) => string | null = () => null,
): never {
  const logger = createLogger(part, 'info');
  const sentence = error instanceof OperatorError ? error.message : explain(error);
  if (sentence === null) logger.fatal({ err: error }, otherwise);
  else logger.fatal(sentence);
  // Not only the exit code: connections that were opened would keep the process waiting.
  process.exit(1);
}
