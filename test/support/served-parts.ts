import { CallSummary } from '../../booking/desk/call-summary.ts';
import { MessagePad } from '../../booking/desk/message-pad.ts';
import { NO_LINE } from '../../calls/line-numbers.ts';
import { speaking } from './speaking.ts';
import type { Database } from '../../db/database.ts';

/** What a served call on the web has beside its desk and its record. */
export function servedParts(
  db: Database,
  of: { organizationId: string; agentId: string; callId: string },
  tag = 'en',
) {
  const language = speaking(tag);
  return {
    language,
    line: 'web' as const,
    numbers: NO_LINE,
    messages: new MessagePad({ db, ...of, numbers: NO_LINE, language }),
    summary: new CallSummary({
      db,
      ...of,
      businessName: 'Harbor Street Clinic',
      timeZone: 'America/New_York',
      language,
    }),
    business: null,
  };
}
