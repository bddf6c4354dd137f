import type { RequestHandler } from 'express';
import { ApiError } from '../errors.ts';
import type { RateLimiter } from '../rate-limiter.ts';
import { addressOf } from '../visitor-address.ts';

/** Answers 429 with Retry-After, in whole seconds, when the visitor's address asked too often. */
export function rateLimit(limiter: RateLimiter): RequestHandler {
  return async (request, _response, next) => {
    const wait = await limiter.take(addressOf(request));
    if (wait === 0) {
      next();
      return;
    }
    const seconds = Math.ceil(wait / 1_000);
    throw new ApiError(
      'too_many_requests',
      `Too many requests came from this address. Try again in ${seconds} s.`,
      { headers: { 'Retry-After': String(seconds) } },
    );
  };
}
