import { env, stdout } from 'node:process';
import { SipClient } from 'livekit-server-sdk';
import { z } from 'zod';
import { findAgentBySlug } from '../../db/agents.ts';
import { openDatabase } from '../../db/database.ts';
import type { Database } from '../../db/database.ts';
import { findDialledNumber, insertPhoneNumber } from '../../db/phone/phone-numbers.ts';
import { parseMasterKey } from '../../db/sealed-credential.ts';
import { insertSipTrunk, listSipTrunks } from '../../db/phone/sip-trunks.ts';
import { NumberSchema } from '../parse-number.ts';
import { syncTrunks } from '../../calls/trunks/sync-trunks.ts';

// Run as a program: gives the demo agent a number that only this machine can call, unless the number
// is there, and makes LiveKit's trunks equal the database.
const ConfigSchema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  SLOTLINE_MASTER_KEY: z.string().min(1),
  SLOTLINE_WORKER_NAME: z.string().min(1),
  LIVEKIT_URL: z.url({ protocol: /^(ws|http)s?$/ }),
  LIVEKIT_API_KEY: z.string().min(1),
  LIVEKIT_API_SECRET: z.string().min(1),
  DEMO_NUMBER: NumberSchema,
});
const DEMO_AGENT = 'front-desk';
const DEMO_TRUNK = { name: 'This machine', allowedAddresses: ['127.0.0.1'] };

const config = ConfigSchema.parse(env);
const db = openDatabase({
  connectionString: config.DATABASE_URL,
  maxConnections: 2,
  applicationName: 'slotline-seed',
});
try {
  await addDemoNumber(db, config.DEMO_NUMBER);
  const { LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = config;
  const { steps, conflicts } = await syncTrunks({
    db,
    client: new SipClient(LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET),
    workerName: config.SLOTLINE_WORKER_NAME,
    masterKey: () => parseMasterKey(config.SLOTLINE_MASTER_KEY),
  });
  stdout.write(
    `${JSON.stringify({ msg: 'synced', steps: steps.length, conflicts: conflicts.length })}\n`,
  );
} finally {
  await db.destroy();
}

/** A number that somebody gave to another agent stays there. */
async function addDemoNumber(db: Database, number: string): Promise<void> {
  if (await findDialledNumber(db, number)) return;
  const agent = await findAgentBySlug(db, DEMO_AGENT);
  if (!agent) throw new Error(`There is no agent "${DEMO_AGENT}" to answer the demo number.`);
  const { organizationId, id: agentId } = agent;
  const known = (await listSipTrunks(db, organizationId)).find(
    ({ name }) => name === DEMO_TRUNK.name,
  );
  const sipTrunkId =
    known?.id ?? (await insertSipTrunk(db, { ...DEMO_TRUNK, organizationId, digest: null }));
  await insertPhoneNumber(db, { organizationId, agentId, sipTrunkId, number, label: 'Demo' });
}
