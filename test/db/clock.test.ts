import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { readClock } from '../../db/clock.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { clockFrom } from '../support/test-clock.ts';
import { useTestDatabase } from '../support/test-database.ts';

const MINUTE = 60_000;

describe("the database's clock", () => {
  const clock = clockFrom('2028-02-29T23:59:00-05:00');
  const database = useTestDatabase({ clock });

  it('is the one that a test handed to every part', async () => {
    const told = await readClock(database.db);
    expect(Math.abs(told.getTime() - clock.now().getTime())).toBeLessThan(MINUTE);
  });

  it('dates a row that says nothing of its date', async () => {
    const id = await insertOrganization(database.db, 'Harbor Street Clinic');
    const { createdAt } = await database.db
      .selectFrom('organizations')
      .select('createdAt')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(Math.abs(createdAt.getTime() - clock.now().getTime())).toBeLessThan(MINUTE);
  });

  it('goes on in a transaction where the very instant is asked for', async () => {
    const { rows } = await database.db.transaction().execute(async (transaction) => {
      await sql`select pg_sleep(0.02)`.execute(transaction);
      return sql<{ begun: Date; later: Date }>`
        select slotline_now() as begun, slotline_clock() as later`.execute(transaction);
    });
    const [{ begun, later } = { begun: new Date(0), later: new Date(0) }] = rows;
    expect(later.getTime() - begun.getTime()).toBeGreaterThanOrEqual(19);
    expect(later.getTime() - begun.getTime()).toBeLessThan(MINUTE);
  });

  it('is what every default and every function of ours takes the time from', async () => {
    const other = String.raw`(^|[^_])\m(now|clock_timestamp|statement_timestamp|transaction_timestamp)\(|\mcurrent_(date|time|timestamp)\M|\mlocaltime`;
    const { rows } = await sql<{ place: string }>`
      select table_name || '.' || column_name as place from information_schema.columns
        where table_schema = 'public' and column_default ~* ${other}
      union all
      select proname from pg_proc
        where pronamespace = 'public'::regnamespace and prosrc ~* ${other}
        and proname not in ('slotline_now', 'slotline_clock')
      order by place`.execute(database.db);
    expect(rows).toEqual([]);
    const { rows: dated } = await sql`
      select from information_schema.columns
        where table_schema = 'public' and column_default = 'slotline_now()'`.execute(database.db);
    expect(dated.length).toBeGreaterThan(20);
  });

  it('may be asked of an index', async () => {
    const plan = await database.db.transaction().execute(async (transaction) => {
      await sql`set local enable_seqscan = off`.execute(transaction);
      const { rows } = await sql<{ 'QUERY PLAN': string }>`
        explain select from caller_guesses
          where organization_id = gen_random_uuid() and email = 'a' and guessed_at > slotline_now()
      `.execute(transaction);
      return rows.map((row) => Object.values(row).join('')).join('\n');
    });
    expect(plan).toMatch(/Index Cond: .*guessed_at > slotline_now\(\)/);
  });
});
