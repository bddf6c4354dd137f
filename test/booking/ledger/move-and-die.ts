// A process that moves an appointment and is killed between the two writes that this takes. It is told
// what to do by one argument, JSON, and killed by a signal that nothing can catch.
import { z } from 'zod';
import { rescheduleThroughLedger } from '../../../booking/ledger/move-intent.ts';
import { openDatabase } from '../../../db/database.ts';
import { transport } from '../../../runtime/http-transport.ts';
import type { Fetch } from '../../../runtime/http-transport.ts';
import { openCalendlyCall } from './calendly-call.ts';

const { databaseUrl, url, masterKey, tenant, appointmentId, slot, diesBefore } = z
  .object({
    databaseUrl: z.string(),
    url: z.string(),
    /** Base64. */
    masterKey: z.string(),
    tenant: z.object({
      organizationId: z.string(),
      calendarConnectionId: z.string(),
      agentId: z.string(),
      bookingEventId: z.string(),
      slug: z.string(),
    }),
    appointmentId: z.string(),
    slot: z.object({ start: z.coerce.date(), end: z.coerce.date() }),
    /** Whether it dies before the cancellation is sent, or when it was sent and answered. */
    diesBefore: z.boolean(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const dying: Fetch = async (address, init) => {
  const isCancellation = typeof address === 'string' && address.endsWith('/cancellation');
  if (isCancellation && diesBefore) process.kill(process.pid, 'SIGKILL');
  const answer = await transport(address, init);
  if (isCancellation) process.kill(process.pid, 'SIGKILL');
  return answer;
};
const { context } = await openCalendlyCall(
  openDatabase({ connectionString: databaseUrl, maxConnections: 3 }),
  tenant,
  {
    url,
    masterKey: Buffer.from(masterKey, 'base64'),
    now: () => new Date(),
    fetch: dying,
  },
);
await rescheduleThroughLedger(context, { appointmentId, slot, reason: 'They asked.' });
// It was to be dead by now.
process.exitCode = 1;
