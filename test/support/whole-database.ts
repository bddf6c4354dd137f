import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';

/** Where a word stands, in any letter case, in any column of any table of the whole database. */
export async function placesOf(db: Database, words: readonly string[]): Promise<string[]> {
  const { rows: columns } = await sql<{ schema: string; table: string; column: string }>`
    select table_schema as schema, table_name as table, column_name as column
    from information_schema.columns join information_schema.tables
      using (table_catalog, table_schema, table_name)
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
    order by 1, 2, 3`.execute(db);
  const found = [];
  for (const { schema, table, column } of columns) {
    const text = sql`lower(${sql.ref(column)}::text)`;
    const hits = await sql`
      select from ${sql.table(`${schema}.${table}`)}
      where exists (
        select from unnest(${words.map((word) => word.toLowerCase())}::text[]) as word
        where position(word in ${text}) > 0)
      limit 1`.execute(db);
    if (hits.rows.length > 0) found.push(`${table}.${column}`);
  }
  return found;
}
