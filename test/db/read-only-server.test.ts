import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, pingDatabase } from '../../db/database.ts';
import type { Database } from '../../db/database.ts';
import { isConnectionLoss } from '../../db/database-trouble.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { useTestDatabase } from '../support/test-database.ts';

const database = useTestDatabase();
let db: Database;

beforeEach(() => {
  db = openDatabase({ connectionString: database.url, maxConnections: 1 });
});
afterEach(async () => {
  await db.destroy();
});

/** As an old primary is after a fail-over: new connections read, and nothing is written. */
async function setReadOnly(isReadOnly: boolean): Promise<void> {
  const name = new URL(database.url).pathname.slice(1);
  await sql`alter database ${sql.id(name)} set default_transaction_read_only = ${sql.lit(isReadOnly)}`.execute(
    database.db,
  );
}

describe('a server that takes no writes any more', () => {
  it('is left as soon as it refuses one, for the server that takes them', async () => {
    await setReadOnly(true);
    // The pool's only connection is made while the server takes none.
    await sql`select 1`.execute(db);
    await setReadOnly(false);
    const refused = await insertOrganization(db, 'Late').catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: '25006' });
    expect(isConnectionLoss(refused)).toBe(true);
    await expect(insertOrganization(db, 'Late')).resolves.toEqual(expect.any(String));
  });

  it('is not ready', async () => {
    await expect(pingDatabase(db)).resolves.toBeUndefined();
    await setReadOnly(true);
    const late = openDatabase({ connectionString: database.url });
    await expect(pingDatabase(late)).rejects.toThrow('takes no writes');
    await late.destroy();
    await setReadOnly(false);
  });
});
