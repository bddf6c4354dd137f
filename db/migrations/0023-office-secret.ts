import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/**
 * What signs the office's cookies and encrypts its second steps: a secret of its own, sealed by the
 * master key, so that a rotation of that key signs nobody out and loses no second step.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table office_secrets (
      id uuid primary key default gen_random_uuid(),
      -- There is one for all organizations, and what is sealed is bound to one.
      organization_id uuid not null unique default '00000000-0000-0000-0000-000000000000'
        check (organization_id = '00000000-0000-0000-0000-000000000000'),
      secret bytea not null
    );
  `.execute(db);
}
