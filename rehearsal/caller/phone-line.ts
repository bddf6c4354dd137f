import { randomBytes, randomInt } from 'node:crypto';

import { RoomAgentDispatch, RoomConfiguration, SipClient } from 'livekit-server-sdk';

import { serializeCallMetadata } from '../../calls/call-metadata.ts';
import type { Database } from '../../db/database.ts';
import {
  deletePhoneNumber,
  findDialledNumber,
  insertPhoneNumber,
} from '../../db/phone/phone-numbers.ts';
import { parseMasterKey } from '../../runtime/master-key.ts';
import { deleteSipTrunk, insertSipTrunk } from '../../db/phone/sip-trunks.ts';
import { syncTrunks } from '../../calls/trunks/sync-trunks.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';
import { findOrMakeAgent } from '../served-agent.ts';
import type { Served } from '../served-agent.ts';
import { rehearsalOf } from '../set-up.ts';
import type { Address, SetUpParts } from '../set-up.ts';
import { SetUpError } from '../set-up-error.ts';

/** Rooms of phone calls begin with it, as those of the product's own rule do. */
const roomPrefix = 'phone-';
const thisMachine = '127.0.0.1';

/** Of places whose numbers 555-0100 to 555-0199 are kept for fiction. */
const areas = [202, 206, 212, 305, 312, 404, 415, 503, 617, 646, 702, 713];

/** A number that one scenario calls, and who answers there. */
export interface PhoneLine extends Served {
  /** E.164. */
  number: string;
  sipPort: number;
  /** Takes the number away, and what was made in LiveKit for it; rooms and rows of the call stay. */
  close(): Promise<void>;
}

/**
 * Gives the agent of a scenario a number of its own, which LiveKit knows when this resolves. Without a clock and faults
 * the product's own sync and rule bring the call to the agent. A rule is the same for all calls, so that a clock and
 * faults, which are one call's, need a trunk and a rule beside it.
 *
 * @throws SetUpError when no phone is answered, the agent is unknown, or the worker was not started for rehearsal.
 */
export async function setUpPhone(scenario: Scenario, parts: SetUpParts): Promise<PhoneLine> {
  const { db, address } = parts;
  if (address.phone === undefined) {
    throw new SetUpError(
      'the running parts answer no phone: start them with npm start -- --phone, or stop them and let rehearse start its own',
    );
  }
  const rehearsal = rehearsalOf(scenario, parts);
  const served = await findOrMakeAgent(db, scenario);
  const { organizationId, agentId } = served;
  const name = `Rehearsal ${randomBytes(6).toString('hex')}`;
  const sipTrunkId = await insertSipTrunk(db, {
    organizationId,
    name,
    allowedAddresses: [thisMachine],
    digest: null,
    isRehearsal: true,
  });
  const number = await pickNumber(db);
  const phoneNumberId = await insertPhoneNumber(db, {
    organizationId,
    agentId,
    sipTrunkId,
    number,
  });
  const client = new SipClient(
    address.livekitUrl.replace(/^ws/, 'http'),
    address.livekitApiKey,
    address.livekitApiSecret,
  );
  const takeAway =
    rehearsal === undefined
      ? await syncLine(db, address, client)
      : await addLine(client, address, { name, number, rehearsal });
  return {
    ...served,
    number,
    sipPort: address.phone.sipPort,
    async close() {
      await deletePhoneNumber(db, { organizationId, id: phoneNumberId });
      await deleteSipTrunk(db, { organizationId, id: sipTrunkId });
      await takeAway();
    },
  };
}

async function pickNumber(db: Database): Promise<string> {
  for (;;) {
    const number = `+1${areas[randomInt(areas.length)]}55501${randomInt(10, 100)}`;
    if ((await findDialledNumber(db, number)) === undefined) return number;
  }
}

async function syncLine(
  db: Database,
  address: Address,
  client: SipClient,
): Promise<() => Promise<void>> {
  const { workerName } = address;
  const masterKey = (): Buffer => parseMasterKey(address.masterKey);
  const sync = async (): Promise<void> => {
    await syncTrunks({ db, client, workerName, masterKey });
  };
  await sync();
  return sync;
}

async function addLine(
  client: SipClient,
  { workerName }: Address,
  line: { name: string; number: string; rehearsal: ReturnType<typeof rehearsalOf> },
): Promise<() => Promise<void>> {
  const { name, number, rehearsal } = line;
  const { sipTrunkId } = await client.createSipInboundTrunk(name, [number], {
    allowedAddresses: [`${thisMachine}/32`],
  });
  const metadata = serializeCallMetadata({ v: 1, line: 'phone', rehearsal });
  const { sipDispatchRuleId } = await client.createSipDispatchRule(
    { type: 'callee', roomPrefix, randomize: true },
    {
      name,
      trunkIds: [sipTrunkId],
      roomConfig: new RoomConfiguration({
        agents: [new RoomAgentDispatch({ agentName: workerName, metadata })],
      }),
    },
  );
  return async () => {
    await client.deleteSipDispatchRule(sipDispatchRuleId);
    await client.deleteSipTrunk(sipTrunkId);
  };
}
