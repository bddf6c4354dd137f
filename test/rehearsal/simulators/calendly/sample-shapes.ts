import { readFileSync } from 'node:fs';
import type { SentAnswer } from '../../../../rehearsal/simulators/calendly/api-server.ts';

interface Sample {
  response?: { status: number; body: unknown };
  request?: { body?: unknown };
}

/** A sample of Calendly's documentation, or one that was constructed after it. */
export function readSample(name: string): Sample {
  const file = new URL(`../../../fixtures/calendly/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Sample;
}

/** The sample that an answer is held to, by operation and status. */
const SAMPLES: Record<string, string> = {
  'available_times.list 200': 'available-times.ok',
  'available_times.list 400': 'available-times.past',
  'scheduled_events.list 200': 'event.list.by-email',
  'invitees.list 200': 'invitee.list.ok',
  'invitees.create 201': 'invitee.create.ok',
  'invitees.create 400': 'invitee.create.taken',
  'invitees.create 429': 'invitee.create.too-many',
  'cancellations.create 201': 'event.cancel.ok',
  'cancellations.create 403': 'event.cancel.again',
};
/** Samples that are a whole body. */
const BODIES: Record<string, string> = {
  'users.me 200': 'users.me',
  'event_types.list 200': 'event-types.list',
  'webhooks.create 201': 'webhooks.create',
  'webhooks.list 200': 'webhooks.list',
};

/** What an answer lacks, or has in another form, beside its sample; undefined where there is none. */
export function problemsOf({ operation, status, body }: SentAnswer): string[] | undefined {
  const name = `${operation} ${status}`;
  const general = status === 401 ? 'error.unauthenticated' : status === 403 ? 'error.scope' : '';
  const sampled = SAMPLES[name] ?? general;
  const whole = BODIES[name];
  if (whole === undefined && sampled === '') return undefined;
  const expected = whole === undefined ? readSample(sampled).response?.body : readSample(whole);
  return shapeProblems(expected, body, name);
}

/**
 * Every field of the sample must be there, of the same type; what is null in either may be of any. Of
 * lists the first entries are compared.
 */
export function shapeProblems(expected: unknown, given: unknown, at: string): string[] {
  if (expected === null || given === null) return [];
  if (Array.isArray(expected)) {
    if (!Array.isArray(given)) return [`${at} is no list`];
    const [first, other] = [expected[0] as unknown, given[0] as unknown];
    return first === undefined || other === undefined
      ? []
      : shapeProblems(first, other, `${at}[0]`);
  }
  if (typeof expected !== 'object') {
    return typeof given === typeof expected
      ? []
      : [`${at} is a ${typeof given}, not a ${typeof expected}`];
  }
  if (typeof given !== 'object') return [`${at} is no object`];
  const fields = given as Record<string, unknown>;
  return Object.entries(expected).flatMap(([key, value]) => {
    // Which details a refusal has depends on what is refused.
    if (key === 'code') return [];
    if (!(key in fields)) return [`${at}.${key} is missing`];
    return shapeProblems(value, fields[key], `${at}.${key}`);
  });
}
