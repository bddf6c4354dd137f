import type { Database } from './database.ts';

/** Makes an organization and answers its id. */
export async function insertOrganization(db: Database, name: string): Promise<string> {
  const row = await db
    .insertInto('organizations')
    .values({ name })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}
