import { setTimeout as pause } from 'node:timers/promises';
import { insertAuditEntry } from '../../db/accounts/audit-entries.ts';
import {
  findStoredAnswer,
  releaseIdempotencyKey,
  storeAnswer,
  takeIdempotencyKey,
} from '../../db/accounts/idempotent-answers.ts';
import type { Database } from '../../db/database.ts';
import { authorize } from '../../manage/accounts/authorize.ts';
import type { Permit } from '../../manage/accounts/authorize.ts';
import { ManageError } from '../../manage/manage-error.ts';
import { etagOf, requireMatch } from './etag.ts';
import { readKey, replay } from './idempotency.ts';
import type { Answer, KeyedRequest } from './idempotency.ts';
import type { Change, EffectRoute } from './route.ts';
import type { ApiParts, Asked } from './serve-route.ts';

/** Milliseconds for which the same request, under way elsewhere, is waited for. */
const AWAITS_FIRST = 5_000;
const POLL = 100;

type AskedEffect = Asked & { organizationId: string };

interface Begun {
  permit: Permit;
  keyed: KeyedRequest | null;
  /** Nobody has sent this request before. */
  isFirst: boolean;
}

/** What happens to a request that has something done outside: {@link EffectRoute}. */
export async function serveEffect(
  parts: ApiParts,
  route: EffectRoute,
  asked: AskedEffect,
): Promise<Answer> {
  const begun = await parts.db
    .transaction()
    .execute((transaction) => begin({ ...parts, db: transaction }, route, asked));
  const { keyed } = begun;
  if (keyed && !begun.isFirst) {
    const earlier = await earlierAnswer(parts.db, keyed);
    if (earlier) return earlier;
  }
  try {
    const done = await route.run({
      ...inputOf(parts, asked, begun.permit),
      byHand: {
        ...parts.outside,
        ...parts.outside.ledger,
        db: parts.db,
        requestedBy: requesterOf(asked),
        requestKey: keyed && `${keyed.owner} ${keyed.key}`,
      },
    });
    return await end(parts.db, route, { ...asked, ...begun, ...done });
  } catch (error) {
    if (!keyed || !(error instanceof ManageError)) throw error;
    // That nothing was done is said of this attempt alone: the first one may have done it.
    if (!begun.isFirst && error.fault === 'unreachable') throw stillOpen(error);
    // Nothing was done: the request may be sent again, and the key be used for another one.
    await releaseIdempotencyKey(parts.db, keyed);
    throw error;
  }
}

function stillOpen(cause: ManageError): ManageError {
  return new ManageError(
    'What came of this request is not known yet, and the calendar cannot be asked now: send it again later.',
    { fault: 'unreachable', cause },
  );
}

/** What is asked for, written down before it is done. */
async function begin(parts: ApiParts, route: EffectRoute, asked: AskedEffect): Promise<Begun> {
  const { db } = parts;
  const { request, actor, organizationId } = asked;
  const permit = await authorize(db, actor, { action: route.action, organizationId });
  const keyed = readKey(route, request, actor);
  const stored = keyed && (await takeIdempotencyKey(db, keyed));
  if (keyed && stored) {
    replay(stored, keyed);
    return { permit, keyed, isFirst: false };
  }
  const given = inputOf(parts, asked, permit);
  if (route.current) requireMatch(request, route.answer.parse(await route.current(given)));
  await tell(db, asked, await route.wish(given));
  return { permit, keyed, isFirst: true };
}

/**
 * The answer to the same request, waited for where it is under way elsewhere; undefined where its
 * process is gone, or takes long: the ledger knows more then.
 */
async function earlierAnswer(db: Database, keyed: KeyedRequest): Promise<Answer | undefined> {
  for (;;) {
    const stored = await findStoredAnswer(db, keyed);
    const answer = stored && replay(stored, keyed);
    if (answer) return answer;
    if (!stored || stored.age > AWAITS_FIRST) return undefined;
    await pause(POLL);
  }
}

/** What came of it, told and kept. What is open is not kept: it is known later. */
async function end(
  db: Database,
  route: EffectRoute,
  done: AskedEffect & Begun & { answer: unknown; change: Change; isOpen: boolean },
): Promise<Answer> {
  const { keyed, isFirst, isOpen, change } = done;
  const body = route.answer.parse(done.answer);
  const answer: Answer = {
    status: isOpen ? 202 : route.status,
    headers: { ETag: etagOf(body) },
    body,
  };
  return db.transaction().execute(async (transaction) => {
    if (keyed && !isOpen && !(await storeAnswer(transaction, keyed, answer))) {
      const stored = await findStoredAnswer(transaction, keyed);
      const earlier = stored && replay(stored, keyed);
      if (earlier) return earlier;
    }
    if (isFirst || !isOpen) await tell(transaction, done, change);
    return answer;
  });
}

/** What every route of an organization is handed; one that reads, with its query. */
export function inputOf(
  { db, office, entrance, outside }: ApiParts,
  { input }: Asked,
  permit: Permit,
) {
  return {
    db,
    permit,
    params: input.params,
    query: {},
    body: input.body,
    officeUrl: office.url,
    entrance,
    outside,
  };
}

async function tell(db: Database, asked: AskedEffect, change: Change): Promise<void> {
  const { organizationId } = asked;
  await insertAuditEntry(db, { organizationId, actor: requesterOf(asked), ...change });
}

function requesterOf({ actor: { kind, id, name } }: AskedEffect) {
  return { kind, id, name };
}
