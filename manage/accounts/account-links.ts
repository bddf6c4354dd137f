import { AccountLinkPayloadSchema } from '../../booking/outbox/outbox-payload.ts';
import type { AccountLinkPayload } from '../../booking/outbox/outbox-payload.ts';
import { listMemberships } from '../../db/accounts/members.ts';
import { readClock } from '../../db/clock.ts';
import type { Database } from '../../db/database.ts';
import { insertOutboxMessage, listPendingPayloads } from '../../db/messages/outbox-messages.ts';
import { digestToken } from './secret-token.ts';

/** Where the office's own pages are. */
export type OfficePage = 'set-up' | 'invitation' | 'reset-password' | 'verify-email';

/** The token stands behind the #, which no server is sent and no log has. */
export function officeLink(officeUrl: string, page: OfficePage, token: string): string {
  return `${officeUrl}/office/${page}#token=${token}`;
}

/** Puts a link into the outbox; `organizationId` is whose mail it is. */
export async function queueAccountLink(
  db: Database,
  link: { organizationId: string; recipient: string; payload: AccountLinkPayload },
): Promise<void> {
  const { organizationId, recipient, payload } = link;
  await insertOutboxMessage(db, {
    organizationId,
    kind: 'account_link',
    messageKey: `account-link ${digestToken(payload.url)}`,
    appointmentId: null,
    intentId: null,
    recipient,
    payload: { ...payload },
  });
}

/**
 * The same for a user, with a link that is good for so many milliseconds, as mail of the first organization there is of theirs. Nothing is sent to one
 * who is in none any more: there is nothing to sign in to.
 */
export async function queueUserLink(
  db: Database,
  user: { id: string; name: string; email: string },
  { lifetime, ...link }: Pick<AccountLinkPayload, 'purpose' | 'url'> & { lifetime: number },
): Promise<void> {
  const [first] = await listMemberships(db, user.id);
  if (!first) return;
  await queueAccountLink(db, {
    organizationId: first.organizationId,
    recipient: user.email,
    payload: {
      ...link,
      expiresAt: new Date((await readClock(db)).getTime() + lifetime).toISOString(),
      name: user.name,
      organizationName: first.organizationName,
    },
  });
}

/** A link that nobody has been sent yet. */
export interface WaitingLink {
  purpose: AccountLinkPayload['purpose'];
  recipient: string;
  url: string;
  expiresAt: string;
}

/** Links that wait for a mail server and are good still, the latest first: an operator hands them on. */
export async function listWaitingLinks(
  db: Database,
  organizationId: string,
): Promise<WaitingLink[]> {
  const [messages, now] = await Promise.all([
    listPendingPayloads(db, { organizationId, kind: 'account_link' }),
    readClock(db),
  ]);
  return messages.flatMap(({ recipient, payload }) => {
    const { data } = AccountLinkPayloadSchema.safeParse(payload);
    if (!data || new Date(data.expiresAt) < now) return [];
    const { purpose, url, expiresAt } = data;
    return [{ purpose, recipient, url, expiresAt }];
  });
}
