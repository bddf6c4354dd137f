import type { Database } from '../database.ts';

export interface NewMessageTaken {
  organizationId: string;
  agentId: string;
  callId: string;
  callerName: string | null;
  /** E.164. */
  callbackNumber: string | null;
  email: string | null;
  text: string;
  /** It cannot wait; false unless given. */
  urgent?: boolean;
}

export interface MessageTaken {
  id: string;
  organizationId: string;
  agentSlug: string;
  callId: string;
  callerName: string | null;
  /** E.164. */
  callbackNumber: string | null;
  email: string | null;
  text: string;
  /** It cannot wait. */
  urgent: boolean;
  createdAt: Date;
  /** Null: nobody has seen to it yet. */
  handledAt: Date | null;
}

/** Stores a message and answers its id. */
export async function insertMessageTaken(db: Database, message: NewMessageTaken): Promise<string> {
  const row = await db
    .insertInto('messagesTaken')
    .values(message)
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/**
 * Messages that nobody has seen to, urgent ones first, then the oldest; or, with `handled`, all of them, newest first.
 */
export async function listMessagesTaken(
  db: Database,
  filter: { organizationId: string; handled?: boolean; limit: number },
): Promise<MessageTaken[]> {
  const rows = db
    .selectFrom('messagesTaken as message')
    .innerJoin('agents as agent', (join) =>
      join
        .onRef('agent.id', '=', 'message.agentId')
        .onRef('agent.organizationId', '=', 'message.organizationId'),
    )
    .select([
      'message.id',
      'message.organizationId',
      'agent.slug as agentSlug',
      'message.callId',
      'message.callerName',
      'message.callbackNumber',
      'message.email',
      'message.text',
      'message.urgent',
      'message.createdAt',
      'message.handledAt',
    ])
    .where('message.organizationId', '=', filter.organizationId)
    .limit(filter.limit);
  return filter.handled
    ? rows.orderBy('message.createdAt', 'desc').execute()
    : rows
        .where('message.handledAt', 'is', null)
        .orderBy('message.urgent', 'desc')
        .orderBy('message.createdAt')
        .execute();
}

/**
 * Notes that somebody saw to it; the first time counts.
 * @returns whether there is such a message
 */
export async function markHandled(
  db: Database,
  key: { organizationId: string; id: string },
  handledAt: Date,
): Promise<boolean> {
  const row = await db
    .updateTable('messagesTaken')
    .set((set) => ({ handledAt: set.fn.coalesce('handledAt', set.val(handledAt)) }))
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
