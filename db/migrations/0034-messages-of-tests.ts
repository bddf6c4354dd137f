import { sql } from 'kysely';
import type { QueryExecutorProvider } from 'kysely';

/** Of a message that was left in a call which is not told of nobody is told either. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  await sql`
    create or replace function tell_of_message() returns trigger language plpgsql as $$
    begin
      if exists (
        select from calls where id = new.call_id and rehearsal is null and line <> 'console'
      ) then
        perform tell_webhooks(new.organization_id, 'message.taken', new.id, new.call_id, '{}');
      end if;
      return null;
    end $$;`.execute(db);
}
