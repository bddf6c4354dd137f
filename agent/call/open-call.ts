import { BookingDesk } from '../../booking/desk/booking-desk.ts';
import type { CallMetadata } from '../../calls/call-metadata.ts';
import type { Providers } from '../../calendar/providers.ts';
import type { Agent } from '../../db/agents.ts';
import { NO_LINE } from '../../calls/line-numbers.ts';
import type { LineNumbers } from '../../calls/line-numbers.ts';
import { BusinessInfo } from '../../booking/desk/business-info.ts';
import { CallSummary } from '../../booking/desk/call-summary.ts';
import { SpokenLanguage } from '../../booking/languages/spoken-language.ts';
import { MessagePad } from '../../booking/desk/message-pad.ts';
import { tellAfterHangUp } from '../../booking/ledger/tell-after-hang-up.ts';
import { insertCall } from '../../db/calls/calls.ts';
import type { Database } from '../../db/database.ts';
import { takeOverCall } from '../../db/calls/earlier-call.ts';
import type { EarlierCall } from '../../db/calls/earlier-call.ts';
import { settledWithin } from '../../runtime/within.ts';
import { isTimeZone } from '../../runtime/given/time-zone.ts';
import type { Logger } from '../../runtime/logger.ts';
import { readCallLimits } from '../../db/calls/call-limits.ts';
import type { CallLimits } from '../../db/calls/call-limits.ts';
import type { CallLine, RehearsalWish } from '../../db/values.ts';
import { CallRecord } from '../../calls/call-record.ts';
import { CallRefusedError } from '../../calls/call-refused-error.ts';
import { RoomUsedError } from '../../calls/room-used-error.ts';
import { insertAdmittedCall } from '../../calls/insert-admitted-call.ts';
import type { PhoneOrigin } from '../../calls/insert-admitted-call.ts';
import type { PhoneCaller } from '../line/phone-caller.ts';
import { findCalledAgent, longestOf } from './called-agent.ts';
import { openCalendars } from '../../booking/calendars/open-calendars.ts';
import type { OpenedCalendars } from '../../booking/calendars/open-calendars.ts';
import { rehearsalClock } from './rehearsal-clock.ts';

const MINUTE = 60_000;
/** Milliseconds for what an earlier process had booked; the caller waits for a word meanwhile. */
const TAKE_OVER_DEADLINE = 2_000;

/** What a dispatch asks for, whichever line it is of. */
export type CallRequest = Pick<
  CallMetadata,
  'agentId' | 'caller' | 'outbound' | 'rehearsal' | 'testCall'
> &
  Partial<Pick<CallMetadata, 'calendar'>>;

export interface OpenCallOptions {
  db: Database;
  masterKey: Buffer;
  providers: Providers;
  logger: Logger;
  metadata: CallRequest;
  line: Exclude<CallLine, 'assistant'>;
  roomName: string;
  /** From the phone line itself; absent on the web. */
  phone?: PhoneOrigin;
  /** The process that had this call and died, as its row names it: the call goes on. */
  takenFrom?: string | null;
  /** The worker has as many calls as it serves. */
  isTurnedAway?: boolean;
  /** This process, likewise. */
  holder?: string;
  /** Whether this worker honours what a rehearsal asks for. */
  rehearsal: boolean;
}

/** A call that was let in, with who is on the line. */
export interface AnsweredCall {
  call: OpenCall;
  /** As the page knows it; null by phone. */
  callerName: string | null;
  /** Null on the web. */
  phone: PhoneCaller | null;
}

/** A call whose row is open and whose calendar is being read. */
export interface OpenCall {
  id: string;
  agent: Agent;
  /** What is spoken; the agent's at first. */
  language: SpokenLanguage;
  /** Null where the agent has no calendar: it talks and books nothing. */
  desk: BookingDesk | null;
  messages: MessagePad;
  summary: CallSummary;
  /** Null where nothing is written down of the business. */
  business: BusinessInfo | null;
  line: CallLine;
  numbers: LineNumbers;
  record: CallRecord;
  /** What happened before a process that died; null of a call that begins. */
  earlier: EarlierCall | null;
  logger: Logger;
  /** IANA: the caller's. */
  timeZone: string;
  /** Milliseconds. */
  longestCall: number;
  /** A rehearsal by text: the agent neither listens nor speaks. */
  isSilent: boolean;
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
 *   caller is blocked, or calls too often; no line is free
 * @throws {RoomUsedError} the call is over, or another process has it
 */
export async function openCall(options: OpenCallOptions): Promise<OpenCall> {
  const { db, metadata } = options;
  const rehearsal = options.rehearsal ? metadata.rehearsal : undefined;
  const now = rehearsalClock(rehearsal?.clock);
  const { agent, drafted } = await findCalledAgent({ ...options, now });
  if (options.isTurnedAway === true) {
    const { language } = agent;
    throw new CallRefusedError(
      'As many calls are going on as this worker serves. Start another worker, or raise AGENT_MAX_CALLS where the machine can carry more.',
      { spoken: 'lines-busy', language },
    );
  }
  const { line, phone } = options;
  const numbers = phone?.numbers ?? NO_LINE;
  const ofAgent = { organizationId: agent.organizationId, agentId: agent.id };
  const { businessName } = agent;
  const [letIn, opening, business] = await Promise.allSettled([
    insertRow(options, ofAgent, rehearsal),
    openCalendars(db, ofAgent, metadata.calendar, {
      now,
      masterKey: options.masterKey,
      providers: options.providers,
      variables: metadata.outbound?.variables ?? {},
      faults: rehearsal?.faults ?? [],
    }),
    BusinessInfo.open({ db, ...ofAgent, language: agent.language, drafted }),
  ]);
  if (letIn.status === 'rejected') throw inLanguage(letIn.reason, agent.language);
  const { id, limits, earlier } = letIn.value;
  const logger = options.logger.child({ callId: id });
  const key = { organizationId: agent.organizationId, callId: id, holder: options.holder };
  const record = new CallRecord(db, key, logger);
  record.keepAlive();
  const of = { ...ofAgent, callId: id };
  const language = new SpokenLanguage({
    language: agent.language,
    allowed: agent.languages,
    earlier: earlier?.language ?? null,
  });
  const messages = new MessagePad({ db, ...of, numbers, language });
  const callerNumber = numbers.caller;
  try {
    if (opening.status === 'rejected') throw opening.reason;
    if (business.status === 'rejected') throw business.reason;
    const opened = opening.value;
    if (!opened.isAsDispatched) {
      logger.warn('the calendar of the dispatch is not, or no longer, one of the agent');
    }
    const timeZone = metadata.caller.timeZone ?? zoneOfLead(metadata) ?? opened.timeZone ?? 'UTC';
    const desk = openDesk(
      opened,
      {
        db,
        ...of,
        holder: options.holder,
        timeZone,
        callerNumber,
        visitor: metadata.caller.visitor ?? null,
        now,
        language,
        onWish: (wish) => record.mark('wish', { ...wish }),
      },
      logger,
    );
    desk?.prefetch();
    // Without the calendar's answer the caller proves again whose appointment it is.
    if (earlier && desk) await settledWithin(TAKE_OVER_DEADLINE, desk.takeOver(earlier.done));
    const told = (leftAgo: number): Promise<void> =>
      tellAfterHangUp(db, { ...of, leftAgo }).catch((error: unknown) => {
        logger.error({ err: error }, 'could not write to the caller who left');
      });
    return {
      id,
      agent,
      language,
      desk,
      messages,
      summary: new CallSummary({ db, ...of, businessName, timeZone, language }),
      business: business.value,
      line,
      numbers,
      record,
      earlier,
      logger,
      timeZone,
      longestCall: Math.max(longestOf(agent, limits) * MINUTE - (earlier?.age ?? 0), MINUTE),
      isSilent: rehearsal?.isSilent ?? false,
      now,
      tellAfterHangUp: told,
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'The calendar cannot be opened.';
    const isOurs = await record.finish({ outcome: 'failed', reason, by: 'fault' });
    if (!isOurs) throw new RoomUsedError({ isOver: false });
    throw new CallRefusedError(reason, { cause, language: agent.language });
  }
}

/** A refusal is said in the agent's language. */
function inLanguage(error: unknown, language: string): unknown {
  if (!(error instanceof CallRefusedError)) return error;
  const { message, spoken } = error;
  return new CallRefusedError(message, { spoken, language, cause: error });
}

/** @throws {CallRefusedError} the caller is blocked, or calls too often; the lines are busy */
async function insertRow(
  { db, line, roomName, phone, metadata, takenFrom = null, holder }: OpenCallOptions,
  agent: { organizationId: string; agentId: string },
  rehearsal: RehearsalWish | undefined,
): Promise<{ id: string; limits: CallLimits; earlier: EarlierCall | null }> {
  const limits = await readCallLimits(db, agent.organizationId);
  const { organizationId } = agent;
  const earlier =
    takenFrom !== null && holder !== undefined
      ? await takeOverCall(db, { organizationId, roomName, from: takenFrom, holder })
      : undefined;
  if (earlier === 'over') throw new RoomUsedError({ isOver: true });
  if (earlier === 'elsewhere') throw new RoomUsedError({ isOver: false });
  if (earlier) return { id: earlier.id, limits, earlier };
  const timeZone = metadata.caller.timeZone ?? null;
  const row = {
    ...agent,
    roomName,
    timeZone,
    // What is tried out is nobody's call: it is in no figure.
    rehearsal: rehearsal ?? (metadata.testCall === undefined ? null : {}),
    ...(holder === undefined ? {} : { holder }),
  };
  // The operator's own console takes no line.
  if (line === 'console') {
    return { id: await insertCall(db, { ...row, line }), limits, earlier: null };
  }
  const visitor = metadata.caller.visitor ?? null;
  const id = await insertAdmittedCall(db, { ...row, line, visitor }, { phone, limits });
  return { id, limits, earlier: null };
}

/** The desk of everything the agent may book; null where that is nothing. */
function openDesk(
  { events, failures }: OpenedCalendars,
  call: Omit<ConstructorParameters<typeof BookingDesk>[0], 'events'>,
  logger: Logger,
): BookingDesk | null {
  const [failure] = failures;
  if (events.length === 0 && failure) throw failure.trouble ?? failure.err;
  for (const { err, trouble } of failures) {
    logger.error({ err, title: trouble?.title }, 'an event cannot be booked');
  }
  return events.length === 0 ? null : new BookingDesk({ ...call, events });
}

function zoneOfLead({ outbound }: CallRequest): string | undefined {
  const zone = outbound?.variables['cal_timezone'];
  return zone !== undefined && isTimeZone(zone) ? zone : undefined;
}
