import { z } from 'zod';
import { listApiKeys } from '../../../db/accounts/api-keys.ts';
import type { ApiKey } from '../../../db/accounts/api-keys.ts';
import { createApiKey, NewApiKeySchema, revokeApiKey } from '../../../manage/accounts/api-keys.ts';
import { readPageBehindRow } from '../../../manage/accounts/page.ts';
import { pageOf, pageQuery, presentPage, UuidKey } from '../paging.ts';
import { readRoute, writeRoute } from '../route.ts';

const ApiKeySchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    start: z.string().meta({ description: 'What the key begins with.' }),
    scopes: z.array(z.string()),
    requestsPerMinute: z.int(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    lastUsedAt: z.iso.datetime().nullable().meta({ description: 'To the minute.' }),
  })
  .meta({ id: 'ApiKey' });

const CreatedApiKeySchema = ApiKeySchema.extend({
  key: z.string().meta({ description: 'The key itself, shown this once.' }),
}).meta({ id: 'CreatedApiKey' });

const inOrganization = z.object({ organizationId: z.uuid() });

function present(key: ApiKey): z.input<typeof ApiKeySchema> {
  const { id, name, start, scopes, requestsPerMinute } = key;
  return {
    id,
    name,
    start,
    scopes,
    requestsPerMinute,
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  };
}

/** What the audit log tells of a key: nothing that it could be guessed from. */
function tell({ name, start, scopes }: ApiKey): Record<string, unknown> {
  return { name, start, scopes };
}

export const API_KEY_ROUTES = [
  readRoute({
    id: 'listApiKeys',
    path: '/organizations/{organizationId}/api-keys',
    summary: 'API keys that are not revoked, the newest first.',
    action: 'api-keys:read',
    params: inOrganization,
    query: pageQuery(UuidKey),
    answer: pageOf(ApiKeySchema),
    async run({ db, permit: { organizationId }, query: { limit, after = null } }) {
      const page = await readPageBehindRow({ after, limit }, (from, count) =>
        listApiKeys(db, { organizationId, after: from, limit: count }),
      );
      return presentPage(page, present, ({ id }) => id);
    },
  }),
  writeRoute({
    id: 'createApiKey',
    method: 'post',
    path: '/organizations/{organizationId}/api-keys',
    summary: 'Makes a key, which is shown this once.',
    action: 'api-keys:write',
    params: inOrganization,
    body: NewApiKeySchema,
    example: { name: 'Website', scopes: ['agents:read'] },
    answer: CreatedApiKeySchema,
    status: 201,
    isIdempotent: false,
    current: null,
    async run({ db, permit, body }) {
      const { key, stored } = await createApiKey(db, permit, body);
      return {
        answer: { ...present(stored), key },
        change: {
          action: 'api-key.made',
          subject: { kind: 'api-key', id: stored.id },
          before: null,
          after: tell(stored),
        },
      };
    },
  }),
  writeRoute({
    id: 'revokeApiKey',
    method: 'delete',
    path: '/organizations/{organizationId}/api-keys/{keyId}',
    summary: 'Revokes a key, from this moment on.',
    action: 'api-keys:write',
    params: z.object({ organizationId: z.uuid(), keyId: z.uuid() }),
    body: null,
    example: null,
    answer: ApiKeySchema,
    status: 200,
    isIdempotent: true,
    current: null,
    async run({ db, permit, params }) {
      const key = await revokeApiKey(db, permit, params.keyId);
      return {
        answer: present(key),
        change: {
          action: 'api-key.revoked',
          subject: { kind: 'api-key', id: key.id },
          before: tell(key),
          after: null,
        },
      };
    },
  }),
];
