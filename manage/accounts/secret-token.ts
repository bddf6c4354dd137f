import { createHash, randomBytes } from 'node:crypto';

/** A secret that is shown once, and what is kept of it. */
export interface SecretToken {
  token: string;
  digest: string;
}

/** 256 random bits, written so that they survive a link. */
export function makeSecretToken(prefix = ''): SecretToken {
  const token = `${prefix}${randomBytes(32).toString('base64url')}`;
  return { token, digest: digestToken(token) };
}

/** What a token is found by: from the digest of so many random bits nobody finds them. */
export function digestToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
