import type { Task } from 'graphile-worker';
import { purgeAnswers } from '../../db/accounts/idempotent-answers.ts';
import {
  purgeInvitations,
  purgeSessions,
  purgeSetupLinks,
  purgeVerifications,
} from '../../db/accounts/purge-accounts.ts';
import { purgeAuthorizations } from '../../db/calendars/calendar-authorizations.ts';
import { purgeSyncs } from '../../db/calendars/calendar-syncs.ts';
import type { Database } from '../../db/database.ts';
import { purgeRehearsalTrunks } from '../../db/phone/sip-trunks.ts';
import {
  forgetAttendees,
  forgetCallers,
  forgetStates,
  forgetStoredBookings,
  forgetMarkedWords,
  forgetMessagesTaken,
  forgetRecordings,
  forgetToolCalls,
  forgetTurns,
  forgetWishes,
  purgeEvents,
} from '../../db/forgetting/forget-with-age.ts';
import { purgeRehearsals } from '../../db/organizations.ts';
import { purgeGuesses } from '../../db/calls/caller-guesses.ts';
import { purgeCodes } from '../../db/calls/mailed-codes.ts';
import { forgetVisitors } from '../../db/calls/open-calls.ts';
import { purgeRooms } from '../../db/calls/opened-rooms.ts';
import { purgeTestCalls } from '../../db/calls/test-calls.ts';
import { purgeMessages } from '../../db/messages/outbox-messages.ts';
import { purgeDeliveries } from '../../db/calendars/webhook-deliveries.ts';
import type { Logger } from '../../runtime/logger.ts';
import { eachAlone } from '../each-alone.ts';

/** Rows deleted at once: nobody waits for long. */
const BATCH = 1_000;

const PURGES = {
  guesses: purgeGuesses,
  codes: purgeCodes,
  syncs: purgeSyncs,
  deliveries: purgeDeliveries,
  messages: purgeMessages,
  visitors: forgetVisitors,
  rooms: purgeRooms,
  testCalls: purgeTestCalls,
  turns: forgetTurns,
  toolCalls: forgetToolCalls,
  markedWords: forgetMarkedWords,
  recordings: forgetRecordings,
  states: forgetStates,
  callers: forgetCallers,
  messagesTaken: forgetMessagesTaken,
  attendees: forgetAttendees,
  wishes: forgetWishes,
  storedBookings: forgetStoredBookings,
  events: purgeEvents,
  answers: purgeAnswers,
  sessions: purgeSessions,
  verifications: purgeVerifications,
  setupLinks: purgeSetupLinks,
  authorizations: purgeAuthorizations,
  invitations: purgeInvitations,
  rehearsals: purgeRehearsals,
  rehearsalTrunks: purgeRehearsalTrunks,
};

/** Some records could not be forgotten: the queue tells so, and tries again. */
class PurgeError extends AggregateError {
  override readonly name = 'PurgeError';
}

/**
 * Forgets records that nobody needs any more; most of them name people. What cannot be forgotten keeps
 * nothing else.
 */
export function purgeRecords({
  db,
  logger,
  batch = BATCH,
}: {
  db: Database;
  logger: Logger;
  batch?: number;
}): Task {
  return async () => {
    const purged: Record<string, number> = {};
    const errors: unknown[] = [];
    await eachAlone(Object.entries(PURGES), {
      async work([name, purge]) {
        for (let last = await purge(db, batch); last > 0; last = await purge(db, batch)) {
          purged[name] = (purged[name] ?? 0) + last;
        }
      },
      onFailure(err, [name]) {
        errors.push(err);
        logger.error({ err, name }, 'old records could not be purged');
      },
    });
    if (Object.keys(purged).length > 0) logger.info({ purged }, 'old records purged');
    if (errors.length > 0) throw new PurgeError(errors, 'Some old records could not be purged.');
  };
}
