import { invalidArgument } from './calendly-error.ts';
import type { Answer } from './call.ts';

const USUAL = 20;
const MOST = 100;

/** A part of a list, and how to ask for the next: the token names where it begins. */
export function page(path: string, query: URLSearchParams, all: readonly object[]): Answer {
  const count = Number(query.get('count') ?? USUAL);
  if (!Number.isInteger(count) || count < 1 || count > MOST) {
    throw invalidArgument({ parameter: 'count', message: `must be between 1 and ${MOST}` });
  }
  const token = query.get('page_token');
  const from = token === null ? 0 : Number(Buffer.from(token, 'base64url').toString());
  if (!Number.isInteger(from)) {
    throw invalidArgument({ parameter: 'page_token', message: 'is invalid' });
  }
  const collection = all.slice(from, from + count);
  const isLast = from + count >= all.length;
  const next = isLast ? null : Buffer.from(String(from + count)).toString('base64url');
  return {
    status: 200,
    body: {
      collection,
      pagination: {
        count: collection.length,
        next_page:
          next === null
            ? null
            : `https://api.calendly.com${path}?count=${count}&page_token=${next}`,
        previous_page: null,
        next_page_token: next,
        previous_page_token: null,
      },
    },
  };
}
