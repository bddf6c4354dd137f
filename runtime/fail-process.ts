import { createLogger } from './logger.ts';
import type { LoggedPart } from './logger.ts';
import { OperatorError } from './operator-error.ts';

/**
 * Ends a process that cannot go on, with one line in its log: the sentence of an
 * {@link OperatorError}, and of any other error where it was thrown.
 */
export function failProcess(part: LoggedPart, error: unknown, otherwise: string): never {
  const logger = createLogger(part, 'info');
  if (error instanceof OperatorError) logger.fatal(error.message);
  else logger.fatal({ err: error }, otherwise);
  // Not only the exit code: connections that were opened would keep the process waiting.
  process.exit(1);
}
