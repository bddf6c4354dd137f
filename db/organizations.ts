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

export interface Organization {
  id: string;
  name: string;
}

/** Every organization, in the order they were made. */
export async function listOrganizations(db: Database): Promise<Organization[]> {
  return db.selectFrom('organizations').select(['id', 'name']).orderBy('createdAt').execute();
}
