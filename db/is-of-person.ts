import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';

/** Whether a row names a person: a part of a name, an address or a number, in these columns. */
export function isOfPerson(
  person: string,
  { name, email, phone }: { name: string; email: string; phone: string },
): RawBuilder<boolean> {
  const part = person.toLowerCase();
  const digits = person.replaceAll(/\D/g, '');
  const isNumber = digits.length >= 3 && /^[\d\s()+./-]+$/.test(person);
  return sql`(position(${part} in lower(${sql.ref(name)})) > 0
    or position(${part} in lower(${sql.ref(email)})) > 0
    or ${isNumber ? sql`position(${digits} in ${sql.ref(phone)}) > 0` : sql`false`})`;
}
