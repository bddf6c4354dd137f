import { pino } from 'pino';
import type { DestinationStream, LevelWithSilent, Logger } from 'pino';
import { describeError } from './describe-error.ts';

export type { Logger } from 'pino';

/** The process or the part of one that writes: a job process of the agent is a `call`. */
export type LoggedPart = 'agent' | 'call' | 'console' | 'jobs' | 'rehearser' | 'token-server';

/**
 * JSON lines; of an error only what `describeError` lets through, since a database error carries
 * rows of people in its further fields.
 *
 * @param destination stdout by default
 */
export function createLogger(
  part: LoggedPart,
  level: LevelWithSilent,
  destination: DestinationStream = pino.destination(1),
): Logger {
  const base = { part, pid: process.pid };
  return pino({ level, base, serializers: { err: describeError } }, destination);
}

/** Writes the line that `npm start` waits for; at every level, or it would wait in vain. */
export function announceReady(logger: Logger, facts: Record<string, unknown> = {}): void {
  logger.child({}, { level: 'info' }).info(facts, 'ready');
}
