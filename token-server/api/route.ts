import type { z } from 'zod';
import type { Database } from '../../db/database.ts';
import type { Actor, Permit } from '../../manage/accounts/authorize.ts';
import type { Action } from '../../manage/accounts/policies.ts';
import type { CalendarProvider } from '../../calendar/provider.ts';
import type { RecordingStore } from '../../calls/recordings/recording-store.ts';
import type { FileAnswer } from './send-file.ts';
import type { CallEntrance } from './call-entrance.ts';
import type { ByHandParts } from '../../manage/by-hand.ts';
import type { Outside } from './outside.ts';

/*
 * A route is a value: the router, the OpenAPI document and the matrix of tests are made of the list
 * of them (`routes.ts`). The order of what happens to a request is in `serve-route.ts`.
 */

/** Who a change is told of in the audit log, as whom, and how it was before and after. */
export interface Change {
  /** A subject and what was done: "agent.edited". */
  action: string;
  subject: { kind: string; id: string };
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/** What every route has. */
interface RouteWords {
  /** Unique, in camel case: the operation's id. */
  id: string;
  /** Under /api/v1, with parameters in braces. */
  path: string;
  summary: string;
}

interface Input<Params, Query, Body> {
  db: Database;
  params: Params;
  query: Query;
  body: Body;
  /** The office's origin, for links. */
  officeUrl: string;
  /** Where calls begin. */
  entrance: CallEntrance;
  outside: Outside;
}

/** What is needed to read of calls, beside the database. */
export interface CallParts {
  /** Where recordings lie; null where no place is named. */
  recordings: RecordingStore | null;
  providers: readonly CalendarProvider[];
}

/** Reads something of an organization; `params` has its `organizationId`. */
export interface ReadRoute<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Answer extends z.ZodType = z.ZodType,
> extends RouteWords {
  kind: 'read';
  method: 'get';
  action: Action;
  params: Params;
  query: Query;
  answer: Answer;
  /** One that can be sent, for the tests; missing where nothing has to be said. */
  example?: Record<string, string>;
  /** The answer has an ETag, which an edit names in If-Match. */
  hasEtag?: true;
  run: (
    input: Input<z.output<Params>, z.output<Query>, undefined> & {
      permit: Permit;
      ofCalls: CallParts;
    },
  ) => Promise<z.input<Answer>>;
}

/** Answers bytes of something of an organization: a recording, a table to save. */
export interface FileRoute<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
> extends RouteWords {
  kind: 'file';
  method: 'get';
  action: Action;
  params: Params;
  query: Query;
  /** Of what it answers, for the document. */
  contentType: string;
  run: (
    input: Input<z.output<Params>, z.output<Query>, undefined> & {
      permit: Permit;
      ofCalls: CallParts;
    },
  ) => Promise<FileAnswer>;
}

/** Changes something of an organization, in one transaction with its entry in the audit log. */
export interface WriteRoute<
  Params extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
  Asked = unknown,
> extends RouteWords {
  kind: 'write';
  method: 'post' | 'patch' | 'delete';
  action: Action;
  params: Params;
  /** Null where none is sent. */
  body: Body | null;
  /** One that can be sent, for the document and the tests. */
  example: z.input<Body> | null;
  answer: Answer;
  status: 200 | 201;
  /** False where the answer must not be kept, since a secret is in it. */
  isIdempotent: boolean;
  /**
   * What If-Match is compared with: as the read route presents it, locked until the end of the
   * transaction. Null where nothing is edited.
   */
  current:
    | ((
        input: Input<z.output<Params>, unknown, unknown> & { permit: Permit },
      ) => Promise<z.input<Answer>>)
    | null;
  /**
   * Asks a provider or LiveKit, before the transaction: nobody waits for a lock that waits for a
   * network. What comes of it is handed to `run`, which may not come.
   */
  ask?: (
    input: Input<z.output<Params>, Record<string, never>, z.output<Body>> & { permit: Permit },
  ) => Promise<Asked>;
  run: (
    input: Input<z.output<Params>, Record<string, never>, z.output<Body>> & {
      permit: Permit;
      asked: Asked;
    },
  ) => Promise<{ answer: z.input<Answer>; change: Change }>;
}

/**
 * Has something done outside of the database, at a calendar's provider: seconds in which no
 * transaction is open. What is asked for is written down first, with its entry in the audit log; then
 * it is done, by the ledger, which knows the request by its Idempotency-Key for all time; then the
 * answer is kept. A request that comes again after a process has died goes on where that one was.
 */
export interface EffectRoute<
  Params extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> extends RouteWords {
  kind: 'effect';
  method: 'post';
  action: Action;
  params: Params;
  body: Body;
  /** One that can be sent, for the document and the tests. */
  example: z.input<Body>;
  answer: Answer;
  /** Of what is done; 202 of what nobody knows yet. */
  status: 200 | 201;
  isIdempotent: true;
  /** What If-Match is compared with, before anything is done. Null where nothing is edited. */
  current:
    | ((
        input: Input<z.output<Params>, unknown, unknown> & { permit: Permit },
      ) => Promise<z.input<Answer>>)
    | null;
  /** What is wished for, as the audit log tells it; where it throws, nothing is done. */
  wish: (
    input: Input<z.output<Params>, Record<string, never>, z.output<Body>> & { permit: Permit },
  ) => Promise<Change>;
  /** Outside of any transaction. */
  run: (
    input: Input<z.output<Params>, Record<string, never>, z.output<Body>> & {
      permit: Permit;
      /** With who asks, and how they name the request. */
      byHand: ByHandParts;
    },
  ) => Promise<{
    answer: z.input<Answer>;
    /** What came of it. */
    change: Change;
    /** Nobody knows yet how it ends: the same request, sent again, is told what is known then. */
    isOpen: boolean;
  }>;
}

/** Reads what belongs to whoever has signed in, and to no organization. */
export interface OwnRoute<Answer extends z.ZodType = z.ZodType> extends RouteWords {
  kind: 'own';
  method: 'get';
  answer: Answer;
  run: (input: { db: Database; actor: Actor }) => Promise<z.input<Answer>>;
}

export type Route = ReadRoute | FileRoute | WriteRoute | EffectRoute | OwnRoute;

/** What a client needs to know of a route: in its type alone, never in the value. */
interface Typed<Types> {
  readonly types?: Types;
}

/** Keeps the types of a route together; towards the list only its client's remain. */
export function readRoute<
  Id extends string,
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Answer extends z.ZodType,
>(
  route: Omit<ReadRoute<Params, Query, Answer>, 'kind' | 'method'> & { id: Id },
): Route &
  Typed<{
    kind: 'read';
    id: Id;
    params: z.output<Params>;
    query: z.input<Query>;
    answer: z.output<Answer>;
  }> {
  return { ...route, kind: 'read', method: 'get' } as unknown as Route;
}

/** The same. */
export function writeRoute<
  Id extends string,
  Params extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
  Asked = undefined,
>(
  route: Omit<WriteRoute<Params, Body, Answer, Asked>, 'kind'> & { id: Id },
): Route &
  Typed<{
    kind: 'write';
    id: Id;
    params: z.output<Params>;
    body: z.input<Body>;
    answer: z.output<Answer>;
  }> {
  return { ...route, kind: 'write' } as unknown as Route;
}

/** The same. */
export function ownRoute<Id extends string, Answer extends z.ZodType>(
  route: Omit<OwnRoute<Answer>, 'kind' | 'method'> & { id: Id },
): Route & Typed<{ kind: 'own'; id: Id; answer: z.output<Answer> }> {
  return { ...route, kind: 'own', method: 'get' } as unknown as Route;
}

/** The same. */
export function fileRoute<Id extends string, Params extends z.ZodObject, Query extends z.ZodObject>(
  route: Omit<FileRoute<Params, Query>, 'kind' | 'method'> & { id: Id },
): Route &
  Typed<{
    kind: 'file';
    id: Id;
    params: z.output<Params>;
    query: z.input<Query>;
    answer: never;
  }> {
  return { ...route, kind: 'file', method: 'get' } as unknown as Route;
}

/** The same; a client writes by it as by any other. */
export function effectRoute<
  Id extends string,
  Params extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(
  route: Omit<EffectRoute<Params, Body, Answer>, 'kind' | 'method' | 'isIdempotent'> & { id: Id },
): Route &
  Typed<{
    kind: 'write';
    id: Id;
    params: z.output<Params>;
    body: z.input<Body>;
    answer: z.output<Answer>;
  }> {
  return { ...route, kind: 'effect', method: 'post', isIdempotent: true } as unknown as Route;
}
