import { z } from 'zod';
import { ApiError } from '../errors.ts';

/** Characters that a line of a name cannot hold: control, line separators, half surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

const VisitorName = z
  .string()
  .trim()
  .max(80, 'must be at most 80 characters long')
  .refine((name) => !UNPRINTABLE.test(name), 'must be one line of printable characters');

const VisitorTimeZone = z
  .string()
  .trim()
  .refine(
    (name) => name === '' || isTimeZone(name),
    'must be an IANA time zone, such as America/New_York',
  );

/*
 * Everything that is not listed is ignored, on purpose: a client that could set room, identity,
 * metadata or its own dispatch would choose the worker and what the worker is told.
 * Null and '' mean "not given": some of LiveKit's SDKs write them.
 */
const TokenRequestSchema = z
  .object({
    agent: z.string().nullish(),
    room_config: z
      .object({
        agents: z
          .tuple([z.object({ agent_name: z.string().nullish() }).optional()], z.unknown())
          .nullish(),
      })
      .nullish(),
    participant_name: VisitorName.nullish(),
    time_zone: VisitorTimeZone.nullish(),
  })
  .transform(({ agent, room_config, participant_name, time_zone }, context) => {
    const dispatched = room_config?.agents?.[0]?.agent_name;
    if (agent && dispatched && agent !== dispatched) {
      context.addIssue({
        code: 'custom',
        path: ['agent'],
        message: 'must name the same agent as room_config.agents[0].agent_name',
      });
    }
    const slug = agent || dispatched;
    if (!slug) {
      context.addIssue({
        code: 'custom',
        path: ['agent'],
        message: 'must name an agent, here or in room_config.agents[0].agent_name',
      });
      return z.NEVER;
    }
    return { slug, name: participant_name || undefined, timeZone: time_zone || undefined };
  });

/** What we take from a token request. */
export type TokenRequest = z.infer<typeof TokenRequestSchema>;

/**
 * Reads the body of LiveKit's standard token request
 * (https://docs.livekit.io/frontends/build/authentication/endpoint/) with our `agent` and `time_zone`.
 * @throws {ApiError} invalid_request, with the first field at fault
 */
export function parseTokenRequest(body: unknown): TokenRequest {
  if (body === undefined) {
    throw new ApiError(
      'invalid_request',
      'The body must be a JSON object, sent with Content-Type: application/json.',
    );
  }
  const parsed = TokenRequestSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = fieldOf(issue?.path ?? []);
  if (!issue || field === '') {
    throw new ApiError('invalid_request', 'The body must be a JSON object.');
  }
  throw new ApiError('invalid_request', `${field}: ${issue.message}`, { field });
}

function fieldOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((field, part) => {
    if (typeof part === 'number') return `${field}[${part}]`;
    return field === '' ? String(part) : `${field}.${String(part)}`;
  }, '');
}

function isTimeZone(name: string): boolean {
  // Intl also takes offsets such as +05:00, which are no zones: they know no daylight saving.
  if (!/^[a-z][a-z0-9_+\-/]{0,63}$/i.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
