import { z } from 'zod';
import { isTimeZone } from '../../runtime/given/time-zone.ts';
import type { CalendlyClient, ReadLimits } from './client.ts';

const UserAnswer = z.object({
  resource: z.object({
    uri: z.url(),
    name: z.string(),
    email: z.string(),
    timezone: z.string().nullish(),
    current_organization: z.url(),
  }),
});

/** Whose token it is. */
export interface CalendlyAccount {
  uri: string;
  organization: string;
  email: string;
  /** IANA; null where Calendly names none that is known. */
  timeZone: string | null;
}

/** @throws {CalendarError} */
export async function readAccount(
  client: CalendlyClient,
  limits: ReadLimits = {},
): Promise<CalendlyAccount> {
  const { resource } = await client.call({
    method: 'GET',
    path: ['users', 'me'],
    answer: UserAnswer,
    ...limits,
  });
  // Its samples write "America/New York".
  const timeZone = resource.timezone?.replaceAll(' ', '_') ?? '';
  return {
    uri: resource.uri,
    organization: resource.current_organization,
    email: resource.email,
    timeZone: isTimeZone(timeZone) ? timeZone : null,
  };
}
