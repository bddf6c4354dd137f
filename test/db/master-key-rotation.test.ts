import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import {
  insertCalendarConnection,
  readCredential,
} from '../../db/calendars/calendar-connections.ts';
import { countSealed, rotateMasterKey, SEALED_COLUMNS } from '../../db/master-key-rotation.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { SealedCredentialError } from '../../db/sealed-credential.ts';
import { insertSipTrunk, readTrunkPassword } from '../../db/phone/sip-trunks.ts';
import { useTestDatabase } from '../support/test-database.ts';

describe('rotateMasterKey', () => {
  const database = useTestDatabase();

  it('seals every credential under the new key, or none', async () => {
    const [first, second, third] = [randomBytes(32), randomBytes(32), randomBytes(32)];
    const organizationId = await insertOrganization(database.db, 'Acme');
    const keys = await Promise.all(
      ['one', 'two'].map(async (plain) => ({
        organizationId,
        id: await insertCalendarConnection(database.db, {
          organizationId,
          provider: 'calcom',
          name: plain,
          timeZone: 'UTC',
          credential: { plain, masterKey: first },
        }),
      })),
    );
    const trunk = {
      organizationId,
      id: await insertSipTrunk(database.db, {
        organizationId,
        name: 'Trunk',
        allowedAddresses: [],
        digest: { username: 'slotline', password: 'three', masterKey: first },
      }),
    };
    expect(await rotateMasterKey(database.db, { from: first, to: second })).toEqual({
      resealed: 3,
      already: 0,
    });
    await expect(rotateMasterKey(database.db, { from: first, to: third })).rejects.toThrow(
      SealedCredentialError,
    );
    const opened = await Promise.all(keys.map((key) => readCredential(database.db, key, second)));
    expect(opened).toEqual(['one', 'two']);
    expect(await readTrunkPassword(database.db, trunk, second)).toBe('three');
    await expect(readTrunkPassword(database.db, trunk, first)).rejects.toThrow(
      SealedCredentialError,
    );
    const stranger = { organizationId: randomUUID(), id: keys[0]?.id ?? '' };
    expect(await readCredential(database.db, stranger, second)).toBeNull();
  });

  it('goes on after a process with the old key has sealed meanwhile', async () => {
    const { db } = database;
    const [old, fresh] = [randomBytes(32), randomBytes(32)];
    await sql`delete from calendar_connections`.execute(db);
    await sql`delete from sip_trunks`.execute(db);
    const organizationId = await insertOrganization(db, 'Rotating');
    const connect = (plain: string, masterKey: Buffer) =>
      insertCalendarConnection(db, {
        organizationId,
        provider: 'calcom',
        name: plain,
        timeZone: 'UTC',
        credential: { plain, masterKey },
      });
    await connect('before', old);
    await rotateMasterKey(db, { from: old, to: fresh });
    const id = await connect('meanwhile', old);
    expect(await countSealed(db, fresh)).toEqual({ secrets: 2, opened: 1 });
    expect(await rotateMasterKey(db, { from: old, to: fresh })).toEqual({
      resealed: 1,
      already: 1,
    });
    expect(await readCredential(db, { organizationId, id }, fresh)).toBe('meanwhile');
    const stranger = await connect('of nobody', randomBytes(32));
    const again = rotateMasterKey(db, { from: old, to: fresh });
    await expect(again).rejects.toThrow(`${stranger} opens with neither key`);
    expect(await readCredential(db, { organizationId, id }, fresh)).toBe('meanwhile');
  });

  it('knows every column that holds bytes', async () => {
    const { rows } = await sql<{ tableName: string; columnName: string }>`
      select table_name, column_name from information_schema.columns
      where table_schema = 'public' and data_type = 'bytea'
        -- How loud a recording is.
        and (table_name, column_name) <> ('call_recordings', 'peaks')`.execute(database.db);
    const stored = rows.map(({ tableName, columnName }) => `${tableName}.${columnName}`);
    expect(stored.sort()).toEqual(SEALED_COLUMNS.map((names) => names.join('.')).sort());
  });
});
