import { insertAuditEntry } from '../../db/accounts/audit-entries.ts';
import { listMemberships } from '../../db/accounts/members.ts';
import { findUser } from '../../db/accounts/users.ts';
import type { Database } from '../../db/database.ts';

/** What somebody did to their own account, as the audit log calls it. */
export type AccountChange =
  | 'member.password_changed'
  | 'member.password_reset'
  | 'member.second_step_on'
  | 'member.second_step_off'
  | 'member.backup_codes_made'
  | 'member.passkey_made'
  | 'member.passkey_removed'
  | 'member.oidc_linked'
  | 'member.renamed';

/** Writes it into the audit log of every organization that the account comes into. */
export async function tellOrganizations(
  db: Database,
  userId: string,
  action: AccountChange,
): Promise<void> {
  const user = await findUser(db, userId);
  if (!user) return;
  for (const { organizationId } of await listMemberships(db, userId)) {
    await insertAuditEntry(db, {
      organizationId,
      actor: { kind: 'user', id: userId, name: user.name },
      action,
      subject: { kind: 'member', id: userId },
      before: null,
      after: null,
    });
  }
}
