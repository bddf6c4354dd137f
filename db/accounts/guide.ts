import { sql } from 'kysely';
import type { Database } from '../database.ts';

/** What an organization has set up. */
export interface Guide {
  /** Somebody chose its zone. */
  organization: boolean;
  agent: boolean;
  /** An agent has something to book. */
  calendar: boolean;
  /** Somebody has talked with an agent, and it was no rehearsal. */
  call: boolean;
  /** There is a number to call. */
  number: boolean;
}

export async function readGuide(db: Database, organizationId: string): Promise<Guide> {
  const { rows } = await sql<Guide>`
    select
      time_zone is not null as organization,
      exists (select from agents where organization_id = organizations.id) as agent,
      exists (
        select from booking_events
        where organization_id = organizations.id and removed_at is null
      ) as calendar,
      exists (
        select from calls where organization_id = organizations.id and rehearsal is null
      ) as call,
      exists (
        select from phone_numbers where organization_id = organizations.id and inbound
      ) as number
    from organizations
    where id = ${organizationId}`.execute(db);
  const [guide] = rows;
  if (!guide) throw new Error(`there is no organization ${organizationId}`);
  return guide;
}
