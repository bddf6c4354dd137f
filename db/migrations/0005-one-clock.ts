import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/**
 * Every row and every query takes the time from two functions of ours, so that a test can hand its
 * clock to the database, as to every other part: `alter database … set slotline.clock_shift`.
 */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    -- now() and clock_timestamp(), moved by slotline.clock_shift, in milliseconds; nobody sets it
    -- outside of tests. They are as stable and as volatile as what they stand for, so that an index
    -- serves both. Written in SQL the planner would put their bodies in the place of every call,
    -- anew for every statement: 12 microseconds a call against two.
    create function slotline_now() returns timestamptz language plpgsql stable parallel safe as $$
    begin
      return now() + interval '1 millisecond'
        * coalesce(nullif(current_setting('slotline.clock_shift', true), ''), '0')::double precision;
    end $$;
    create function slotline_clock() returns timestamptz language plpgsql volatile parallel safe as $$
    begin
      return clock_timestamp() + interval '1 millisecond'
        * coalesce(nullif(current_setting('slotline.clock_shift', true), ''), '0')::double precision;
    end $$;

    do $$
    declare
      col record;
      claim regprocedure := to_regprocedure('claim_intent(uuid, text, double precision)');
    begin
      for col in
        select table_name, column_name from information_schema.columns
        where table_schema = current_schema() and column_default = 'now()'
      loop
        execute format('alter table %I alter column %I set default slotline_now()',
          col.table_name, col.column_name);
      end loop;
      if claim is not null then
        execute replace(pg_get_functiondef(claim), 'clock_timestamp()', 'slotline_clock()');
      end if;
    end $$;
  `.execute(db);
}
