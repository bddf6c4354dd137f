import { pino } from 'pino';
import type { DestinationStream, LevelWithSilent, Logger } from 'pino';
import { describeError } from '../runtime/describe-error.ts';

/**
 * JSON lines on stdout. Errors are logged by an allow-list: a database error carries rows of other
 * people in its further fields, and those stay out.
 */
export function createLogger(level: LevelWithSilent, destination?: DestinationStream): Logger {
  const options = { name: 'token-server', level, serializers: { err: describeError } };
  return destination ? pino(options, destination) : pino(options);
}
