import { randomBytes } from 'node:crypto';
import type { Database } from '../../db/database.ts';
import { insertPhoneNumber } from '../../db/phone/phone-numbers.ts';
import { insertSipTrunk } from '../../db/phone/sip-trunks.ts';
import { insertTenant } from './tenants.ts';
import type { Tenant } from './tenants.ts';

export interface PhoneTenant extends Tenant {
  sipTrunkId: string;
  phoneNumberId: string;
  number: string;
  masterKey: Buffer;
}

/** An organization of its own that is called on one number, from one address or with a password. */
export async function insertPhoneTenant(
  db: Database,
  options: {
    number: string;
    allowedAddresses?: string[];
    password?: string;
    masterKey?: Buffer;
  },
): Promise<PhoneTenant> {
  const tenant = await insertTenant(db);
  const { organizationId, agentId } = tenant;
  const { number, password, masterKey = randomBytes(32) } = options;
  const sipTrunkId = await insertSipTrunk(db, {
    organizationId,
    name: 'Provider',
    allowedAddresses: options.allowedAddresses ?? ['203.0.113.7'],
    digest: password === undefined ? null : { username: 'slotline', password, masterKey },
  });
  const phoneNumberId = await insertPhoneNumber(db, {
    organizationId,
    agentId,
    sipTrunkId,
    number,
  });
  return { ...tenant, sipTrunkId, phoneNumberId, number, masterKey };
}
