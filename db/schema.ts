import type { ColumnType, Generated } from 'kysely';
import type { ReasoningEffort } from '../runtime/model-environment.ts';
import type { InstantByDefault, Json, MeetingLink } from './values.ts';
import type { AgentContent } from './agents.ts';
import type {
  ApiKeysTable,
  AuditEntriesTable,
  IdempotentAnswersTable,
  InvitationsTable,
  MembersTable,
  OfficeSecretsTable,
  SetupLinksTable,
  UserAccountsTable,
  UserSessionsTable,
  UsersTable,
  VerificationsTable,
} from './accounts/tables.ts';
import type { AppointmentsTable } from './appointments/tables.ts';
import type {
  AssistantsTable,
  ForeignCallsTable,
  FunctionRequestsTable,
} from './assistants/tables.ts';
import type {
  CalendarAuthorizationsTable,
  CalendarConnectionsTable,
  CalendarSyncsTable,
  BookingBudgetsTable,
  CredentialLimitsTable,
  EventBusyCalendarsTable,
  EventHostsTable,
  SlotHoldsTable,
  StoredBookingsTable,
  WebhookDeliveriesTable,
} from './calendars/tables.ts';
import type {
  CallChargesTable,
  CallLimitsTable,
  CallMarksTable,
  CallRecordingsTable,
  CallTurnsTable,
  CallerGuessesTable,
  CallsTable,
  MailedCodesTable,
  OpenedRoomsTable,
  TestCallsTable,
  ToolCallsTable,
} from './calls/tables.ts';
import type {
  AlertChangesTable,
  AlertsTable,
  DailyFiguresTable,
  FigureZonesTable,
  SpendingLimitsTable,
  StaleDaysTable,
  StaleFiguresTable,
} from './figures/tables.ts';
import type { RetentionSettingsTable } from './forgetting/tables.ts';
import type { BookingIntentsTable } from './intents/tables.ts';
import type { MessagesTakenTable, OutboxMessagesTable } from './messages/tables.ts';
import type { BlockedCallersTable, PhoneNumbersTable, SipTrunksTable } from './phone/tables.ts';
import type {
  RehearsersTable,
  RequiredScenariosTable,
  ScenarioRunsTable,
  ScenariosTable,
} from './scenarios/tables.ts';
import type {
  DeliveryAttemptsTable,
  EndpointDeliveriesTable,
  WebhookEndpointsTable,
  WebhookEventsTable,
} from './webhooks/tables.ts';

export interface OrganizationsTable {
  id: Generated<string>;
  name: string;
  /** Made by a rehearsal, and removed with it: in no list, and nobody's default. */
  isRehearsal: Generated<boolean>;
  /** IANA: in which its people read times; null: that of its first calendar. */
  timeZone: string | null;
  createdAt: InstantByDefault;
}

export interface AgentsTable {
  id: Generated<string>;
  organizationId: string;
  /** Names the agent in addresses and token requests: unique over all organizations. */
  slug: string;
  name: string;
  businessName: string;
  instructions: Generated<string>;
  /** BCP 47. */
  language: Generated<string>;
  /** ISO 639-1: those it may change to; null: any that is spoken here. */
  languages: string[] | null;
  voice: Generated<string>;
  /** Null: the usual one, in the agent's language. */
  greeting: string | null;
  /** Whether callers are told at once that they speak with an AI. */
  disclosesAi: Generated<boolean>;
  /** A Realtime model; null: the worker's. */
  realtimeModel: string | null;
  /** Null: the worker's. */
  transcriptionModel: string | null;
  /** Null: the worker's. */
  reasoningEffort: ReasoningEffort | null;
  enabled: Generated<boolean>;
  /** E.164 or a SIP address; null: the agent takes a message instead. */
  transferTo: string | null;
  /** Of `calls/weekly-hours.ts`, in the organization's zone; null: at any time. */
  transferHours: string | null;
  /** Whether its calls are recorded. */
  recording: Generated<boolean>;
  /** Null: as long as the organization's. */
  longestCallMinutes: number | null;
  /** Of sites on which it may be embedded. */
  allowedOrigins: Generated<string[]>;
  createdAt: InstantByDefault;
  updatedAt: InstantByDefault;
}

/** One row an agent, while something of it is drafted. */
export interface AgentDraftsTable {
  agentId: string;
  organizationId: string;
  /** What differs from what is published, and nothing else. */
  change: Json<Partial<AgentContent>>;
  editedBy: string;
  updatedAt: InstantByDefault;
}

export interface AgentVersionsTable {
  id: Generated<string>;
  organizationId: string;
  agentId: string;
  number: number;
  /** Fields that came later are missing in it. */
  content: Json<Partial<AgentContent>>;
  /** Null: at the machine itself. */
  publishedBy: string | null;
  publishedAt: InstantByDefault;
}

export interface BookingEventsTable {
  id: Generated<string>;
  organizationId: string;
  /** Null: every agent of the organization books it. */
  agentId: string | null;
  calendarConnectionId: string;
  name: string;
  /** The provider's slug. */
  eventType: string;
  durationMinutes: Generated<number>;
  enabled: Generated<boolean>;
  organizerEmail: string | null;
  meetingLink: Generated<MeetingLink>;
  /** IANA; null: the calendar's. */
  timeZone: string | null;
  /** A local date, "2026-11-24"; null: today. */
  initialBookingDate: ColumnType<string | null, string | null | undefined, string | null>;
  offeringDays: number | null;
  slotsPerDay: number | null;
  hoursBetweenSlots: number | null;
  /** What its attendee has to know or to bring. */
  preparation: string | null;
  /** By the schema of calendar/slots/availability.ts; null: the usual hours. */
  availability: ColumnType<
    Record<string, unknown> | null,
    string | null | undefined,
    string | null
  >;
  /** It stands for what was booked with it alone. */
  removedAt: Date | null;
  createdAt: InstantByDefault;
  updatedAt: InstantByDefault;
}

export interface BusinessFactsTable {
  id: Generated<string>;
  organizationId: string;
  agentId: string;
  topic: string;
  text: string;
  /** Of PostgreSQL's text search: "english". */
  configuration: Generated<string>;
  createdAt: InstantByDefault;
  updatedAt: InstantByDefault;
}

export interface ServerNoticesTable {
  name: string;
  noticedAt: InstantByDefault;
}

/** Every table, by its name. The tables of a subject are described in its folder. */
export interface Schema {
  organizations: OrganizationsTable;
  calendarAuthorizations: CalendarAuthorizationsTable;
  calendarConnections: CalendarConnectionsTable;
  agents: AgentsTable;
  agentDrafts: AgentDraftsTable;
  agentVersions: AgentVersionsTable;
  bookingEvents: BookingEventsTable;
  eventBusyCalendars: EventBusyCalendarsTable;
  eventHosts: EventHostsTable;
  calls: CallsTable;
  callTurns: CallTurnsTable;
  toolCalls: ToolCallsTable;
  callCharges: CallChargesTable;
  callMarks: CallMarksTable;
  callRecordings: CallRecordingsTable;
  bookingIntents: BookingIntentsTable;
  appointments: AppointmentsTable;
  fakeCalendarBookings: StoredBookingsTable;
  callerGuesses: CallerGuessesTable;
  mailedCodes: MailedCodesTable;
  slotHolds: SlotHoldsTable;
  webhookDeliveries: WebhookDeliveriesTable;
  calendarSyncs: CalendarSyncsTable;
  outboxMessages: OutboxMessagesTable;
  credentialLimits: CredentialLimitsTable;
  bookingBudgets: BookingBudgetsTable;
  sipTrunks: SipTrunksTable;
  phoneNumbers: PhoneNumbersTable;
  callLimits: CallLimitsTable;
  openedRooms: OpenedRoomsTable;
  testCalls: TestCallsTable;
  serverNotices: ServerNoticesTable;
  businessFacts: BusinessFactsTable;
  blockedCallers: BlockedCallersTable;
  messagesTaken: MessagesTakenTable;
  retentionSettings: RetentionSettingsTable;
  users: UsersTable;
  userSessions: UserSessionsTable;
  userAccounts: UserAccountsTable;
  verifications: VerificationsTable;
  members: MembersTable;
  setupLinks: SetupLinksTable;
  invitations: InvitationsTable;
  auditEntries: AuditEntriesTable;
  apiKeys: ApiKeysTable;
  idempotentAnswers: IdempotentAnswersTable;
  officeSecrets: OfficeSecretsTable;
  webhookEndpoints: WebhookEndpointsTable;
  webhookEvents: WebhookEventsTable;
  endpointDeliveries: EndpointDeliveriesTable;
  deliveryAttempts: DeliveryAttemptsTable;
  dailyFigures: DailyFiguresTable;
  figureZones: FigureZonesTable;
  staleFigures: StaleFiguresTable;
  staleDays: StaleDaysTable;
  alerts: AlertsTable;
  alertChanges: AlertChangesTable;
  spendingLimits: SpendingLimitsTable;
  assistants: AssistantsTable;
  foreignCalls: ForeignCallsTable;
  functionRequests: FunctionRequestsTable;
  scenarios: ScenariosTable;
  requiredScenarios: RequiredScenariosTable;
  scenarioRuns: ScenarioRunsTable;
  rehearsers: RehearsersTable;
}
