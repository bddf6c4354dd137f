import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAssistantOfAgent, readAssistantSecret } from '../../db/assistants/assistants.ts';
import { parseMasterKey } from '../../runtime/master-key.ts';
import { startPlatformApi } from '../../rehearsal/simulators/assistants/platform-apis.ts';
import type { PlatformApiSimulator } from '../../rehearsal/simulators/assistants/platform-apis.ts';
import { insertTenant } from '../support/tenants.ts';
import type { Tenant } from '../support/tenants.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { placesOf } from '../support/whole-database.ts';
import { createCommandLine, MASTER_KEY } from './slotline.ts';

const database = useTestDatabase();
const PLATFORMS = ['vapi', 'retell', 'elevenlabs'] as const;
const SEVEN = [
  'availability_read',
  'appointment_create',
  'appointment_read',
  'appointment_update',
  'appointment_cancel',
  'user_read',
  'user_create',
];

interface Setup {
  newSecret: string | null;
  address: string;
  assistantId: string | null;
  steps: { what: string; did: string; id: string | null }[] | null;
  tools: unknown[];
  authentication: Record<string, unknown>;
}

describe.for(PLATFORMS)('slotline assistants %s setup', (platform) => {
  const slotline = createCommandLine(() => database.url);
  let tenant: Tenant;
  let api: PlatformApiSimulator;
  let key: string;
  let organization: string;
  beforeEach(async () => {
    tenant = await insertTenant(database.db);
    organization = `Clinic ${tenant.slug}`;
    await database.db
      .updateTable('organizations')
      .set({ name: organization })
      .where('id', '=', tenant.organizationId)
      .execute();
    key = `key-${randomBytes(16).toString('hex')}`;
    api = await startPlatformApi(platform, key);
    slotline.canaries.add(key);
    slotline.environment = {
      SLOTLINE_MASTER_KEY: MASTER_KEY,
      [`${platform.toUpperCase()}_API_URL`]: api.url,
      [`${platform.toUpperCase()}_API_KEY`]: key,
    };
  });
  afterEach(() => api.close());

  const setup = (...more: string[]) =>
    slotline.run(
      '--json',
      'assistants',
      platform,
      'setup',
      tenant.slug,
      '--url',
      'https://voice.example.com',
      '--organization',
      organization,
      ...more,
    );
  const stored = () => findAssistantOfAgent(database.db, platform, tenant.slug);

  it('makes tools and assistant, and the second time changes nothing', async () => {
    const first = await setupOf();
    expect(first.steps?.map(({ did }) => did)).toEqual(first.steps?.map(() => 'made'));
    const text = JSON.stringify([...api.things.values()]);
    for (const name of SEVEN) expect(text).toContain(`"${name}"`);
    expect(text).toContain(`https://voice.example.com/api/tools/${platform}/${tenant.slug}`);
    const writes = api.writes.length;
    const second = await setupOf();
    expect(second.steps?.map(({ did }) => did)).toEqual(first.steps?.map(() => 'unchanged'));
    expect(second.assistantId).toBe(first.assistantId);
    expect(second.newSecret).toBeNull();
    expect(api.writes).toHaveLength(writes);
    expect((await stored())?.settings).toMatchObject({ assistantId: first.assistantId });
  });

  it('changes nothing under --dry-run, and says what it would do', async () => {
    const dry = await setupOf('--dry-run');
    expect(dry.steps?.map(({ did, id }) => [did, id])).toEqual(
      dry.steps?.map(() => ['made', null]),
    );
    expect(api.writes).toEqual([]);
    expect(await stored()).toBeUndefined();
  });

  it('brings up to date what somebody changed, and keeps what else there is', async () => {
    await setupOf();
    const [id, thing] = [...api.things].at(-1) ?? [];
    if (id === undefined || !thing) throw new Error('nothing was made');
    api.things.set(id, { ...JSON.parse(JSON.stringify(thing).replaceAll('appointment_', 'x_')) });
    api.things.set(id, { ...api.things.get(id), owner: 'keeps this' });
    const again = await setupOf('--answer-within', '9');
    expect(again.steps?.map(({ did }) => did)).toContain('updated');
    expect(api.things.get(id)).toMatchObject({ owner: 'keeps this' });
    expect((await setupOf()).steps?.map(({ did }) => did)).not.toContain('made');
  });

  it('without a key prints what to make, and no secret in it', async () => {
    delete slotline.environment[`${platform.toUpperCase()}_API_KEY`];
    const secret = randomBytes(24).toString('hex');
    slotline.environment['ASSISTANT_SECRET'] = secret;
    const { json, output } = await setup();
    const printed = json as Setup;
    expect(printed.steps).toBeNull();
    expect(JSON.stringify(printed.tools)).toContain('availability_read');
    expect(output).not.toContain(secret);
    expect(await placesOf(database.db, [secret, key])).toEqual([]);
    const assistant = await stored();
    if (!assistant) throw new Error('nothing is stored');
    const kept = await readAssistantSecret(database.db, assistant, parseMasterKey(MASTER_KEY));
    expect(kept).toBe(secret);
  });

  it('brings a secret that is given to every tool again', async () => {
    slotline.environment['ASSISTANT_SECRET'] = randomBytes(24).toString('hex');
    const first = await setupOf();
    const again = await setupOf();
    // Its functions carry no secret.
    const did = platform === 'retell' ? 'unchanged' : 'updated';
    expect(again.steps?.map((step) => step.did)).toEqual(first.steps?.map(() => did));
  });

  it('takes no address at which a secret would be overheard', async () => {
    const { exitCode, errors, output } = await setup('--url', 'http://voice.example.com');
    expect(exitCode).toBe(2);
    expect(errors + output).toContain('must begin with https://');
    expect(await stored()).toBeUndefined();
  });

  // Retell alone signs with its API key.
  it.each(platform === 'retell' ? ['bearer', 'secret'] : [])(
    'never makes of its API key a secret to be sent as %s',
    async (authentication) => {
      await setupOf();
      const { newSecret } = await setupOf('--authentication', authentication);
      expect(newSecret).not.toBeNull();
      const assistant = await stored();
      if (!assistant) throw new Error('nothing is stored');
      const kept = await readAssistantSecret(database.db, assistant, parseMasterKey(MASTER_KEY));
      expect(kept).toBe(newSecret);
    },
  );

  it('says what is wrong with a key that the platform refuses', async () => {
    slotline.environment[`${platform.toUpperCase()}_API_KEY`] = 'a key of somebody else';
    const { exitCode, errors, output } = await setup();
    expect(exitCode).toBe(1);
    expect(errors + output).toMatch(/refused .+ \(401\)|refused .+ \(404\)/);
  });

  async function setupOf(...more: string[]): Promise<Setup> {
    const ran = await setup(...more);
    if (ran.exitCode !== 0) throw new Error(ran.errors + ran.output);
    return ran.json as Setup;
  }
});
