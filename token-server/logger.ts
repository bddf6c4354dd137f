import { pino } from 'pino';
import type { DestinationStream, LevelWithSilent, Logger } from 'pino';

/**
 * JSON lines on stdout. Errors are logged by an allow-list: a database error carries rows of other
 * people in its further fields, and those stay out.
 */
export function createLogger(level: LevelWithSilent, destination?: DestinationStream): Logger {
  const options = { name: 'token-server', level, serializers: { err: describeError } };
  return destination ? pino(options, destination) : pino(options);
}

interface ErrorDescription {
  name: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: ErrorDescription;
}

/** What a log may say of an error: name, message, code, stack and the chain of causes (4 deep). */
export function describeError(error: unknown, depth = 4): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error, message: 'not an Error was thrown' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    name: error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(error.cause === undefined || depth === 0
      ? {}
      : { cause: describeError(error.cause, depth - 1) }),
  };
}
