import type { ColumnType, Generated } from 'kysely';
import type { EndedBy, InstantByDefault, Json, JsonByDefault } from '../values.ts';

export interface AssistantsTable {
  id: Generated<string>;
  organizationId: string;
  agentId: string;
  /** Its id: "vapi". */
  platform: string;
  authentication: Json<Record<string, unknown>>;
  /** Sealed by {@link sealCredential}. */
  secret: Buffer;
  secretDigest: string;
  settings: JsonByDefault<Record<string, unknown>>;
  /** As PostgreSQL writes a bigint. */
  refusedRequests: Generated<string>;
  createdAt: InstantByDefault;
  updatedAt: InstantByDefault;
}

export interface ForeignCallsTable {
  callId: string;
  organizationId: string;
  assistantId: string;
  /** The platform's id of the call. */
  name: string;
  desk: ColumnType<unknown, string | null | undefined, string | null>;
  /** Who works on the call at the moment. */
  worker: string | null;
  workedOnUntil: Date | null;
  lastWordAt: InstantByDefault;
  overAt: ColumnType<Date | null, Date | undefined, Date | null>;
  endReason: string | null;
  endedBy: EndedBy | null;
  releasedAt: ColumnType<Date | null, Date | undefined, Date | null>;
  reportedAt: ColumnType<Date | null, Date | undefined, Date | null>;
}

export interface FunctionRequestsTable {
  id: Generated<string>;
  callId: string;
  name: string;
  digest: string;
  askedAt: InstantByDefault;
  answer: ColumnType<StoredFunctionAnswer | null, string | undefined, string | null>;
  answeredAt: ColumnType<Date | null, Date | undefined, Date | null>;
}

/** What a function was answered. */
export interface StoredFunctionAnswer {
  /** One line, for the model. */
  text: string;
  /** What the caller must hear word for word; null where the model says it in its own. */
  exact: string | null;
}
