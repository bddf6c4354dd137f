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

/** Forgets records that nobody needs any more; most of them name people. */
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
    for (const [name, purge] of Object.entries(PURGES)) {
      let last;
      let count = 0;
      do {
        last = await purge(db, batch);
        count += last;
      } while (last > 0);
      if (count > 0) purged[name] = count;
    }
    if (Object.keys(purged).length > 0) logger.info({ purged }, 'old records purged');
  };
}
