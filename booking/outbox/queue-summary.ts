import type { Database } from '../../db/database.ts';
import { wakeJob } from '../../db/jobs/jobs.ts';
import { insertOutboxMessage } from '../../db/messages/outbox-messages.ts';
import type { SummaryPayload } from './outbox-payload.ts';

/** Writes the mail that sums a call up, to be sent by the jobs process. */
export async function queueSummary(
  db: Database,
  summary: {
    organizationId: string;
    callId: string;
    /** Which of the call it is: 1, 2, … */
    number: number;
    recipient: string;
    payload: SummaryPayload;
  },
): Promise<void> {
  const { organizationId, callId, number, recipient, payload } = summary;
  await insertOutboxMessage(db, {
    organizationId,
    kind: 'summary',
    messageKey: `summary/${callId}/${number}`,
    appointmentId: null,
    intentId: null,
    recipient,
    payload,
  });
  await wakeJob(db, 'send-mail');
}
