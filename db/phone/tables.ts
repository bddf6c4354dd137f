import type { ColumnType, Generated } from 'kysely';
import type { InstantByDefault } from '../values.ts';

export interface SipTrunksTable {
  id: Generated<string>;
  organizationId: string;
  name: string;
  /** Addresses or networks that calls may come from. */
  allowedAddresses: ColumnType<string[], string[] | undefined, string[]>;
  authUsername: string | null;
  /** Sealed. */
  authPassword: Buffer | null;
  livekitTrunkId: string | null;
  /** It is removed after its rehearsal, at the latest within a day. */
  isRehearsal: Generated<boolean>;
  createdAt: InstantByDefault;
  updatedAt: InstantByDefault;
}

export interface PhoneNumbersTable {
  id: Generated<string>;
  organizationId: string;
  agentId: string;
  sipTrunkId: string;
  /** E.164, unique over all organizations. */
  number: string;
  label: Generated<string>;
  /** Whether calls to it are answered. */
  inbound: Generated<boolean>;
  createdAt: InstantByDefault;
  updatedAt: InstantByDefault;
}

export interface BlockedCallersTable {
  id: Generated<string>;
  organizationId: string;
  /** E.164. */
  number: string;
  reason: Generated<string>;
  createdAt: InstantByDefault;
}
