import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BusinessInfo } from '../../../booking/desk/business-info.ts';
import { getBusinessInfo } from '../../../booking/tools/get-business-info.ts';
import { saveBusinessFact } from '../../../db/business-facts.ts';
import { insertTenant } from '../../support/tenants.ts';
import type { Tenant } from '../../support/tenants.ts';
import { useTestDatabase } from '../../support/test-database.ts';

const database = useTestDatabase();
const FACTS = {
  'Opening hours': 'Monday to Friday from nine to six; on Saturdays until noon.',
  Address: '12 Harbor Street, second floor.',
  Prices: 'A first consultation costs 80 dollars.',
  'Is there parking?': 'Yes, behind the house, for free.',
};
let tenant: Tenant;

async function know(facts: Record<string, string>, of: Tenant, language = 'en'): Promise<void> {
  for (const [topic, text] of Object.entries(facts)) {
    await saveBusinessFact(database.db, of, { topic, text, language });
  }
}

async function openTool(of: Tenant, language = 'en') {
  const { organizationId, agentId } = of;
  const info = await BusinessInfo.open({ db: database.db, organizationId, agentId, language });
  if (!info) throw new Error('Nothing is written down.');
  const tool = getBusinessInfo(info);
  return {
    tool,
    ask: (question: string, topic: string | null = null) =>
      tool.run({ question, topic }, undefined),
  };
}

beforeAll(async () => {
  tenant = await insertTenant(database.db);
  await know(FACTS, tenant);
  // Somebody else's business is never told.
  await know({ Dogs: 'Dogs are welcome.' }, await insertTenant(database.db));
});

describe('get_business_info', () => {
  it('names the topics there are, and answers one of them word for word', async () => {
    const { tool, ask } = await openTool(tenant);
    expect(JSON.stringify(z.toJSONSchema(tool.schema))).toContain('Is there parking?');
    expect(await ask('when are you open', 'Opening hours')).toMatchObject({
      status: 'known',
      facts: [{ topic: 'Opening hours', text: FACTS['Opening hours'] }],
    });
  });

  it.each([
    ['where can I park my car', 'Is there parking?'],
    ['what would a consultation cost me', 'Prices'],
    ['are you open on Saturday', 'Opening hours'],
    ['which floor are you on', 'Address'],
    // A topic that the model made up counts for nothing.
    ['how much is a consultation', 'Prices'],
  ])('finds what %j asks for', async (question, topic) => {
    const { ask } = await openTool(tenant);
    const answer = await ask(question, 'Made up');
    expect(answer).toMatchObject({ status: 'known' });
    expect((answer as { facts: { topic: string }[] }).facts[0]?.topic).toBe(topic);
  });

  it.each([
    'are dogs welcome',
    'do you have it',
    '',
    "'; drop table business_facts; -- & | ! ( ' \\",
  ])('does not know what %j asks for, and says so', async (question) => {
    const { ask } = await openTool(tenant);
    expect(await ask(question)).toMatchObject({
      status: 'not_known',
      message: 'I do not know that.',
    });
  });

  it('takes words apart as the agent’s language does', async () => {
    const german = await insertTenant(database.db, { agent: { language: 'de' } });
    await know({ Parkplätze: 'Hinter dem Haus.' }, german, 'de');
    const { ask } = await openTool(german, 'de');
    expect(await ask('gibt es einen Parkplatz')).toMatchObject({ status: 'known' });
  });

  it.each([
    ['en', 'Is there parking?', 'where can I park my car'],
    ['de', 'Parkplätze', 'gibt es einen Parkplatz'],
  ])(
    'finds in a draft in %s what it would find once that is published',
    async (language, topic, question) => {
      const { organizationId, agentId } = tenant;
      const drafted = [
        { topic: 'Address', text: '12 Harbor Street.' },
        { topic, text: 'Behind the house.' },
      ];
      const of = { db: database.db, organizationId, agentId, language, drafted };
      const info = await BusinessInfo.open(of);
      expect(info?.topics).toEqual(['Address', topic]);
      expect(await info?.find({ topic: null, question })).toMatchObject({
        status: 'known',
        facts: [drafted[1]],
      });
      expect(await info?.find({ topic: 'Prices', question: 'Prices' })).toMatchObject({
        status: 'not_known',
      });
      expect(await BusinessInfo.open({ ...of, drafted: [] })).toBe(null);
    },
  );

  it('is not there where nothing is written down', async () => {
    const { organizationId, agentId } = await insertTenant(database.db);
    const of = { db: database.db, organizationId, agentId, language: 'en' };
    expect(await BusinessInfo.open(of)).toBe(null);
  });
});
