import { json } from 'express';
import type { RequestHandler } from 'express';
import { ApiError } from '../errors.ts';

/** Lists and objects within each other: far more than any request has. */
const MOST_LEVELS = 32;

/**
 * Reads a body of JSON, not compressed, of so many bytes at most. One that is nested by the thousand is
 * refused: whatever walks it by calling itself, JSON.stringify among it, runs out of stack.
 */
export function readJson(limit: string): RequestHandler[] {
  return [
    json({ limit, inflate: false }),
    (request, _response, next) => {
      if (!isDeep(request.body)) {
        next();
        return;
      }
      const message = `must be nested ${MOST_LEVELS} levels deep at most`;
      throw new ApiError('invalid_request', message, { field: 'body' });
    },
  ];
}

function isDeep(body: unknown): boolean {
  let level = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST_LEVELS) return true;
    level = level.flatMap((each): unknown[] =>
      typeof each === 'object' && each !== null ? Object.values(each) : [],
    );
  }
  return false;
}
