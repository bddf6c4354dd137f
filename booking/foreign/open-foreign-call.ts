import type { Providers } from '../../calendar/providers.ts';
import { CallRecord } from '../../calls/call-record.ts';
import type { Agent } from '../../db/agents.ts';
import { listDoneInCall } from '../../db/calls/done-in-call.ts';
import { findCalendarConnection } from '../../db/calendars/calendar-connections.ts';
import type { BookingEvent } from '../../db/booking-events.ts';
import type { WorkedCall } from '../../db/assistants/foreign-calls.ts';
import type { Database } from '../../db/database.ts';
import type { Logger } from '../../runtime/logger.ts';
import { settledWithin } from '../../runtime/within.ts';
import { openCalendars } from '../calendars/open-calendars.ts';
import { openConnection } from '../calendars/open-connection.ts';
import { BookingDesk } from '../desk/booking-desk.ts';
import type { DeskState } from '../desk/desk-state.ts';
import { BusinessInfo } from '../desk/business-info.ts';
import { callOutcome } from '../desk/call-outcome.ts';
import { CallSummary } from '../desk/call-summary.ts';
import { MessagePad } from '../desk/message-pad.ts';
import { SpokenLanguage } from '../languages/spoken-language.ts';
import { bookingTools } from '../tools/booking-tools.ts';
import { ToolDesk } from '../tools/tool-desk.ts';
import type { CallOutcome } from '../../db/values.ts';
import type { CalendarOwner, ServedFunctions } from './functions/function.ts';

/** Milliseconds for what a process that died had booked; a caller waits meanwhile. */
const TAKE_OVER_DEADLINE = 2_000;
/** Raised with the shape of what is kept: what another version kept is not read. */
const VERSION = 1;

export interface ForeignCallParts {
  db: Database;
  masterKey: Buffer;
  providers: Providers;
  logger: Logger;
  now: () => Date;
}

/** A call of another platform, with its desk as it was left. */
export interface OpenForeignCall extends ServedFunctions {
  record: CallRecord;
  /** What is to be kept for the next request; null where there is no desk. */
  readonly state: unknown;
  /** How it counts, once it is over. */
  outcome: (isTransferred: boolean) => CallOutcome;
  /** Gives free what is held for the caller. */
  release: () => Promise<void>;
}

/**
 * Opens a call for one request: as a call of ours is, with a desk that goes on from what was kept.
 * Throws what keeps every calendar of the agent from being opened.
 */
export async function openForeignCall(
  parts: ForeignCallParts,
  call: { callId: string; agent: Agent; callerNumber: string | null; worked: WorkedCall },
): Promise<OpenForeignCall> {
  const { db, now } = parts;
  const { agent, callId, callerNumber, worked } = call;
  const { organizationId } = agent;
  const logger = parts.logger.child({ callId });
  const of = { organizationId, agentId: agent.id, callId };
  const opened = await openCalendars(db, of, undefined, { ...parts, variables: {} });
  const [failure] = opened.failures;
  if (opened.events.length === 0 && failure) throw failure.trouble ?? failure.err;
  const language = new SpokenLanguage({ language: agent.language, allowed: agent.languages });
  const record = new CallRecord(db, { organizationId, callId }, logger);
  const timeZone = opened.timeZone ?? 'UTC';
  const desk =
    opened.events.length === 0
      ? null
      : new BookingDesk({
          db,
          ...of,
          events: opened.events,
          timeZone,
          language,
          callerNumber,
          now,
          hidesAtProvider: false,
          onWish: (wish) => record.mark('wish', { ...wish }),
        });
  if (desk) await takeUp(desk, db, { organizationId, callId }, worked);
  const numbers = { caller: callerNumber, dialled: null };
  const messages = new MessagePad({ db, ...of, numbers, language });
  const { businessName } = agent;
  const served = {
    desk,
    language,
    line: callerNumber === null ? ('web' as const) : ('phone' as const),
    numbers,
    messages,
    summary: new CallSummary({ db, ...of, businessName, timeZone, language }),
    business: await BusinessInfo.open({ db, ...of, language: agent.language }),
    record,
  };
  const tools = new Map(bookingTools(served).map((tool) => [tool.name, tool]));
  const toolDesk = new ToolDesk({ call: served, logger, onChange: () => undefined });
  return {
    desk,
    language,
    timeZone,
    record,
    runTool: async (name, args) => {
      const tool = tools.get(name);
      if (!tool) throw new Error(`There is no tool ${name}.`);
      return toolDesk.run(tool, args, undefined);
    },
    readOwner: async () => {
      const [first] = opened.events;
      return first ? readOwner(parts, first.event) : null;
    },
    get state() {
      return desk && { version: VERSION, desk: desk.state };
    },
    outcome: (isTransferred) => callOutcome(served, { failed: false, transferred: isTransferred }),
    release: async () => desk?.release(),
  };
}

/** Goes on where the last request was left, also where its process died in the middle. */
async function takeUp(
  desk: BookingDesk,
  db: Database,
  key: { organizationId: string; callId: string },
  { desk: kept, wasLeft }: WorkedCall,
): Promise<void> {
  const state = readState(kept);
  // What was done is known from the ledger then, all of it.
  const changes = wasLeft ? [] : state?.appointments.changes;
  if (state) {
    desk.restore({
      ...state,
      appointments: { ...state.appointments, changes: changes ?? [] },
    });
  }
  if (!wasLeft) return;
  const done = await listDoneInCall(db, key);
  // Without the calendar's answer the caller proves again whose appointment it is.
  await settledWithin(TAKE_OVER_DEADLINE, desk.takeOver(done));
}

function readState(kept: unknown): DeskState | null {
  const { version, desk } = Object(kept) as { version?: unknown; desk?: DeskState };
  return version === VERSION && desk ? desk : null;
}

async function readOwner(
  { db, logger, ...parts }: ForeignCallParts,
  event: BookingEvent,
): Promise<CalendarOwner | null> {
  const { organizationId, calendarConnectionId: id } = event;
  const connection = await findCalendarConnection(db, { organizationId, id });
  if (!connection) return null;
  const { provider, access } = await openConnection(db, connection, parts);
  const addUsersAt = provider.addUsersAt ?? null;
  const { name, timeZone } = connection;
  try {
    const account = await provider.readAccount?.(access);
    // Many providers know an account by an address or by what its owner signs in with: no caller hears it.
    const isTold = account !== undefined && !/[@/]/.test(account.name);
    return {
      name: isTold ? account.name : name,
      timeZone: account?.timeZone ?? timeZone,
      addUsersAt,
    };
  } catch (err) {
    logger.warn({ err }, 'the owner of a calendar could not be read');
    return { name, timeZone, addUsersAt };
  }
}
