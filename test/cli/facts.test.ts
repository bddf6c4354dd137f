import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { insertAgent } from '../../db/agents.ts';
import { insertEndpoint } from '../../db/webhooks/endpoints.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { insertTenant } from '../support/tenants.ts';
import type { Tenant } from '../support/tenants.ts';
import { createCommandLine } from './slotline.ts';

const database = useTestDatabase();
const slotline = createCommandLine(() => database.url);
let tenant: Tenant;
let agent: string[] = [];

beforeAll(async () => {
  tenant = await insertTenant(database.db);
  agent = ['--agent', tenant.slug];
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

it('is told to the systems that listen, as what is published in the office', async () => {
  const { organizationId } = tenant;
  const slug = 'night-desk';
  const names = { name: 'Night desk', businessName: 'Harbor Street Clinic' };
  const agentId = await insertAgent(database.db, { organizationId, slug, ...names });
  await insertEndpoint(database.db, {
    id: randomUUID(),
    organizationId,
    url: 'https://example.com/hooks',
    description: '',
    events: ['agent.published'],
    enabled: true,
    secret: Buffer.alloc(1),
  });
  const told = ['facts', 'set', 'Parking', 'Behind the house.', '--agent', slug];
  await slotline.run(...told);
  // Nothing is told of what stood before.
  await slotline.run(...told);
  await slotline.run('facts', 'remove', 'Parking', '--agent', slug);
  const events = await database.db
    .selectFrom('webhookEvents')
    .select(['kind', 'facts'])
    .where('subjectId', '=', agentId)
    .orderBy('place')
    .execute();
  expect(events).toEqual([
    { kind: 'agent.published', facts: { version: 2 } },
    { kind: 'agent.published', facts: { version: 3 } },
  ]);
});

it('refuses what nobody would listen to, and an agent that is not named', async () => {
  const long = await slotline.run('facts', 'set', 'Story', 'a'.repeat(601), ...agent);
  expect(long).toMatchObject({ exitCode: 2 });
  expect(long.errors).toContain('<text>: must have 600 characters at most');
  const nobody = await slotline.run('facts', 'list');
  expect(nobody.errors).toContain('--agent: is missing: name an agent');
});
