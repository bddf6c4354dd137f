import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/**
 * Requests of the minute that the token server counts, as rate-limiter-flexible 11 keeps them. Where
 * several processes counted together before, the library has made the table.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create table if not exists token_rate_limits (
      -- The limiter's name, and a digest of the address.
      key varchar(255) primary key,
      points integer not null default 0,
      -- Milliseconds since 1970.
      expire bigint
    );`.execute(db);
}
