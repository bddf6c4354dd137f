import { z } from 'zod';
import { CalendarSetupError, RequestRefusedError } from '../calendar-error.ts';
import type { CalcomClient } from './client.ts';
import { EventTypeSchema, findEventType } from './event-type.ts';
import type { CalcomEventType } from './event-type.ts';
import { refuseUnsupported } from './refuse-unsupported.ts';
import { setupError } from './setup-error.ts';

/** Whose key it is. */
export interface CalcomAccount {
  username: string;
  email: string;
  /** IANA. */
  timeZone: string;
}

const MeAnswer = z.object({
  data: z.object({
    username: z.string().nullish(),
    email: z.string(),
    timeZone: z.string(),
    organization: z.object({ isPlatform: z.boolean().optional() }).nullish(),
  }),
});
const SchedulesAnswer = z.object({
  data: z.array(
    z.object({
      name: z.string(),
      timeZone: z.string(),
      availability: z.array(z.object({ days: z.array(z.string()) })).nullish(),
    }),
  ),
});
const EventTypeAnswer = z.object({ data: EventTypeSchema });

/**
 * Who the key belongs to.
 * @throws {CalendarSetupError} `key-refused`, `key-without-rights`, or `not-supported` for a user
 *   managed by a platform plan, which Cal.com closed to new customers
 */
export async function readAccount(client: CalcomClient): Promise<CalcomAccount> {
  const { data } = await client
    .call({ method: 'GET', path: ['me'], answer: MeAnswer })
    .catch(refuseNameless);
  const { organization, username, ...account } = data;
  if (organization?.isPlatform) {
    throw setupError(
      'not-supported',
      'The key belongs to a managed user of a platform plan. Use the API key of an ordinary Cal.com account.',
    );
  }
  if (!username) throw nameless();
  return { ...account, username };
}

/** Cal.com itself refuses to show an account that has no user name. */
function refuseNameless(error: unknown): never {
  throw error instanceof RequestRefusedError ? nameless(error) : error;
}

function nameless(cause?: RequestRefusedError): CalendarSetupError {
  const facts = 'The account has no user name yet: choose one in Cal.com under Settings, Profile.';
  return setupError('not-supported', facts, cause ? { cause } : {});
}

/**
 * The working hours of the key's owner.
 * @throws {CalendarSetupError} `no-availability`
 */
export async function readSchedules(
  client: CalcomClient,
): Promise<{ name: string; timeZone: string }[]> {
  const { data } = await client.call({
    method: 'GET',
    path: ['schedules'],
    answer: SchedulesAnswer,
  });
  const open = data.filter(({ availability }) => availability?.some(({ days }) => days.length > 0));
  if (open.length === 0) throw setupError('no-availability');
  return open.map(({ name, timeZone }) => ({ name, timeZone }));
}

export interface NewEventType {
  slug: string;
  title: string;
  durationMinutes: number;
}

/**
 * Creates an event type of the key's owner.
 * @throws {CalendarSetupError} `slug-of-another-user` where the slug is taken after all
 */
export async function createEventType(
  client: CalcomClient,
  { slug, title, durationMinutes }: NewEventType,
): Promise<CalcomEventType> {
  try {
    const { data } = await client.call({
      method: 'POST',
      path: ['event-types'],
      body: { slug, title, lengthInMinutes: durationMinutes },
      answer: EventTypeAnswer,
    });
    return data;
  } catch (error) {
    // Cal.com refuses a slug that is taken with the same 400 as one it cannot read.
    if (!(error instanceof RequestRefusedError) || !/slug/i.test(String(error.cause))) throw error;
    throw setupError('slug-of-another-user', `The slug "${slug}" is taken.`, { cause: error });
  }
}

export interface EnsureEventTypeOptions extends NewEventType {
  /** Whose it must be, as the operator says; the key's owner by default. */
  username?: string | undefined;
  teamId?: number | undefined;
}

/**
 * Finds the event type, a team's too, or creates it with the duration asked for, and proves that it
 * can be booked here at all.
 * @throws {CalendarSetupError} each problem with what its operator can do
 */
export async function ensureEventType(
  client: CalcomClient,
  options: EnsureEventTypeOptions,
): Promise<{ eventType: CalcomEventType; created: boolean; account: CalcomAccount }> {
  const account = await readAccount(client);
  const { slug, username, teamId } = options;
  // A team's hosts have hours of their own.
  if (teamId === undefined) await readSchedules(client);
  if (username !== undefined && username.toLowerCase() !== account.username.toLowerCase()) {
    throw setupError(
      'slug-of-another-user',
      `The key is ${account.username}'s, and "${slug}" is meant to be ${username}'s.`,
    );
  }
  const found = await findEventType(client, { slug, teamId });
  if (found) {
    refuseUnsupported(found);
    return { eventType: found, created: false, account };
  }
  if (teamId !== undefined) {
    throw setupError('event-type-missing', `The team ${teamId} has no event type "${slug}".`);
  }
  try {
    return { eventType: await createEventType(client, options), created: true, account };
  } catch (error) {
    if (!(error instanceof CalendarSetupError) || error.problem !== 'key-without-rights') {
      throw error;
    }
    throw setupError(
      'key-without-rights',
      `There is no event type "${slug}", and the key may not create one.`,
      { cause: error },
    );
  }
}
