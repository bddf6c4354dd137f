import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import { inTransaction } from '../in-transaction.ts';

export interface NewPhoneNumber {
  organizationId: string;
  agentId: string;
  sipTrunkId: string;
  /** E.164. */
  number: string;
  label?: string;
  inbound?: boolean;
}

/** A telephone number of an organization, and which agent answers it. */
export interface OrganizationNumber {
  id: string;
  organizationId: string;
  agentId: string;
  sipTrunkId: string;
  /** E.164. */
  number: string;
  label: string;
  /** Whether calls to it are answered. */
  inbound: boolean;
}

export interface NumberKey {
  organizationId: string;
  id: string;
}

/**
 * Finds by the number dialled, over all organizations: a number is unique. One that is not to be
 * answered is found too; see `inbound`.
 */
export async function findDialledNumber(
  db: Database,
  e164: string,
): Promise<OrganizationNumber | undefined> {
  return numberRows(db).where('number.number', '=', e164).executeTakeFirst();
}

/** Numbers of an organization, in order of the number. */
export async function listPhoneNumbers(
  db: Database,
  organizationId: string,
): Promise<OrganizationNumber[]> {
  return numberRows(db)
    .where('number.organizationId', '=', organizationId)
    .orderBy('number.number')
    .execute();
}

/** The same in parts, from behind a number on; those of a rehearsal are nobody's. */
export async function listNumberPage(
  db: Database,
  { organizationId, after, limit }: { organizationId: string; after: string | null; limit: number },
): Promise<OrganizationNumber[]> {
  const rows = numberRows(db)
    .innerJoin('sipTrunks as trunk', 'trunk.id', 'number.sipTrunkId')
    .where('number.organizationId', '=', organizationId)
    .where('trunk.isRehearsal', '=', false)
    .orderBy('number.number')
    .limit(limit);
  return (after === null ? rows : rows.where('number.number', '>', after)).execute();
}

/** Keeps a number, where there is one, from being changed elsewhere until the end of the transaction. */
export async function lockNumber(transaction: Database, key: NumberKey): Promise<void> {
  await transaction
    .selectFrom('phoneNumbers')
    .select('id')
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .forUpdate()
    .execute();
}

/** Numbers of all organizations that are to be answered: they share one LiveKit. */
export async function listAnsweredNumbers(db: Database): Promise<OrganizationNumber[]> {
  return numberRows(db).where('number.inbound', '=', true).orderBy('number.number').execute();
}

/**
 * Stores a number and answers its id.
 * @throws SQLSTATE 23505 when any organization has the number
 */
export async function insertPhoneNumber(db: Database, number: NewPhoneNumber): Promise<string> {
  const row = await db
    .insertInto('phoneNumbers')
    .values(number)
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Changes what is given; the number itself stays: another number is another row. */
export async function updatePhoneNumber(
  db: Database,
  key: NumberKey,
  change: Partial<Pick<NewPhoneNumber, 'agentId' | 'sipTrunkId' | 'label' | 'inbound'>>,
): Promise<void> {
  await db
    .updateTable('phoneNumbers')
    .set({ ...change, updatedAt: NOW })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}

/** Removes a number; calls that came by it stay, and no longer say so. */
export async function deletePhoneNumber(db: Database, key: NumberKey): Promise<void> {
  await inTransaction(db, async (transaction) => {
    await transaction
      .updateTable('calls')
      .set({ phoneNumberId: null })
      .where('organizationId', '=', key.organizationId)
      .where('phoneNumberId', '=', key.id)
      .execute();
    await transaction
      .deleteFrom('phoneNumbers')
      .where('organizationId', '=', key.organizationId)
      .where('id', '=', key.id)
      .execute();
  });
}

function numberRows(db: Database) {
  return db
    .selectFrom('phoneNumbers as number')
    .select([
      'number.id',
      'number.organizationId',
      'number.agentId',
      'number.sipTrunkId',
      'number.number',
      'number.label',
      'number.inbound',
    ]);
}

/** Whether the organization has a number that is answered. */
export async function hasAnsweredNumber(db: Database, organizationId: string): Promise<boolean> {
  const row = await db
    .selectFrom('phoneNumbers')
    .select('id')
    .where('organizationId', '=', organizationId)
    .where('inbound', '=', true)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
