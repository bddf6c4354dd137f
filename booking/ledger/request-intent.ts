import { createHash } from 'node:crypto';
import { WHOLE_CALENDAR } from '../../db/intents/intents.ts';
import type { Intent, NewIntent } from '../../db/intents/intents.ts';
import { requestIntent } from '../../db/intents/request-intent.ts';
import { deadlinesOf } from './ledger-context.ts';
import type { ChangeContext } from './ledger-context.ts';

/** A call that books and gives back the same thing more often than this means mischief. */
const MOST_ROUNDS = 10;

/**
 * Writes an intent of a call, or of who asks by hand. One identity makes one intent, however often the
 * model asks for it; when its time was given back meanwhile, the same wish is a new one, unless the
 * request has a name: then it stays the one that was asked for by that name.
 *
 * @param identity what makes a wish the same wish, beside the call or the request's name
 */
export async function requestIntentOfCall(
  context: ChangeContext,
  identity: readonly unknown[],
  wish: Pick<
    NewIntent,
    'kind' | 'startAt' | 'endAt' | 'attendee' | 'appointmentId' | 'notes' | 'answers'
  > &
    Partial<Pick<NewIntent, 'eventType' | 'bookingEventId'>> & { exclusive: boolean },
): Promise<Intent & { isNew: boolean }> {
  const { believeRival } = deadlinesOf(context);
  const { exclusive, ...rest } = wish;
  const { callId, requestKey = null, requestedBy = null } = context;
  const asked = requestKey ?? callId;
  const mostRounds = requestKey === null ? MOST_ROUNDS : 0;
  for (let round = 0; ; round += 1) {
    const idempotencyKey = hash([asked, ...identity, ...(round > 0 ? [round] : [])]);
    const wanted = {
      organizationId: context.organizationId,
      calendarConnectionId: context.calendarConnectionId,
      callId,
      agentId: context.agentId,
      eventType: context.eventType,
      bookingEventId: context.bookingEventId,
      organizerEmail: context.organizerEmail,
      requestedBy,
      // Where several can be at once, the provider alone knows how many are left: nobody collides.
      resource: exclusive ? WHOLE_CALENDAR : idempotencyKey,
      idempotencyKey,
      ...rest,
    };
    const intent = await requestIntent(context.db, wanted, believeRival);
    if (intent.state !== 'released' || round === mostRounds) return intent;
  }
}

function hash(identity: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(identity)).digest('base64url').slice(0, 32);
}
