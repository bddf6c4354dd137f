import { z } from 'zod';
import { helpful } from '../../runtime/given/helpful.ts';
import { PersonNameSchema } from '../../runtime/given/person-name.ts';
import { TimeZoneSchema } from '../../runtime/given/time-zone.ts';
import { ApiError } from '../errors.ts';

/*
 * Everything that is not listed is ignored, on purpose: a client that could set room, identity,
 * metadata or its own dispatch would choose the worker and what the worker is told.
 * Null and '' mean "not given": some of LiveKit's SDKs write them.
 */
const TokenRequestSchema = z.object({
  agent: z.string().nullish(),
  participant_name: helpful(PersonNameSchema),
  time_zone: helpful(TimeZoneSchema),
});

/** LiveKit's own place for the agent's name, which some clients fill and others leave half filled. */
const DispatchSchema = z
  .object({
    room_config: z
      .object({
        agents: z
          .tuple([z.object({ agent_name: z.string().nullish() }).optional()], z.unknown())
          .nullish(),
      })
      .nullish(),
  })
  .transform(({ room_config }) => room_config?.agents?.[0]?.agent_name || undefined);

/** What we take from a token request. */
export interface TokenRequest {
  /** Of the agent; it may name none that exists. */
  slug: string;
  name: string | undefined;
  /** IANA. */
  timeZone: string | undefined;
}

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
  const { agent, participant_name: name, time_zone: timeZone } = read(TokenRequestSchema, body);
  // Only who names no agent needs the other place.
  const dispatched = agent ? DispatchSchema.safeParse(body).data : read(DispatchSchema, body);
  if (agent && dispatched && agent !== dispatched) {
    throw wrong('agent', 'must name the same agent as room_config.agents[0].agent_name');
  }
  const slug = agent || dispatched;
  if (!slug) {
    throw wrong('agent', 'must name an agent, here or in room_config.agents[0].agent_name');
  }
  return { slug, name, timeZone };
}

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = fieldOf(issue?.path ?? []);
  throw issue && field !== ''
    ? wrong(field, issue.message)
    : new ApiError('invalid_request', 'The body must be a JSON object.');
}

function wrong(field: string, message: string): ApiError {
  return new ApiError('invalid_request', `${field}: ${message}`, { field });
}

function fieldOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((field, part) => {
    if (typeof part === 'number') return `${field}[${part}]`;
    return field === '' ? String(part) : `${field}.${String(part)}`;
  }, '');
}
