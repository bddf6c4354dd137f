import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { migrate, MIGRATIONS } from '../../db/migrator.ts';
import { useTestDatabase } from '../support/test-database.ts';

const FOLDER = new URL('../../db/migrations/', import.meta.url);

describe('migrate', () => {
  const database = useTestDatabase();

  it('finds nothing to do on a migrated database', async () => {
    expect(await migrate(database.db)).toEqual([]);
  });

  it('runs each migration once when several processes start together', async () => {
    await sql`drop schema public cascade`.execute(database.db);
    await sql`create schema public`.execute(database.db);
    const processes = Array.from({ length: 5 }, () =>
      openDatabase({ connectionString: database.url, maxConnections: 1 }),
    );
    const ran = await Promise.all(processes.map((db) => migrate(db)));
    await Promise.all(processes.map((db) => db.destroy()));
    const files = (await readdir(FOLDER)).map((file) => basename(file, '.ts'));
    // In the order of the list, in which they landed.
    expect(ran.flat()).toEqual(MIGRATIONS.map(({ name }) => name));
    expect(ran.flat().toSorted()).toEqual(files.toSorted());
  });

  it('refuses a database that a newer version has migrated', async () => {
    await sql`insert into slotline_migrations (name) values ('9999-from-the-future')`.execute(
      database.db,
    );
    await expect(migrate(database.db)).rejects.toThrow('9999-from-the-future');
  });
});
