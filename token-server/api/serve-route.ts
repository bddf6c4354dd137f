import type { Request, RequestHandler } from 'express';
import { insertAuditEntry } from '../../db/accounts/audit-entries.ts';
import {
  hasAnswer,
  storeAnswer,
  takeIdempotencyKey,
} from '../../db/accounts/idempotent-answers.ts';
import type { Database } from '../../db/database.ts';
import { LOCKS, takeLock } from '../../db/locks.ts';
import { authorize } from '../../manage/accounts/authorize.ts';
import type { Actor } from '../../manage/accounts/authorize.ts';
import type { Action } from '../../manage/accounts/policies.ts';
import { authenticate } from './authenticate.ts';
import type { AuthenticationParts } from './authenticate.ts';
import type { CallEntrance } from './call-entrance.ts';
import { etagOf, requireMatch } from './etag.ts';
import { keyReused, readKey, replay } from './idempotency.ts';
import type { Answer, KeyedRequest } from './idempotency.ts';
import type { KeyLimiter } from './key-limiter.ts';
import { inTime } from './outside.ts';
import type { Outside } from './outside.ts';
import type { CallParts, FileRoute, Route, WriteRoute } from './route.ts';
import { sendFile } from './send-file.ts';
import type { FileAnswer } from './send-file.ts';
import { inputOf, serveEffect } from './serve-effect.ts';
import { validate } from './validate.ts';
import type { ValidInput } from './validate.ts';

export interface ApiParts extends AuthenticationParts {
  keyLimiter: KeyLimiter;
  outside: Outside;
  office: { url: string; origins: readonly string[] };
  ofCalls: CallParts;
  entrance: CallEntrance;
}

/** What happens to every request, in this order. */
export function serveRoute(parts: ApiParts, route: Route): RequestHandler {
  return async (request, response) => {
    const actor = await authenticate(parts, request);
    await parts.keyLimiter.take(actor);
    const input = validate(route, request);
    if (route.kind === 'file') {
      await sendFile(request, response, await openFile(parts, route, { request, actor, input }));
      return;
    }
    const answer = await perform(parts, route, { request, actor, input });
    response.status(answer.status).set(answer.headers).json(answer.body);
  };
}

export interface Asked {
  request: Request;
  actor: Actor;
  input: ValidInput;
}

async function openFile(parts: ApiParts, route: FileRoute, asked: Asked): Promise<FileAnswer> {
  const { query, params } = asked.input;
  const organizationId = String(params['organizationId']);
  const permit = await authorize(parts.db, asked.actor, { action: route.action, organizationId });
  const { ofCalls } = parts;
  return route.run({ ...inputOf(parts, asked, permit), query, body: undefined, ofCalls });
}

async function perform(
  parts: ApiParts,
  route: Exclude<Route, FileRoute>,
  asked: Asked,
): Promise<Answer> {
  const { db, ofCalls } = parts;
  const { actor, input } = asked;
  if (route.kind === 'own') {
    return { status: 200, headers: {}, body: route.answer.parse(await route.run({ db, actor })) };
  }
  const organizationId = String(input.params['organizationId']);
  if (route.kind === 'write') {
    const said = await askOutside(parts, route, { ...asked, organizationId });
    return db
      .transaction()
      .execute((transaction) =>
        write({ ...parts, db: transaction }, route, { ...asked, organizationId, said }),
      );
  }
  if (route.kind === 'effect') return serveEffect(parts, route, { ...asked, organizationId });
  const permit = await authorize(db, actor, { action: route.action, organizationId });
  const given = inputOf(parts, asked, permit);
  const found = await route.run({ ...given, query: input.query, body: undefined, ofCalls });
  const body = route.answer.parse(found);
  return { status: 200, headers: route.hasEtag ? { ETag: etagOf(body) } : {}, body };
}

/** What goes by the roles of members: those stay as they are from before they are read. */
const OF_MEMBERS: ReadonlySet<Action> = new Set<Action>(['members:write', 'invitations:write']);

/**
 * What somebody else's server has to say to a write. It is asked for nobody who may not, for nothing
 * that was answered before, and for no edit of what stands no more.
 */
async function askOutside(
  parts: ApiParts,
  route: WriteRoute,
  asked: Asked & { organizationId: string },
): Promise<unknown> {
  if (!route.ask) return undefined;
  const { db, outside } = parts;
  const { request, actor, organizationId } = asked;
  const permit = await authorize(db, actor, { action: route.action, organizationId });
  const keyed = readKey(route, request, actor);
  if (keyed && (await hasAnswer(db, keyed))) return undefined;
  const given = inputOf(parts, asked, permit);
  if (route.current) requireMatch(request, route.answer.parse(await route.current(given)));
  return inTime(outside, route.ask(given));
}

/** All of it in one transaction: the change, what is told of it, and the answer that is kept. */
async function write(
  parts: ApiParts,
  route: WriteRoute,
  asked: Asked & { organizationId: string; said: unknown },
): Promise<Answer> {
  const { db } = parts;
  const { request, actor, organizationId, said } = asked;
  if (OF_MEMBERS.has(route.action)) await takeLock(db, LOCKS.members(organizationId));
  const permit = await authorize(db, actor, { action: route.action, organizationId });
  const keyed = readKey(route, request, actor);
  if (keyed) {
    const earlier = await earlierAnswer(db, keyed);
    if (earlier) return earlier;
  }
  const given = inputOf(parts, asked, permit);
  if (route.current) requireMatch(request, route.answer.parse(await route.current(given)));
  const { answer, change } = await route.run({ ...given, asked: said });
  const { kind, id, name } = actor;
  await insertAuditEntry(db, { organizationId, actor: { kind, id, name }, ...change });
  const body = route.answer.parse(answer);
  const headers: Record<string, string> = route.current ? { ETag: etagOf(body) } : {};
  const done = { status: route.status, headers, body };
  if (keyed) await storeAnswer(db, keyed, done);
  return done;
}

/** @throws {Problem} the key was used for something else */
async function earlierAnswer(
  transaction: Database,
  keyed: KeyedRequest,
): Promise<Answer | undefined> {
  const stored = await takeIdempotencyKey(transaction, keyed);
  if (!stored) return undefined;
  const answer = replay(stored, keyed);
  if (!answer) throw keyReused();
  return answer;
}
