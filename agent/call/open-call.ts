import { IANAZone } from 'luxon';
import type { Logger } from 'pino';
import { BookingDesk } from '../../booking/desk/booking-desk.ts';
import { toCalendarTrouble } from '../../booking/calendars/calendar-trouble.ts';
import type { CallMetadata } from '../../calls/call-metadata.ts';
import { openEventCalendar } from '../../booking/calendars/open-event-calendar.ts';
import { personalizeEvent } from '../../booking/calendars/personalize-event.ts';
import type { Providers } from '../../calendar/providers.ts';
import { findAgentById } from '../../db/agents.ts';
import type { Agent } from '../../db/agents.ts';
import { listAgentEvents } from '../../db/booking-events.ts';
import { NO_LINE } from '../../calls/line-numbers.ts';
import type { LineNumbers } from '../../calls/line-numbers.ts';
import { MessagePad } from '../../booking/desk/take-message.ts';
import { tellAfterHangUp } from '../../booking/outbox/tell-after-hang-up.ts';
import { insertCall } from '../../db/calls/calls.ts';
import type { Database } from '../../db/database.ts';
import { readCallLimits } from '../../db/calls/call-limits.ts';
import type { CallLine } from '../../db/schema.ts';
import { CallRecord } from '../../calls/call-record.ts';
import { CallRefusedError } from '../../calls/call-refused-error.ts';
import { insertAdmittedCall } from '../../calls/insert-admitted-call.ts';
import type { PhoneOrigin } from '../../calls/insert-admitted-call.ts';
import { rehearsalClock } from './rehearsal-clock.ts';

const MINUTE = 60_000;

/** What a dispatch asks for, whichever line it is of. */
export type CallRequest = Pick<CallMetadata, 'agentId' | 'caller' | 'outbound' | 'rehearsal'>;

export interface OpenCallOptions {
  db: Database;
  masterKey: Buffer;
  providers: Providers;
  logger: Logger;
  metadata: CallRequest;
  line: CallLine;
  roomName: string;
  /** From the phone line itself; absent on the web. */
  phone?: PhoneOrigin;
  /** Whether this worker honours what a rehearsal asks for. */
  rehearsal: boolean;
}

/** A call whose row is open and whose calendar is being read. */
export interface OpenCall {
  id: string;
  agent: Agent;
  /** Null where the agent has no calendar: it talks and books nothing. */
  desk: BookingDesk | null;
  messages: MessagePad;
  line: CallLine;
  numbers: LineNumbers;
  record: CallRecord;
  logger: Logger;
  /** IANA: the caller's. */
  timeZone: string;
  /** Milliseconds. */
  longestCall: number;
  now: () => Date;
  /**
   * Sends word of what came to nothing after the caller had left, so many milliseconds ago; never
   * throws.
   */
  tellAfterHangUp: (leftAgo: number) => Promise<void>;
}

/**
 * Finds the agent, opens the row of the call and its calendar, and starts to read what is free.
 * @throws {CallRefusedError} the agent is unknown, disabled, or its calendar cannot be opened; the
 *   caller is blocked, or calls too often
 */
export async function openCall(options: OpenCallOptions): Promise<OpenCall> {
  const { db, metadata } = options;
  const agent = await findAgentById(db, metadata.agentId);
  if (!agent) throw new CallRefusedError('The agent of the dispatch does not exist.');
  if (!agent.enabled) {
    throw new CallRefusedError(
      `The agent "${agent.slug}" is disabled. Enable it: npm run slotline -- agents enable ${agent.slug}`,
    );
  }
  const rehearsal = options.rehearsal ? metadata.rehearsal : undefined;
  const now = rehearsalClock(rehearsal?.clock);
  const { line, phone } = options;
  const numbers = phone?.numbers ?? NO_LINE;
  const limits = await readCallLimits(db, agent.organizationId);
  const row = {
    organizationId: agent.organizationId,
    agentId: agent.id,
    roomName: options.roomName,
  };
  // Who types at the operator's own console takes no line.
  const id =
    line === 'console'
      ? await insertCall(db, { ...row, line })
      : await insertAdmittedCall(
          db,
          { ...row, line, visitor: metadata.caller.visitor ?? null },
          { phone, limits },
        );
  const logger = options.logger.child({ callId: id });
  const record = new CallRecord(db, { organizationId: agent.organizationId, callId: id }, logger);
  record.keepAlive();
  const timeZone =
    metadata.caller.timeZone ?? zoneOfLead(metadata) ?? agent.calendar?.timeZone ?? 'UTC';
  const of = { organizationId: agent.organizationId, agentId: agent.id, callId: id };
  const messages = new MessagePad({ db, ...of, line: numbers });
  const callerNumber = numbers.caller;
  try {
    const desk = await openDesk(options, { agent, callId: id, timeZone, callerNumber, now });
    desk?.prefetch();
    const told = (leftAgo: number): Promise<void> =>
      tellAfterHangUp(db, { ...of, leftAgo }).catch((error: unknown) => {
        logger.error({ err: error }, 'could not write to the caller who left');
      });
    return {
      id,
      agent,
      desk,
      messages,
      line,
      numbers,
      record,
      logger,
      timeZone,
      longestCall: limits.longestCallMinutes * MINUTE,
      now,
      tellAfterHangUp: told,
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'The calendar cannot be opened.';
    await record.finish({ outcome: 'failed', reason, usage: {} });
    throw new CallRefusedError(reason, { cause });
  }
}

/** The desk of everything the agent may book; null where that is nothing. */
async function openDesk(
  { db, metadata, ...options }: OpenCallOptions,
  call: Pick<OpenCall, 'agent' | 'timeZone' | 'now'> & {
    callId: string;
    callerNumber: string | null;
  },
): Promise<BookingDesk | null> {
  const of = { organizationId: call.agent.organizationId, agentId: call.agent.id };
  const faults = options.rehearsal ? (metadata.rehearsal?.faults ?? []) : [];
  const stored = await listAgentEvents(db, of);
  if (stored.length === 0) return null;
  const variables = metadata.outbound?.variables ?? {};
  const opened = await Promise.allSettled(
    stored.map(async (unfilled) => {
      const event = personalizeEvent(unfilled, variables);
      const calendar = await openEventCalendar(db, event, {
        now: call.now,
        masterKey: options.masterKey,
        providers: options.providers,
        faults,
      });
      return { event, calendar };
    }),
  );
  const events = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failures = opened.flatMap((one, index) => {
    if (one.status === 'fulfilled') return [];
    const err: unknown = one.reason;
    return [{ err, trouble: toCalendarTrouble(err, stored[index]?.provider ?? '') }];
  });
  if (events.length === 0) throw failures[0]?.trouble ?? failures[0]?.err;
  for (const { err, trouble } of failures) {
    const title = trouble?.title;
    options.logger.error({ err, title, callId: call.callId }, 'an event cannot be booked');
  }
  const { callId, timeZone, callerNumber, now } = call;
  return new BookingDesk({ db, ...of, callId, events, timeZone, callerNumber, now });
}

function zoneOfLead({ outbound }: CallRequest): string | undefined {
  const zone = outbound?.variables['cal_timezone'];
  return zone !== undefined && IANAZone.isValidZone(zone) ? zone : undefined;
}
