import { z } from 'zod';
import type { Database } from '../../../db/database.ts';
import { readSpendingLimit } from '../../../db/figures/spending-limits.ts';
import {
  changeSpendingLimit,
  MonthSchema,
  readUsage,
  SpendingLimitSchema,
} from '../../../manage/analytics/usage.ts';
import { readRoute, writeRoute } from '../route.ts';
import { LineFiguresSchema, ModelFiguresSchema } from './analytics.ts';

const LimitSchema = z
  .object({
    dollars: z.number().nullable().meta({ description: 'US dollars of a month; null: no limit.' }),
    warnAt: z.int().meta({ description: 'Percent of it at which somebody is told before.' }),
  })
  .meta({ id: 'SpendingLimit' });

const UsageSchema = z
  .object({
    month: z.string().meta({ example: '2026-11' }),
    timeZone: z.string().meta({ description: 'IANA: the month begins and ends in it.' }),
    calls: z.int(),
    lines: z.array(LineFiguresSchema),
    models: z.array(ModelFiguresSchema),
    estimatedCost: z
      .number()
      .meta({ description: 'US dollars, at the known prices of each day; the bill may differ.' }),
    isCostComplete: z.boolean().meta({ description: 'False: something has no known price.' }),
    limit: LimitSchema,
  })
  .meta({ id: 'Usage' });

const inOrganization = z.object({ organizationId: z.uuid() });
const NO_LIMIT = { dollars: null, warnAt: 80 };

async function findLimit(
  db: Database,
  organizationId: string,
): Promise<z.input<typeof LimitSchema>> {
  return (await readSpendingLimit(db, organizationId)) ?? NO_LIMIT;
}

export const USAGE_ROUTES = [
  readRoute({
    id: 'getUsage',
    path: '/organizations/{organizationId}/usage',
    summary: 'What was used in a month, and what it is estimated to cost.',
    action: 'usage:read',
    params: inOrganization,
    query: z.strictObject({
      month: MonthSchema.optional().meta({ description: 'This one unless given.' }),
    }),
    answer: UsageSchema,
    async run({ db, permit: { organizationId }, query }) {
      const usage = await readUsage(db, organizationId, query);
      return { ...usage, limit: usage.limit ?? NO_LIMIT };
    },
  }),
  readRoute({
    id: 'getSpendingLimit',
    path: '/organizations/{organizationId}/spending-limit',
    summary: 'What may be spent in a month before owners and admins are told.',
    action: 'usage:read',
    params: inOrganization,
    query: z.strictObject({}),
    answer: LimitSchema,
    hasEtag: true,
    run: ({ db, permit: { organizationId } }) => findLimit(db, organizationId),
  }),
  writeRoute({
    id: 'setSpendingLimit',
    method: 'patch',
    path: '/organizations/{organizationId}/spending-limit',
    summary: 'Sets that limit, or takes it away. Calls go on: it tells, and stops nothing.',
    action: 'usage:write',
    params: inOrganization,
    body: SpendingLimitSchema,
    example: { dollars: 200, warnAt: 80 },
    answer: LimitSchema,
    status: 200,
    isIdempotent: true,
    current: ({ db, permit: { organizationId } }) => findLimit(db, organizationId),
    async run({ db, permit: { organizationId }, body }) {
      const before = await findLimit(db, organizationId);
      await changeSpendingLimit(db, organizationId, body);
      const after = await findLimit(db, organizationId);
      return {
        answer: after,
        change: {
          action: 'spending-limit.set',
          subject: { kind: 'spending-limit', id: organizationId },
          before,
          after,
        },
      };
    },
  }),
];
