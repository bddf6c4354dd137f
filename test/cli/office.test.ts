import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { queueAccountLink } from '../../manage/accounts/account-links.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { createCommandLine } from './slotline.ts';

const database = useTestDatabase();
const slotline = createCommandLine(() => database.url);
let organizationId: string;
beforeAll(async () => {
  organizationId = await insertOrganization(database.db, 'Harbor Street Clinic');
  slotline.environment['OFFICE_URL'] = 'https://office.example.com/';
});

test('prints another set-up link each time, at the address of the office', async () => {
  const [first, second] = [
    await slotline.run('office', 'setup-link'),
    await slotline.run('office', 'setup-link'),
  ];
  expect(first.output).toMatch(
    /^https:\/\/office\.example\.com\/office\/set-up#token=[\w-]{43}\n$/,
  );
  expect(second.output).not.toBe(first.output);
});

test('says what to set where nobody knows the address of the office', async () => {
  const { OFFICE_URL: _, ...environment } = slotline.environment;
  const elsewhere = createCommandLine(() => database.url);
  elsewhere.environment = environment;
  const { exitCode, errors } = await elsewhere.run(
    'office',
    'setup-link',
    '--data-dir',
    '/nowhere',
  );
  expect(exitCode).toBe(2);
  expect(errors).toMatch(/set OFFICE_URL/);
});

test('lists the links that wait for a mail server, and none that is too old', async () => {
  const url = `https://office.example.com/office/invitation#token=${randomUUID()}`;
  const link = (expiresAt: string) => ({
    purpose: 'invitation' as const,
    organizationName: 'Harbor Street Clinic',
    name: '',
    url: `${url}${expiresAt.slice(0, 4)}`,
    expiresAt,
  });
  for (const expiresAt of ['2001-01-01T00:00:00Z', '2999-01-01T00:00:00Z']) {
    await queueAccountLink(database.db, {
      organizationId,
      recipient: 'guest@example.com',
      payload: link(expiresAt),
    });
  }
  const { json } = await slotline.run('office', 'links', '--json');
  expect(json).toEqual([
    {
      purpose: 'invitation',
      recipient: 'guest@example.com',
      url: `${url}2999`,
      expiresAt: '2999-01-01T00:00:00Z',
    },
  ]);
});
