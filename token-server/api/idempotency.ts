import { createHash } from 'node:crypto';
import type { Request } from 'express';
import type { StoredAnswer } from '../../db/accounts/idempotent-answers.ts';
import type { Actor } from '../../manage/accounts/authorize.ts';
import { Problem } from '../problem.ts';

/** What is sent, and kept for a request that comes again. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** A request by the name that its sender gave it. */
export interface KeyedRequest {
  owner: string;
  key: string;
  requestDigest: string;
}

const FIELD = 'Idempotency-Key';

/**
 * Reads how a request is named; null where it is not.
 * @throws {Problem} the name cannot be used, or the route takes none
 */
export function readKey(
  route: { isIdempotent: boolean },
  request: Request,
  actor: Actor,
): KeyedRequest | null {
  const key = request.get(FIELD);
  if (key === undefined) return null;
  if (!route.isIdempotent) {
    throw new Problem('invalid_request', 'This answer has a secret in it and is not kept.', {
      field: FIELD,
    });
  }
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new Problem('invalid_request', 'must be up to 200 printable characters', {
      field: FIELD,
    });
  }
  return { owner: `${actor.kind} ${actor.id}`, key, requestDigest: digestOf(request) };
}

/**
 * What was answered to the same request before; null where it has no answer yet.
 * @throws {Problem} the key was used for another one
 */
export function replay(stored: StoredAnswer, { requestDigest }: KeyedRequest): Answer | null {
  if (stored.requestDigest !== requestDigest) throw keyReused();
  const { status, headers, body } = stored;
  if (status === null) return null;
  return { status, headers: { ...headers, 'Idempotency-Replayed': 'true' }, body };
}

export function keyReused(): Problem {
  return new Problem('idempotency_key_reused', 'This key was used for another request.', {
    field: FIELD,
  });
}

function digestOf(request: Request): string {
  const { method, path } = request;
  return createHash('sha256')
    .update(JSON.stringify([method, path, request.body ?? null]))
    .digest('base64url');
}
