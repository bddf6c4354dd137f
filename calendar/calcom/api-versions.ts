import { z } from 'zod';
import { CalendarError, RateLimitedError } from '../calendar-error.ts';
import { VERSIONS } from './client.ts';
import type { CalcomClient } from './client.ts';

/**
 * Versions that Cal.com's documentation names for bookings beyond the one that is used: the same
 * inputs and outputs, and lists with a cursor. An instance of one's own may know none of them, and
 * silently answers as its oldest then.
 */
const LATER = ['2026-02-25', '2026-05-01'];
/** Milliseconds: to one of them api.cal.com was seen not to answer for two minutes. */
const PATIENCE = 3_000;

const BookingsAnswer = z.object({
  status: z.literal('success'),
  data: z.array(z.unknown()),
  pagination: z.looseObject({}),
});

/**
 * Which versions of its API an instance has, in words for its operator. Reads one booking in each.
 * @throws {CalendarError} bookings cannot be read in the version that is used
 */
export async function describeVersions(client: CalcomClient): Promise<string> {
  await readOne(client, VERSIONS.bookings);
  const later: string[] = [];
  for (const version of LATER) {
    if (await isKnown(client, version)) later.push(version);
  }
  const beyond = later.length === 0 ? 'no later one' : later.join(' and ');
  return `bookings in version ${VERSIONS.bookings}; the instance knows ${beyond}`;
}

async function isKnown(client: CalcomClient, version: string): Promise<boolean> {
  try {
    await readOne(client, version);
    return true;
  } catch (error) {
    if (error instanceof RateLimitedError || !(error instanceof CalendarError)) throw error;
    return false;
  }
}

async function readOne(client: CalcomClient, version: string): Promise<void> {
  await client.call({
    method: 'GET',
    path: ['bookings'],
    query: { take: 1 },
    answer: BookingsAnswer,
    version,
    timeout: PATIENCE,
  });
}
