import type { Database } from '../database.ts';
import type { ActorKind } from './tables.ts';

export interface NewAuditEntry {
  organizationId: string;
  actor: { kind: ActorKind; id: string | null; name: string };
  /** A subject and what was done: "agent.edited". */
  action: string;
  subject: { kind: string; id: string };
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/** Belongs into the transaction of what it tells of. */
export async function insertAuditEntry(db: Database, entry: NewAuditEntry): Promise<void> {
  const { organizationId, actor, action, subject, before, after } = entry;
  await db
    .insertInto('auditEntries')
    .values({
      organizationId,
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name,
      action,
      subjectKind: subject.kind,
      subjectId: subject.id,
      before: before && JSON.stringify(before),
      after: after && JSON.stringify(after),
    })
    .execute();
}

/** What was done, the newest first, from behind an entry on; narrowed by the kind of subject. */
export async function listAuditEntries(
  db: Database,
  filter: {
    organizationId: string;
    subjectKind: string | null;
    after: string | null;
    limit: number;
  },
) {
  let query = db
    .selectFrom('auditEntries')
    .selectAll()
    .where('organizationId', '=', filter.organizationId)
    .orderBy('id', 'desc')
    .limit(filter.limit);
  if (filter.subjectKind !== null) query = query.where('subjectKind', '=', filter.subjectKind);
  if (filter.after !== null) query = query.where('id', '<', filter.after);
  return query.execute();
}

export type AuditEntry = Awaited<ReturnType<typeof listAuditEntries>>[number];
