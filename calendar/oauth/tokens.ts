import { z } from 'zod';
import type { TokenSource } from './token-source.ts';

/** What an authorization server gave, as it is stored, sealed. */
export const TokensSchema = z.object({
  accessToken: z.string(),
  /** Null where there is none that could be used again. */
  refreshToken: z.string().nullable(),
  /** Milliseconds since 1970; null where the server did not say. */
  expiresAt: z.number().nullable(),
  /** What was granted, by names with spaces between; null where the server did not say. */
  scope: z.string().nullable(),
});

export type Tokens = z.infer<typeof TokensSchema>;

/** Milliseconds before its end in which a token is not begun with any more. */
const MARGIN = 60_000;

/** Whether the access token can be used for a minute more, as far as the server said. */
export function holds({ expiresAt }: Tokens, now: Date): boolean {
  return expiresAt === null || expiresAt - MARGIN > now.getTime();
}

/** Tokens that were just given and are not stored yet: nobody else has them, and they are new. */
export function freshTokens({ accessToken }: Tokens): TokenSource {
  const answer = () => Promise.resolve(accessToken);
  return { accessToken: answer, renew: answer };
}
