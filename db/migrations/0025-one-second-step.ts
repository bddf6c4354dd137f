import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** A user has one second step: which of two would be asked for was left to chance. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    delete from two_factors where id not in (
      select distinct on (user_id) id from two_factors
      -- One that was proved by a code goes before one that never was.
      order by user_id, verified is not false desc, id
    );
    alter table two_factors add constraint two_factors_user_id_key unique (user_id);
    drop index two_factors_by_user;
  `.execute(db);
}
