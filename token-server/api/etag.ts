import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { Problem } from '../problem.ts';

/** Changes with whatever the answer says. */
export function etagOf(answer: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(answer)).digest('base64url');
  return `"${digest.slice(0, 22)}"`;
}

/**
 * Compares what an edit was made from with what stands now. A proxy that compresses answers calls their
 * ETags weak, and says nothing of what they mean: such a one is as good.
 *
 * @throws {Problem} nothing was named, or somebody changed it since
 */
export function requireMatch(request: Request, current: unknown): void {
  const named = request.headers['if-match'];
  if (named === undefined) {
    throw new Problem('if_match_required', 'Send the ETag of what you edit as If-Match.', {
      field: 'If-Match',
    });
  }
  const tags = named.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (tags.includes('*') || tags.includes(etagOf(current))) return;
  throw new Problem('changed_since', 'It was changed since you read it: read it again.', {
    field: 'If-Match',
  });
}
