import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { readOfficeSecret } from '../../db/accounts/office-secret.ts';
import { rotateMasterKey } from '../../db/master-key-rotation.ts';
import { useTestDatabase } from '../support/test-database.ts';

const database = useTestDatabase();

test('the office has one secret, whoever asks first, and keeps it when the master key changes', async () => {
  const [from, to] = [randomBytes(32), randomBytes(32)];
  const asked = await Promise.all(
    Array.from({ length: 5 }, () => readOfficeSecret(database.db, from)),
  );
  expect(new Set(asked).size).toBe(1);
  expect(asked[0]).toMatch(/^[\w-]{43}$/);
  await rotateMasterKey(database.db, { from, to });
  expect(await readOfficeSecret(database.db, to)).toBe(asked[0]);
  await expect(readOfficeSecret(database.db, from)).rejects.toMatchObject({
    name: 'SealedCredentialError',
  });
});
