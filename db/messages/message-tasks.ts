import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { NOW } from '../clock.ts';
import type { Database } from '../database.ts';
import { isOfPerson } from '../is-of-person.ts';

/** A message that a caller left, as a task of the people of the office. */
export interface MessageTask {
  id: string;
  organizationId: string;
  callId: string;
  agentSlug: string;
  agentName: string;
  callerName: string | null;
  /** E.164. */
  callbackNumber: string | null;
  email: string | null;
  text: string;
  /** It cannot wait. */
  urgent: boolean;
  assigneeId: string | null;
  assigneeName: string | null;
  note: string;
  createdAt: Date;
  /** Null: nobody has seen to it yet. */
  handledAt: Date | null;
  handledBy: string | null;
}

export interface MessageTaskFilter {
  organizationId: string;
  /** Whether somebody has seen to it; null: both. */
  isDone: boolean | null;
  urgent: boolean | null;
  /** The id of a member; `none`: nobody's; null: anybody's. */
  assignee: string | null;
  agentSlug: string | null;
  /** A part of a name, an address or a number. */
  person: string | null;
  after: string | null;
  limit: number;
}

const PERSON = {
  name: 'message.callerName',
  email: 'message.email',
  phone: 'message.callbackNumber',
};

/** What is to be done, urgent ones first, then the oldest; what is done, or all of it, the newest first. */
export async function listMessageTasks(
  db: Database,
  filter: MessageTaskFilter,
): Promise<MessageTask[]> {
  const { organizationId, isDone, urgent, assignee, agentSlug, person, after, limit } = filter;
  let query = taskRows(db, organizationId).limit(limit);
  if (isDone !== null) query = query.where('message.handledAt', isDone ? 'is not' : 'is', null);
  if (urgent !== null) query = query.where('message.urgent', '=', urgent);
  if (assignee === 'none') query = query.where('message.assigneeId', 'is', null);
  else if (assignee !== null) query = query.where('message.assigneeId', '=', assignee);
  if (agentSlug !== null) query = query.where('agent.slug', '=', agentSlug);
  if (person !== null) query = query.where(isOfPerson(person, PERSON));
  const isToDo = isDone === false;
  if (after !== null) query = query.where(isBehind({ organizationId, after }, isToDo));
  return isToDo
    ? query
        .orderBy('message.urgent', 'desc')
        .orderBy('message.createdAt')
        .orderBy('message.id')
        .execute()
    : query.orderBy('message.createdAt', 'desc').orderBy('message.id', 'desc').execute();
}

/** @param options `lock`: nobody else changes it until the transaction ends */
export async function findMessageTask(
  db: Database,
  key: { organizationId: string; id: string },
  { lock = false } = {},
): Promise<MessageTask | undefined> {
  const query = taskRows(db, key.organizationId).where('message.id', '=', key.id);
  return (lock ? query.forUpdate('message') : query).executeTakeFirst();
}

/** Changes what is given. */
export async function updateMessageTask(
  db: Database,
  key: { organizationId: string; id: string },
  change: {
    urgent?: boolean | undefined;
    assigneeId?: string | null | undefined;
    note?: string | undefined;
    /** Who saw to it; null: it is to be done again. */
    handledBy?: string | null | undefined;
  },
): Promise<void> {
  const { handledBy, ...fields } = change;
  const handled =
    handledBy === undefined ? {} : { handledBy, handledAt: handledBy === null ? null : NOW };
  await db
    .updateTable('messagesTaken')
    .set({ ...fields, ...handled })
    .where('organizationId', '=', key.organizationId)
    .where('id', '=', key.id)
    .execute();
}

function isBehind(
  { organizationId, after }: { organizationId: string; after: string },
  isToDo: boolean,
): RawBuilder<boolean> {
  const last = sql`from messages_taken as last
    where last.id = ${after} and last.organization_id = ${organizationId}`;
  return isToDo
    ? sql`(not message.urgent, message.created_at, message.id) > (
        select not last.urgent, last.created_at, last.id ${last})`
    : sql`(message.created_at, message.id) < (select last.created_at, last.id ${last})`;
}

function taskRows(db: Database, organizationId: string) {
  return (
    db
      .selectFrom('messagesTaken as message')
      .innerJoin('agents as agent', (join) =>
        join
          .onRef('agent.id', '=', 'message.agentId')
          .onRef('agent.organizationId', '=', 'message.organizationId'),
      )
      .leftJoin('calls', 'calls.id', 'message.callId')
      .leftJoin('users as assignee', 'assignee.id', 'message.assigneeId')
      .select([
        'message.id',
        'message.organizationId',
        'message.callId',
        'agent.slug as agentSlug',
        'agent.name as agentName',
        'message.callerName',
        'message.callbackNumber',
        'message.email',
        'message.text',
        'message.urgent',
        'message.assigneeId',
        'assignee.name as assigneeName',
        'message.note',
        'message.createdAt',
        'message.handledAt',
        'message.handledBy',
      ])
      .where('message.organizationId', '=', organizationId)
      // What somebody says who tries a draft out is no task.
      .where('calls.rehearsal', 'is', null)
  );
}
