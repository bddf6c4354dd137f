import { findAgentById } from '../../db/agents.ts';
import type { Language } from '../../calls/languages.ts';
import type { Database } from '../../db/database.ts';
import { wakeJob } from '../../db/jobs/jobs.ts';
import { insertOutboxMessage } from '../../db/messages/outbox-messages.ts';
import type { CodePayload } from './outbox-payload.ts';

export interface CodeToQueue {
  /** Of the mailed code. */
  id: string;
  organizationId: string;
  agentId: string;
  code: string;
  expiresAt: Date;
  /** Whom the booking names. */
  name: string;
  address: string;
  /** Of the call. */
  language: Language;
}

/** Writes the mail that tells a code; in the transaction that writes the code. */
export async function queueCode(transaction: Database, code: CodeToQueue): Promise<void> {
  const { id, organizationId, agentId, name, address, language } = code;
  const agent = await findAgentById(transaction, agentId);
  const payload: CodePayload = {
    language,
    businessName: agent?.businessName ?? '',
    attendee: { name },
    code: code.code,
    expiresAt: code.expiresAt.toISOString(),
  };
  await insertOutboxMessage(transaction, {
    organizationId,
    kind: 'code',
    messageKey: `code/${id}`,
    appointmentId: null,
    intentId: null,
    recipient: address,
    payload,
  });
  await wakeJob(transaction, 'send-mail');
}
