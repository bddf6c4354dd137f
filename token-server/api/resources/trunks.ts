import { z } from 'zod';
import type { Database } from '../../../db/database.ts';
import { listTrunkPage, lockTrunk } from '../../../db/phone/sip-trunks.ts';
import type { SipTrunk } from '../../../db/phone/sip-trunks.ts';
import { readPage } from '../../../manage/accounts/page.ts';
import {
  addTrunk,
  editTrunk,
  findManagedTrunk,
  NewTrunkSchema,
  removeTrunk,
  TrunkChangeSchema,
} from '../../../manage/trunks.ts';
import type { TrunkParts } from '../../../manage/trunks.ts';
import type { Outside } from '../outside.ts';
import { changedFields } from '../changed-fields.ts';
import { pageOf, pageQuery, presentPage, TextKey } from '../paging.ts';
import { readRoute, writeRoute } from '../route.ts';

const TrunkSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    allow: z.array(z.string()).meta({
      description: 'Addresses and networks that calls may come from; none: any, by password.',
    }),
    username: z
      .string()
      .nullable()
      .meta({ description: 'Goes with a password, which is never shown; null: none.' }),
    isInLivekit: z.boolean().meta({ description: 'As of the last sync.' }),
  })
  .meta({ id: 'Trunk' });

const password = z
  .string()
  .max(200, 'must have 200 characters at most')
  .exactOptional()
  .meta({ description: 'Goes with the username; stored sealed.' });

const inOrganization = z.object({ organizationId: z.uuid() });
const ofTrunk = z.object({ organizationId: z.uuid(), trunkId: z.uuid() });

function present(trunk: SipTrunk): z.input<typeof TrunkSchema> {
  const { id, name, allowedAddresses: allow, authUsername: username, livekitTrunkId } = trunk;
  return { id, name, allow, username, isInLivekit: livekitTrunkId !== null };
}

function tell({ name, allow, username }: z.input<typeof TrunkSchema>): Record<string, unknown> {
  return { name, allow, username };
}

function partsOf(
  db: Database,
  { masterKey }: Pick<Outside, 'masterKey'>,
  given: string | undefined,
): TrunkParts {
  return { db, masterKey: () => masterKey, readPassword: () => Promise.resolve(given ?? null) };
}

export const TRUNK_ROUTES = [
  readRoute({
    id: 'listTrunks',
    path: '/organizations/{organizationId}/trunks',
    summary: 'By which providers phone calls come, by their names.',
    action: 'numbers:read',
    params: inOrganization,
    query: pageQuery(TextKey),
    answer: pageOf(TrunkSchema),
    async run({ db, permit: { organizationId }, query: { limit, after = null } }) {
      const page = await readPage({ after, limit }, (from, count) =>
        listTrunkPage(db, { organizationId, after: from, limit: count }),
      );
      return presentPage(page, present, ({ name }) => name);
    },
  }),
  readRoute({
    id: 'getTrunk',
    path: '/organizations/{organizationId}/trunks/{trunkId}',
    summary: 'One trunk.',
    action: 'numbers:read',
    params: ofTrunk,
    query: z.strictObject({}),
    answer: TrunkSchema,
    hasEtag: true,
    run: async ({ db, permit, params }) =>
      present(await findManagedTrunk(db, permit.organizationId, params.trunkId)),
  }),
  writeRoute({
    id: 'createTrunk',
    method: 'post',
    path: '/organizations/{organizationId}/trunks',
    summary: 'Adds a trunk. LiveKit knows of it after the next sync (syncPhoneLine).',
    action: 'numbers:write',
    params: inOrganization,
    body: NewTrunkSchema.extend({ password }),
    example: { name: 'Carrier', allow: ['203.0.113.0/30'] },
    answer: TrunkSchema,
    status: 201,
    isIdempotent: true,
    current: null,
    async run({ db, outside, permit, body: { password: given, ...input } }) {
      const parts = partsOf(db, outside, given);
      const trunk = present(await addTrunk(parts, permit.organizationId, input));
      return {
        answer: trunk,
        change: {
          action: 'trunk.added',
          subject: { kind: 'trunk', id: trunk.id },
          before: null,
          after: tell(trunk),
        },
      };
    },
  }),
  writeRoute({
    id: 'editTrunk',
    method: 'patch',
    path: '/organizations/{organizationId}/trunks/{trunkId}',
    summary: 'Changes what is given of a trunk; a username brings a new password with it.',
    action: 'numbers:write',
    params: ofTrunk,
    body: TrunkChangeSchema.extend({ password }),
    example: { allow: ['203.0.113.4/30'] },
    answer: TrunkSchema,
    status: 200,
    isIdempotent: true,
    async current({ db, permit: { organizationId }, params: { trunkId } }) {
      await lockTrunk(db, { organizationId, id: trunkId });
      return present(await findManagedTrunk(db, organizationId, trunkId));
    },
    async run({ db, outside, permit, params, body: { password: given, ...input } }) {
      const { organizationId } = permit;
      const before = present(await findManagedTrunk(db, organizationId, params.trunkId));
      const parts = partsOf(db, outside, given);
      const trunk = present(await editTrunk(parts, organizationId, params.trunkId, input));
      const changed = changedFields(tell(before), tell(trunk));
      return {
        answer: trunk,
        change: {
          action: 'trunk.edited',
          subject: { kind: 'trunk', id: trunk.id },
          before: changed.before,
          after: { ...changed.after, hasNewPassword: typeof input.username === 'string' },
        },
      };
    },
  }),
  writeRoute({
    id: 'removeTrunk',
    method: 'delete',
    path: '/organizations/{organizationId}/trunks/{trunkId}',
    summary: 'Removes a trunk that no number comes by.',
    action: 'numbers:write',
    params: ofTrunk,
    body: null,
    example: null,
    answer: TrunkSchema,
    status: 200,
    isIdempotent: true,
    current: null,
    async run({ db, permit, params }) {
      const trunk = present(await removeTrunk(db, permit.organizationId, params.trunkId));
      return {
        answer: trunk,
        change: {
          action: 'trunk.removed',
          subject: { kind: 'trunk', id: trunk.id },
          before: tell(trunk),
          after: null,
        },
      };
    },
  }),
];
