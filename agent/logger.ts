import { pino } from 'pino';
import type { DestinationStream, LevelWithSilent, Logger } from 'pino';
import { describeError } from '../runtime/describe-error.ts';

/** JSON lines; of an error only what `describeError` lets through. */
export function createLogger(
  part: 'agent' | 'call' | 'console',
  level: LevelWithSilent,
  destination: DestinationStream = pino.destination(1),
): Logger {
  const options = { level, base: { part, pid: process.pid }, serializers: { err: describeError } };
  return pino(options, destination);
}
