import type { Database } from '../../db/database.ts';
import { listAnsweredNumbers } from '../../db/phone/phone-numbers.ts';
import { readCallLimits } from '../../db/calls/call-limits.ts';
import { listAllSipTrunks, readTrunkPassword } from '../../db/phone/sip-trunks.ts';
import type { SipTrunk } from '../../db/phone/sip-trunks.ts';
import { toNetwork } from './allowed-addresses.ts';
import type { WantedTrunk } from './trunk-state.ts';

/** For a goodbye: the agent ends a call itself before LiveKit cuts it off. */
const GRACE_SECONDS = 60;

/**
 * The trunks that have a number to be answered, of all organizations.
 * @param masterKey asked for where a trunk has a password
 * @throws {SealedCredentialError}
 */
export async function readWantedTrunks(
  db: Database,
  masterKey: () => Buffer,
): Promise<{ stored: SipTrunk[]; wanted: WantedTrunk[] }> {
  const stored = await listAllSipTrunks(db);
  const numbers = await listAnsweredNumbers(db);
  const wanted: WantedTrunk[] = [];
  for (const trunk of stored) {
    const { id, organizationId, name, authUsername } = trunk;
    const own = numbers.filter(({ sipTrunkId }) => sipTrunkId === id);
    if (own.length === 0) continue;
    const password = authUsername === null ? null : await readTrunkPassword(db, trunk, masterKey());
    const { longestCallMinutes } = await readCallLimits(db, organizationId);
    wanted.push({
      sipTrunkId: id,
      organizationId,
      title: name,
      numbers: own.map(({ number }) => number).sort(),
      allowedAddresses: trunk.allowedAddresses.map(toNetwork).sort(),
      authUsername: authUsername ?? '',
      authPassword: password ?? '',
      maxCallSeconds: longestCallMinutes * 60 + GRACE_SECONDS,
    });
  }
  return { stored, wanted };
}
