import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** A call that turns out to be a rehearsal's takes the messages of other days out of the figures too. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create or replace function note_call_change() returns trigger language plpgsql as $$
    begin
      insert into stale_figures (organization_id, at) values (new.organization_id, new.started_at);
      if tg_op = 'UPDATE' then
        if new.rehearsal is distinct from old.rehearsal then
          insert into stale_figures (organization_id, at)
            select organization_id, taken_at from message_figures
            where organization_id = new.organization_id and call_id = new.id;
        end if;
      end if;
      return null;
    end $$;
  `.execute(db);
}
