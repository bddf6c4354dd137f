import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SipClient } from 'livekit-server-sdk';
import { describe, expect, it } from 'vitest';
import { listPhoneNumbers } from '../../db/phone/phone-numbers.ts';
import { startLiveKit } from '../support/livekit-server.ts';
import { canServePhone, startRedis } from '../support/redis-server.ts';
import { insertTenant } from '../support/tenants.ts';
import { useTestDatabase } from '../support/test-database.ts';

const database = useTestDatabase();
const KEYS = { apiKey: 'devkey', apiSecret: 'a-secret-of-thirty-two-characters' };
const PROGRAM = join(import.meta.dirname, '../../manage/demo/seed-demo-number.ts');

describe.skipIf(!canServePhone())('the demo number', () => {
  it('is answered by the demo agent, from this machine alone, however often it is seeded', async () => {
    await using redis = await startRedis();
    await using livekit = await startLiveKit({ ...KEYS, redisPort: redis.port });
    const { organizationId, agentId } = await insertTenant(database.db, {
      agent: { slug: 'front-desk' },
    });
    const environment = {
      DATABASE_URL: database.url,
      SLOTLINE_MASTER_KEY: randomBytes(32).toString('base64'),
      SLOTLINE_WORKER_NAME: 'receptionist',
      LIVEKIT_URL: livekit.webSocketUrl,
      LIVEKIT_API_KEY: KEYS.apiKey,
      LIVEKIT_API_SECRET: KEYS.apiSecret,
      DEMO_NUMBER: '+12025550100',
    };
    const seed = () => promisify(execFile)(process.execPath, [PROGRAM], { env: environment });
    await seed();
    const again = await seed();
    expect(JSON.parse(again.stdout)).toEqual({ msg: 'synced', steps: 0, conflicts: 0 });
    const numbers = await listPhoneNumbers(database.db, organizationId);
    expect(numbers).toMatchObject([{ number: '+12025550100', agentId }]);
    const client = new SipClient(livekit.url, KEYS.apiKey, KEYS.apiSecret);
    expect(await client.listSipInboundTrunk()).toMatchObject([
      { numbers: ['+12025550100'], allowedAddresses: ['127.0.0.1/32'] },
    ]);
  });
});
