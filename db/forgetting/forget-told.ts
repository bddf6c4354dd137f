import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { forgetEvents } from '../webhooks/events.ts';
import type { Person } from './forget-person.ts';
import { mentions } from './mentions.ts';

/**
 * Forgets what the organization's own systems were told of a person: the events of their calls and
 * appointments, and those that name them. What was sent those systems keep.
 */
export function forgetTold(
  db: Database,
  person: Person,
  { calls, appointments }: { calls: readonly string[]; appointments: readonly { id: string }[] },
): Promise<number> {
  const ids = [...calls, ...appointments.map(({ id }) => id)];
  return forgetEvents(
    db,
    sql`organization_id = ${person.organizationId} and (
      subject_id = any(${ids}::uuid[]) or call_id = any(${ids}::uuid[])
      or ${mentions(person, sql`lower(body)`)})`,
  );
}
