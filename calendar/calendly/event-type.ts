import { z } from 'zod';
import { CalendarUnreachableError } from '../calendar-error.ts';
import type { CalendlyClient } from './client.ts';
import { readPages } from './read-pages.ts';

const QuestionSchema = z.object({
  name: z.string(),
  /** `string`, `text`, `phone_number`, `single_select`, `multi_select`. */
  type: z.string(),
  position: z.number(),
  enabled: z.boolean(),
  required: z.boolean(),
  answer_choices: z.array(z.string()).nullish(),
  /** Whether any other answer is taken beside the choices. */
  include_other: z.boolean().nullish(),
});

const PlaceSchema = z.object({ kind: z.string(), location: z.string().nullish() });

/** What is used of an event type. */
export const EventTypeSchema = z.object({
  uri: z.url(),
  name: z.string(),
  /** Null where its page has no address of its own. */
  slug: z.string().nullish(),
  active: z.boolean(),
  deleted_at: z.string().nullish(),
  /** Minutes. */
  duration: z.number().positive(),
  /** Lengths that who books on its page may choose from. */
  duration_options: z.array(z.number()).nullish(),
  /** `solo`, or `group` where several share a start. */
  kind: z.string(),
  /** `round_robin`, `collective` or `multi_pool`; null for an event type of one host. */
  pooling_type: z.string().nullish(),
  /** `instant`, or `poll` where times are voted for. */
  booking_method: z.string().nullish(),
  locations: z.array(PlaceSchema).nullish(),
  custom_questions: z.array(QuestionSchema).nullish(),
});

export type CalendlyEventType = z.infer<typeof EventTypeSchema>;
export type CalendlyQuestion = z.infer<typeof QuestionSchema>;

/** What it is called in addresses and by its operator. */
export function slugOf({ slug, uri }: Pick<CalendlyEventType, 'slug' | 'uri'>): string {
  return slug || idOf(uri);
}

/** The last part of a URI, by which the API names a thing in its paths. */
export function idOf(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}

/**
 * Every event type that a user has, those that are switched off too. One that is odd hides no other.
 * @param user URI
 * @throws {CalendarError}
 */
export async function readEventTypes(
  client: CalendlyClient,
  user: string,
): Promise<CalendlyEventType[]> {
  const listed = await listOwn(client, user);
  return listed.flatMap((each) => EventTypeSchema.safeParse(each).data ?? []);
}

/**
 * A user's event type of a slug, or of the id at the end of its URI; null where there is none.
 * @param user URI
 * @throws {CalendarUnreachableError} it is there, and cannot be read
 */
export async function findEventType(
  client: CalendlyClient,
  slug: string,
  user: string,
): Promise<CalendlyEventType | null> {
  const isMeant = (each: unknown): boolean => {
    const { slug: own, uri } = Object(each) as { slug?: unknown; uri?: unknown };
    return own === slug || (typeof uri === 'string' && idOf(uri) === slug);
  };
  const found = (await listOwn(client, user)).filter(isMeant);
  // A slug may stand again at one that was switched off or deleted.
  const parsed = found.map((each) => EventTypeSchema.safeParse(each));
  const usable = parsed.flatMap(({ data }) => data ?? []);
  const best = usable.find(({ active, deleted_at: gone }) => active && !gone) ?? usable[0];
  if (best) return best;
  if (found.length === 0) return null;
  throw new CalendarUnreachableError(`The event type "${slug}" of Calendly could not be read.`, {
    cause: parsed[0]?.error,
  });
}

function listOwn(client: CalendlyClient, user: string): Promise<unknown[]> {
  return readPages(client, { path: ['event_types'], query: { user } });
}
