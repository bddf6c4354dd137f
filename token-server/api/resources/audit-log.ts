import { z } from 'zod';
import { listAuditEntries } from '../../../db/accounts/audit-entries.ts';
import type { AuditEntry } from '../../../db/accounts/audit-entries.ts';
import { readPage } from '../../../manage/accounts/page.ts';
import { CountKey, pageOf, pageQuery, presentPage } from '../paging.ts';
import { readRoute } from '../route.ts';

const record = z.record(z.string(), z.unknown()).nullable();

const AuditEntrySchema = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    actor: z.object({
      kind: z.enum(['user', 'key', 'operator']),
      id: z.uuid().nullable(),
      name: z.string(),
    }),
    action: z.string().meta({ example: 'agent.edited' }),
    subject: z.object({ kind: z.string(), id: z.string() }),
    before: record,
    after: record,
  })
  .meta({ id: 'AuditEntry' });

function present(entry: AuditEntry): z.input<typeof AuditEntrySchema> {
  const { id, at, action, before, after } = entry;
  return {
    id,
    at: at.toISOString(),
    actor: { kind: entry.actorKind, id: entry.actorId, name: entry.actorName },
    action,
    subject: { kind: entry.subjectKind, id: entry.subjectId },
    before,
    after,
  };
}

export const AUDIT_LOG_ROUTES = [
  readRoute({
    id: 'listAuditLog',
    path: '/organizations/{organizationId}/audit-log',
    summary: 'Who changed what, the newest first.',
    action: 'audit:read',
    params: z.object({ organizationId: z.uuid() }),
    query: pageQuery(CountKey).extend({
      subject: z
        .string()
        .regex(/^[a-z-]{1,40}$/, 'must be a kind of subject, such as agent')
        .optional()
        .meta({ description: 'A kind of subject: "agent".' }),
    }),
    answer: pageOf(AuditEntrySchema),
    async run({ db, permit: { organizationId }, query: { limit, after = null, subject = null } }) {
      const page = await readPage({ after, limit }, (from, count) =>
        listAuditEntries(db, { organizationId, subjectKind: subject, after: from, limit: count }),
      );
      return presentPage(page, present, ({ id }) => id);
    },
  }),
];
