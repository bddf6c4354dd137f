import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  insertCalendarConnection,
  readCredential,
  rotateMasterKey,
} from '../../db/calendar-connections.ts';
import { insertOrganization } from '../../db/organizations.ts';
import {
  SealedCredentialError,
  openCredential,
  parseMasterKey,
  sealCredential,
} from '../../db/sealed-credential.ts';
import { useTestDatabase } from '../support/test-database.ts';

const place = { organizationId: randomUUID(), column: 'a.b', rowId: randomUUID() };

describe('a sealed credential', () => {
  it('opens with its master key in its place', () => {
    const key = randomBytes(32);
    const sealed = sealCredential('cal_live_secret', place, key);
    expect(openCredential(sealed, place, key)).toBe('cal_live_secret');
    expect(sealed.includes('cal_live_secret')).toBe(false);
  });

  it.each([
    ['another master key', place, randomBytes(32)],
    ['another row', { ...place, rowId: randomUUID() }, undefined],
    ['another organization', { ...place, organizationId: randomUUID() }, undefined],
    ['another column', { ...place, column: 'a.c' }, undefined],
  ])('does not open with %s', (_, otherPlace, otherKey) => {
    const key = randomBytes(32);
    const sealed = sealCredential('cal_live_secret', place, key);
    expect(() => openCredential(sealed, otherPlace, otherKey ?? key)).toThrow(
      SealedCredentialError,
    );
  });

  it('does not open when any byte was changed', () => {
    const key = randomBytes(32);
    const sealed = sealCredential('secret', place, key);
    for (let index = 0; index < sealed.length; index += 1) {
      const damaged = Buffer.from(sealed);
      damaged.writeUInt8(damaged.readUInt8(index) ^ 1, index);
      expect(() => openCredential(damaged, place, key)).toThrow(SealedCredentialError);
    }
  });

  it('refuses a master key that is not 32 bytes, saying how to make one', () => {
    expect(() => parseMasterKey('c2hvcnQ=')).toThrow('openssl rand -base64 32');
  });
});

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
    expect(await rotateMasterKey(database.db, { from: first, to: second })).toBe(2);
    await expect(rotateMasterKey(database.db, { from: first, to: third })).rejects.toThrow(
      SealedCredentialError,
    );
    const opened = await Promise.all(keys.map((key) => readCredential(database.db, key, second)));
    expect(opened).toEqual(['one', 'two']);
    const stranger = { organizationId: randomUUID(), id: keys[0]?.id ?? '' };
    expect(await readCredential(database.db, stranger, second)).toBeNull();
  });
});
