import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { AssistantPlatform, PlatformRequest } from './platform.ts';

const header = z
  .string()
  .toLowerCase()
  .regex(/^[a-z0-9-]{1,64}$/, 'must be the name of a header');

/** How the requests of an assistant prove where they come from. */
export const AuthenticationSchema = z.discriminatedUnion('kind', [
  /** The secret itself stands in a header. */
  z.strictObject({
    kind: z.literal('token'),
    header: header.default('authorization'),
    /** Before the secret. */
    prefix: z.string().max(32).default('Bearer '),
  }),
  /** What was sent is signed with the secret. */
  z.strictObject({
    kind: z.literal('hmac'),
    algorithm: z.enum(['sha256', 'sha512', 'sha1']).default('sha256'),
    header: header.default('x-signature'),
    /** Before the signature. */
    prefix: z.string().max(32).default(''),
    encoding: z.enum(['hex', 'base64']).default('hex'),
    /** What is signed: {timestamp}, {body}, {method}, {url} and {svix-id} stand for what came. */
    format: z.string().max(200).includes('{body}').default('{timestamp}.{body}'),
    timestampHeader: header.default('x-timestamp'),
    /** How old a signature may be that has a timestamp. */
    maxAgeSeconds: z.int().positive().max(86_400).default(300),
    secretIsBase64: z.boolean().default(false),
  }),
  /** In the platform's own way. */
  z.strictObject({ kind: z.literal('platform') }),
]);

export type Authentication = z.infer<typeof AuthenticationSchema>;

/** Proves nothing: what an unknown assistant is compared with, so that it takes as long. */
const NO_SECRET = randomBytes(32).toString('hex');

/**
 * Whether a request proves to come from an assistant's platform. Takes as long for a wrong secret as
 * for the right one.
 * @param secret null where there is no such assistant: never then
 */
export function isProved(
  authentication: Authentication,
  {
    request,
    secret,
    platform,
    now,
  }: {
    request: PlatformRequest;
    secret: string | null;
    platform: Pick<AssistantPlatform, 'verify'>;
    now: Date;
  },
): boolean {
  const key = secret ?? NO_SECRET;
  const isRight = ((): boolean => {
    switch (authentication.kind) {
      case 'token':
        return isSame(headerOf(request, authentication.header), authentication.prefix + key);
      case 'hmac':
        return isSigned(authentication, request, key, now);
      case 'platform':
        return platform.verify?.(request, key, now) ?? false;
    }
  })();
  return secret !== null && isRight;
}

function isSigned(
  {
    header: name,
    prefix,
    algorithm,
    encoding,
    secretIsBase64,
    ...how
  }: Authentication & {
    kind: 'hmac';
  },
  request: PlatformRequest,
  secret: string,
  now: Date,
): boolean {
  const timestamp = headerOf(request, how.timestampHeader);
  const isTimed = how.format.includes('{timestamp}');
  if (isTimed && !isOfNow(timestamp, now, how.maxAgeSeconds * 1_000)) return false;
  const hmac = createHmac(algorithm, secretIsBase64 ? Buffer.from(secret, 'base64') : secret);
  for (const part of how.format.split(/(\{[a-z-]+\})/)) {
    hmac.update(valueOf(part, request, timestamp));
  }
  return isSame(headerOf(request, name), prefix + hmac.digest(encoding));
}

function valueOf(part: string, request: PlatformRequest, timestamp: string): string | Buffer {
  switch (part) {
    case '{body}':
      return request.rawBody;
    case '{timestamp}':
      return timestamp;
    case '{method}':
      return request.method;
    case '{url}':
      return request.url;
    case '{svix-id}':
      return headerOf(request, 'svix-id');
    default:
      return part;
  }
}

/** Of a timestamp in seconds or milliseconds: which of them a platform means it may not say. */
export function isOfNow(timestamp: string, now: Date, within: number): boolean {
  if (!/^\d{9,14}$/.test(timestamp)) return false;
  const number = Number(timestamp);
  const at = number < 100_000_000_000 ? number * 1_000 : number;
  return Math.abs(now.getTime() - at) <= within;
}

/** Compares without telling by its time where two texts differ. */
export function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  // The lengths of signatures and tokens are no secret.
  return one.length === other.length && timingSafeEqual(one, other);
}

/** The header as it came; empty where there is none, or more than one. */
export function headerOf({ headers }: Pick<PlatformRequest, 'headers'>, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}
