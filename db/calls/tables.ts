import type { ColumnType, Generated, RawBuilder } from 'kysely';
import type { AgentContent } from '../agents.ts';
import type {
  AppointmentDetails,
  CallLine,
  CallOutcome,
  Instant,
  InstantByDefault,
  Json,
  ChargedAmounts,
  ChargeKind,
  EndedBy,
  RecordingState,
  RehearsalWish,
  TurnMedium,
  TurnRole,
} from '../values.ts';

export interface CallsTable {
  id: Generated<string>;
  organizationId: string;
  agentId: string;
  roomName: string;
  line: CallLine;
  /** The number that was dialled; null where none was. */
  phoneNumberId: string | null;
  /** E.164; null on the web and where the caller withholds it. */
  callerNumber: string | null;
  sipCallId: string | null;
  /** On the web and while the call is open: a keyed digest of the visitor's address. */
  visitor: ColumnType<string | null, string | null | undefined, null>;
  startedAt: InstantByDefault;
  endedAt: ColumnType<Date | null, Date | undefined, Date | null>;
  /** When the process that has the call last said so. */
  lastSignAt: InstantByDefault;
  /** That process, as it names itself; null where it did not say. */
  holder: string | null;
  /** By another worker, after a process that was gone. */
  timesTakenOver: Generated<number>;
  outcome: CallOutcome | null;
  /** For the operator: why the call ended as it did. */
  endReason: string | null;
  appointmentDetails: ColumnType<AppointmentDetails | null, string | undefined, string | null>;
  /** IANA: the caller's; null where nobody said it, and the calendar's holds. */
  timeZone: string | null;
  /** ISO 639-1: what was spoken last; null: the agent's. */
  language: ColumnType<string | null, never, string>;
  endedBy: EndedBy | null;
  /** Null of a real call; of one that tries a draft out there is nothing in it. */
  rehearsal: ColumnType<RehearsalWish | null, string | null | undefined, string>;
  /** Milliseconds from the end of what the caller said to the first sound of each answer. */
  latencies: ColumnType<number[], never, RawBuilder<number[]>>;
  /** Whether the caller was told of the recording, or did not want it; null: nothing was recorded. */
  recording: RecordingState | null;
}

export interface CallRecordingsTable {
  id: string;
  /** Null, as the next one, once the call is gone: it is to be deleted. */
  organizationId: string | null;
  callId: string | null;
  startedAt: ColumnType<Date, RawBuilder<Date>, never>;
  /** Null until it has ended. */
  milliseconds: number | null;
  /** As PostgreSQL writes a number. */
  bytes: ColumnType<string | null, number | null | undefined, number>;
  /** Why something of the call is missing in it. */
  incomplete: string | null;
  /** The place where it lies; null while it lies at the worker. */
  store: string | null;
  /** One byte a point: all of the caller's side, then all of the agent's. Null until they were asked for. */
  peaks: ColumnType<Buffer | null, never, Buffer>;
  unwantedAt: ColumnType<Date | null, never, Date | RawBuilder<Date>>;
}

export interface CallTurnsTable {
  id: Generated<string>;
  organizationId: string;
  callId: string;
  role: TurnRole;
  text: string;
  interrupted: Generated<boolean>;
  /** Null in rows that are older than this column. */
  medium: TurnMedium | null;
  /** Milliseconds from the end of what the caller said to its first sound, of an agent's answer. */
  latency: number | null;
  saidAt: InstantByDefault;
}

export interface ToolCallsTable {
  id: Generated<string>;
  organizationId: string;
  callId: string;
  name: string;
  arguments: Json<unknown>;
  result: ColumnType<unknown, string | undefined, string | null>;
  error: string | null;
  startedAt: InstantByDefault;
  endedAt: ColumnType<Date | null, Date | undefined, Date | null>;
}

export interface CallChargesTable {
  id: Generated<string>;
  organizationId: string;
  callId: string;
  kind: ChargeKind;
  model: string;
  amounts: Json<ChargedAmounts>;
  /** US dollars, as PostgreSQL writes a number; null where no price is known. */
  cost: ColumnType<string | null, number | null, never>;
  chargedAt: InstantByDefault;
}

export interface CallMarksTable {
  id: Generated<string>;
  organizationId: string;
  callId: string;
  kind: string;
  /** Names nobody and quotes nobody. */
  details: Json<Record<string, unknown>>;
  /** What was said, where the mark is about words. */
  words: string | null;
  markedAt: InstantByDefault;
}

export interface CallerGuessesTable {
  id: Generated<string>;
  organizationId: string;
  callId: string;
  /** The number of the line or the digest of a visitor's address; null where neither is known. */
  caller: string | null;
  /** In lower case; null where the number of the line stands for it. */
  email: string | null;
  proved: Generated<boolean>;
  guessedAt: InstantByDefault;
}

export interface MailedCodesTable {
  id: Generated<string>;
  organizationId: string;
  /** The call that asked for it: in no other it proves anything. */
  callId: string;
  /** In lower case. */
  email: string;
  /** Six digits. */
  code: string;
  tries: Generated<number>;
  mailedAt: InstantByDefault;
  expiresAt: Instant;
  usedAt: ColumnType<Date | null, Date | undefined, Date>;
}

export interface CallLimitsTable {
  organizationId: string;
  callsAtOnce: Generated<number>;
  callsPerCallerAnHour: Generated<number>;
  longestCallMinutes: Generated<number>;
  callsPerVisitorAtOnce: Generated<number>;
  /** Percent of `callsAtOnce`. */
  keptForPhone: Generated<number>;
}

export interface OpenedRoomsTable {
  id: Generated<string>;
  name: string;
  openedAt: InstantByDefault;
  closedAt: ColumnType<Date | null, never, Date>;
}

/** A call by which somebody of the office tries a draft out. */
export interface TestCallsTable {
  id: string;
  organizationId: string;
  agentId: string;
  roomName: string;
  /** The draft as it was when the call was begun. */
  content: Json<AgentContent>;
  startedBy: string;
  createdAt: InstantByDefault;
}
