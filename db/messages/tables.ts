import type { Generated } from 'kysely';
import type { InstantByDefault, Json, MessageKind } from '../values.ts';

export interface OutboxMessagesTable {
  id: Generated<string>;
  organizationId: string;
  kind: MessageKind;
  /** Unique in the organization: what is sent once. */
  messageKey: string;
  appointmentId: string | null;
  intentId: string | null;
  /** An e-mail address. */
  recipient: string;
  payload: Json<Record<string, unknown>>;
  state: Generated<'pending' | 'sent' | 'failed'>;
  attempts: Generated<number>;
  /** Not before this is it sent, or tried again. */
  dueAt: InstantByDefault;
  lastError: string | null;
  createdAt: InstantByDefault;
  sentAt: Date | null;
}

export interface MessagesTakenTable {
  id: Generated<string>;
  organizationId: string;
  agentId: string;
  callId: string;
  callerName: string | null;
  /** E.164. */
  callbackNumber: string | null;
  email: string | null;
  text: string;
  urgent: Generated<boolean>;
  createdAt: InstantByDefault;
  handledAt: Date | null;
  /** The name of who saw to it. */
  handledBy: string | null;
  /** Of a member. */
  assigneeId: string | null;
  note: Generated<string>;
}
