import type { Database } from '../../db/database.ts';
import { listIntentsRefusedWithin } from '../../db/intents/intents.ts';
import { tell } from './write-outcome.ts';

/** What was refused a moment before the caller left was not heard by them either. */
const NOT_HEARD = 1_000;

/**
 * Writes to callers who left while we booked for them that it came to nothing; they believe that they
 * have an appointment. Of what was done the ledger has sent word, or the provider itself; what is not
 * known yet the reconciler tells them. Call it once no tool is running any more.
 *
 * @param call.leftAgo milliseconds since the call ended, for whatever reason
 */
export async function tellAfterHangUp(
  db: Database,
  call: { organizationId: string; callId: string; leftAgo: number },
): Promise<void> {
  const { organizationId, callId } = call;
  const within = call.leftAgo + NOT_HEARD;
  await db.transaction().execute(async (transaction) => {
    const refused = await listIntentsRefusedWithin(transaction, { organizationId, callId, within });
    for (const row of refused) await tell(transaction, row, 'settledNot');
  });
}
