import { beforeAll, expect, it } from 'vitest';
import { useTestDatabase } from '../support/test-database.ts';
import { insertTenant } from '../support/tenants.ts';
import { createCommandLine } from './slotline.ts';

const database = useTestDatabase();
const slotline = createCommandLine(() => database.url);
let agent: string[] = [];

beforeAll(async () => {
  agent = ['--agent', (await insertTenant(database.db)).slug];
});

it('writes down what an agent knows, replaces it and takes it away', async () => {
  const hours = ['facts', 'set', 'Opening hours'];
  expect(await slotline.run(...hours, 'Nine to five.', ...agent)).toMatchObject({ exitCode: 0 });
  await slotline.run('facts', 'set', 'Address', '12 Harbor Street.', ...agent);
  await slotline.run(...hours, 'Nine to six.', ...agent);
  const { json } = await slotline.run('facts', 'list', ...agent, '--json');
  expect(json).toEqual([
    { topic: 'Opening hours', text: 'Nine to six.' },
    { topic: 'Address', text: '12 Harbor Street.' },
  ]);
  const near = await slotline.run('facts', 'remove', 'opening hours', ...agent);
  expect(near.errors).toContain('<topic>: The agent knows nothing of "opening hours".');
  await slotline.run('facts', 'remove', 'Opening hours', ...agent);
  expect((await slotline.run('facts', 'list', ...agent)).output).toMatch(/^TOPIC +TEXT\nAddress/);
});

it('refuses what nobody would listen to, and an agent that is not named', async () => {
  const long = await slotline.run('facts', 'set', 'Story', 'a'.repeat(601), ...agent);
  expect(long).toMatchObject({ exitCode: 2 });
  expect(long.errors).toContain('<text>: must have 600 characters at most');
  const nobody = await slotline.run('facts', 'list');
  expect(nobody.errors).toContain('--agent: is missing: name an agent');
});
