import type { Generated } from 'kysely';

/** Days. */
export interface RetentionSettingsTable {
  organizationId: string;
  transcriptDays: Generated<number>;
  callerDays: Generated<number>;
  messageDays: Generated<number>;
  attendeeDays: Generated<number>;
}
