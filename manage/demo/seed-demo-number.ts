import { env, stdout } from 'node:process';
import { SipClient } from 'livekit-server-sdk';
import { z } from 'zod';
import { findAgentBySlug } from '../../db/agents.ts';
import { openDatabase } from '../../db/database.ts';
import type { Database } from '../../db/database.ts';
import { findDialledNumber, insertPhoneNumber } from '../../db/phone/phone-numbers.ts';
import { explainDatabaseTrouble } from '../../db/database-trouble.ts';
import {
  databaseUrl,
  livekitUrl,
  masterKey,
  readEnvironment,
  text,
} from '../../runtime/environment.ts';
import { guardGlobalFetch } from '../../runtime/http-transport.ts';
import { OperatorError } from '../../runtime/operator-error.ts';
import { runProgram } from '../../runtime/run-program.ts';
import { insertSipTrunk, listSipTrunks } from '../../db/phone/sip-trunks.ts';
import { NumberSchema } from '../parse-number.ts';
import { syncTrunks } from '../../calls/trunks/sync-trunks.ts';

// Run as a program: gives the demo agent a number that only this machine can call, unless the number
// is there, and makes LiveKit's trunks equal the database.
const ConfigSchema = z.object({
  DATABASE_URL: databaseUrl,
  SLOTLINE_MASTER_KEY: masterKey,
  SLOTLINE_WORKER_NAME: text,
  LIVEKIT_URL: livekitUrl,
  LIVEKIT_API_KEY: text,
  LIVEKIT_API_SECRET: text,
  DEMO_NUMBER: NumberSchema,
});
const DEMO_AGENT = 'front-desk';
const DEMO_TRUNK = { name: 'This machine', allowedAddresses: ['127.0.0.1'] };

await runProgram(async () => {
  guardGlobalFetch();
  const config = readEnvironment(ConfigSchema, env);
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
      masterKey: () => config.SLOTLINE_MASTER_KEY,
    });
    stdout.write(
      `${JSON.stringify({ msg: 'synced', steps: steps.length, conflicts: conflicts.length })}\n`,
    );
  } finally {
    await db.destroy();
  }
}, explainDatabaseTrouble);

/** A number that somebody gave to another agent stays there. */
async function addDemoNumber(db: Database, number: string): Promise<void> {
  if (await findDialledNumber(db, number)) return;
  const agent = await findAgentBySlug(db, DEMO_AGENT);
  if (!agent) {
    throw new OperatorError(
      `There is no agent "${DEMO_AGENT}" to answer the demo number: give an agent this slug with \`slotline agents edit\`, or add one with \`slotline agents add\`.`,
    );
  }
  const { organizationId, id: agentId } = agent;
  const known = (await listSipTrunks(db, organizationId)).find(
    ({ name }) => name === DEMO_TRUNK.name,
  );
  const sipTrunkId =
    known?.id ?? (await insertSipTrunk(db, { ...DEMO_TRUNK, organizationId, digest: null }));
  await insertPhoneNumber(db, { organizationId, agentId, sipTrunkId, number, label: 'Demo' });
}
