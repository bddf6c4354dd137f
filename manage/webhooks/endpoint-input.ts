import { isIP } from 'node:net';
import { z } from 'zod';
import { EVENT_KINDS } from '../../db/webhooks/event-kinds.ts';
import type { AddressRule } from '../../runtime/public-address.ts';
import { ManageError } from '../manage-error.ts';
import { TextSchema } from '../parse-input.ts';

const UrlSchema = z
  .string()
  .max(2_000, 'must have 2000 characters at most')
  .transform((text, context) => {
    const url = URL.parse(text);
    if (url && /^https?:$/.test(url.protocol)) return url;
    context.addIssue({
      code: 'custom',
      message: 'must be an https:// address, such as https://example.com/hooks/slotline',
    });
    return z.NEVER;
  })
  .refine(({ username, password }) => username === '' && password === '', {
    error: 'must name no user and no password: what is sent is signed',
  })
  .refine(({ hash }) => hash === '', { error: 'must have no part behind a #' })
  .transform(({ href }) => href);

const fields = {
  url: UrlSchema,
  events: z
    .array(z.enum(EVENT_KINDS, `must be one of ${EVENT_KINDS.join(', ')}`))
    .min(1, 'must name one event at least')
    .max(EVENT_KINDS.length)
    .transform((events) => [...new Set(events)]),
  description: TextSchema.max(200, 'must have 200 characters at most'),
  enabled: z.boolean(),
};

export const NewEndpointSchema = z.strictObject({
  url: fields.url,
  events: fields.events,
  description: fields.description.default(''),
  enabled: fields.enabled.default(true),
});

export const EndpointChangeSchema = z.strictObject({
  url: fields.url.exactOptional(),
  events: fields.events.exactOptional(),
  description: fields.description.exactOptional(),
  enabled: fields.enabled.exactOptional(),
});

/**
 * Refuses what could never be reached; where a name leads is asked when it is connected to.
 * @throws {ManageError}
 */
export function refuseUnreachable(url: string, addresses: AddressRule): void {
  const { protocol, hostname } = new URL(url);
  const literal = hostname.replace(/^\[(.+)\]$/, '$1');
  if (protocol === 'http:' && !addresses.hasPrivate) {
    throw new ManageError(
      'must be an https:// address; http:// is for private networks that the server’s operator allows (WEBHOOK_PRIVATE_NETWORKS)',
      { field: 'url' },
    );
  }
  if (isIP(literal) !== 0 && !addresses.allows(literal, protocol)) {
    throw new ManageError(
      'must be an address of the internet; private networks are for the server’s operator to allow (WEBHOOK_PRIVATE_NETWORKS)',
      { field: 'url' },
    );
  }
}
