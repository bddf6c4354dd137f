import type { RouteTypes } from '../../../token-server/api/routes.ts';

/** A route by its id, as the server's own table has it. */
export type RouteId = RouteTypes['id'];
export type ReadId = Extract<RouteTypes, { kind: 'read' | 'own' }>['id'];
export type WriteId = Extract<RouteTypes, { kind: 'write' }>['id'];
type Of<Id extends RouteId> = Extract<RouteTypes, { id: Id }>;

export type AnswerOf<Id extends RouteId> = Of<Id>['answer'];
export type QueryOf<Id extends ReadId> = Of<Id> extends { query: infer Query } ? Query : never;
export type BodyOf<Id extends WriteId> = Of<Id> extends { body: infer Body } ? Body : never;
/** What its list has. */
export type ItemOf<Id extends ReadId> =
  AnswerOf<Id> extends { items: (infer Item)[] } ? Item : never;
/** Without the organization, which the client puts in. */
export type ParamsOf<Id extends RouteId> =
  Of<Id> extends { params: infer Params } ? Omit<Params, 'organizationId'> : object;

type NamedBy<Id extends RouteId> = keyof ParamsOf<Id> extends never
  ? { params?: undefined }
  : { params: ParamsOf<Id> };

/** What is asked of a route that reads. */
export type Asked<Id extends ReadId> = NamedBy<Id> & {
  query?: QueryOf<Id> | undefined;
  /** Milliseconds after which it is asked again, as long as the page is open. */
  every?: number | undefined;
  /** False: not now. */
  enabled?: boolean | undefined;
};

/** What a route that writes is given. */
export type Given<Id extends WriteId> = NamedBy<Id> & {
  body?: BodyOf<Id> | undefined;
  /**
   * The answer that an edit was made from, as `useAnswer` gave it: an edit that somebody else made
   * since is not overwritten. Without it, whatever stands is.
   */
  from?: object | undefined;
};

/** May be left out where nothing has to be said. */
export type Optional<Value> = object extends Value ? [value?: Value] : [value: Value];

/** Something that a member may do. */
export type Action = AnswerOf<'getMe'>['organizations'][number]['may'][number];
