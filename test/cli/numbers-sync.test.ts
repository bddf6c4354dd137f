import { describe, expect, it } from 'vitest';
import { insertAgent } from '../../db/agents.ts';
import { insertOrganization } from '../../db/organizations.ts';
import { startLiveKit } from '../support/livekit-server.ts';
import { canServePhone, startRedis } from '../support/redis-server.ts';
import { useTestDatabase } from '../support/test-database.ts';
import { createCommandLine } from './slotline.ts';

const database = useTestDatabase();
const slotline = createCommandLine(() => database.url);
const PASSWORD = 'correct-horse-battery';
const API_SECRET = 'a-secret-of-thirty-two-characters';
slotline.canaries.add(PASSWORD).add(API_SECRET);

describe.skipIf(!canServePhone())('slotline numbers sync', () => {
  it('shows what it changes, without passwords, and then has nothing to change', async () => {
    await using redis = await startRedis();
    const keys = { apiKey: 'devkey', apiSecret: API_SECRET };
    await using livekit = await startLiveKit({ ...keys, redisPort: redis.port });
    const organizationId = await insertOrganization(database.db, 'Harbor Street Clinic');
    const name = 'Front desk';
    await insertAgent(database.db, {
      organizationId,
      slug: 'front-desk',
      name,
      businessName: name,
    });
    slotline.environment = {
      ...slotline.environment,
      LIVEKIT_URL: livekit.webSocketUrl,
      LIVEKIT_API_KEY: keys.apiKey,
      LIVEKIT_API_SECRET: API_SECRET,
      SIP_PASSWORD: PASSWORD,
    };
    const access = ['--allow', '203.0.113.7', '--username', 'reception'];
    await slotline.run('trunks', 'add', 'Twilio', ...access);
    await slotline.run('numbers', 'add', '+12025550123', '--agent', 'front-desk');
    const lines = [
      '+ trunk "Twilio": +12025550123, from 203.0.113.7/32, with the password of "reception"',
      '+ dispatch rule: calls of 1 trunk(s) to the worker',
      '',
    ].join('\n');
    expect((await slotline.run('numbers', 'sync', '--dry-run')).output).toBe(lines);
    expect((await slotline.runAsProcess('numbers', 'sync')).output).toBe(lines);
    expect(await slotline.run('numbers', 'sync')).toMatchObject({
      exitCode: 0,
      output: 'Nothing to change.\n',
    });
    slotline.environment = { ...slotline.environment, SIP_PASSWORD: `${PASSWORD}-2` };
    await slotline.run('trunks', 'edit', 'Twilio', '--username', 'reception');
    const { json } = await slotline.run('numbers', 'sync', '--json');
    expect(json).toMatchObject({
      dryRun: false,
      conflicts: [],
      steps: [{ do: 'update-trunk', trunk: { hasPassword: true } }],
    });
  });
});
