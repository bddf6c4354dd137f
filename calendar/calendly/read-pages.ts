import { z } from 'zod';
import { CalendarUnreachableError } from '../calendar-error.ts';
import type { CalendlyClient, CalendlyRequest, ReadLimits } from './client.ts';

const PageAnswer = z.object({
  collection: z.array(z.unknown()),
  pagination: z.object({ next_page_token: z.string().nullish(), next_page: z.string().nullish() }),
});

/** Calendly refuses more. */
const PAGE = 100;
/** Pages beyond which a list is refused rather than cut short: absence must be proved. */
const MOST_PAGES = 30;

/**
 * A whole list, to its last page, as it came: one entry that is odd hides no other.
 * @throws {CalendarError}
 */
export async function readPages(
  client: CalendlyClient,
  { path, query }: Pick<CalendlyRequest<z.ZodType>, 'path' | 'query'>,
  limits: ReadLimits = {},
): Promise<unknown[]> {
  const entries: unknown[] = [];
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { collection, pagination } = await client.call({
      method: 'GET',
      path,
      query: { ...query, count: PAGE, page_token: token },
      answer: PageAnswer,
      ...limits,
    });
    entries.push(...collection);
    const next = nextToken(pagination);
    if (next === null) return entries;
    token = next;
  }
  throw new CalendarUnreachableError(
    `More than ${MOST_PAGES * PAGE} entries match: too many to look through.`,
  );
}

/** The token alone: an address from an answer would be sent the key, wherever it leads. */
function nextToken({
  next_page_token: token,
  next_page: page,
}: z.infer<typeof PageAnswer>['pagination']): string | null {
  if (token) return token;
  if (!page) return null;
  const named = URL.canParse(page) ? new URL(page).searchParams.get('page_token') : null;
  if (named) return named;
  throw new CalendarUnreachableError('A list of Calendly goes on, and does not say where.');
}
