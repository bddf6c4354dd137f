import type { GoogleState } from './state.ts';
import type { Operation } from './model.ts';

/** A request of an account that was let in. */
export interface Call {
  account: string;
  /** Parts of the path that are names. */
  params: Record<string, string>;
  query: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
  body: unknown;
}

export interface Reply {
  status: number;
  /** Undefined: none. */
  body?: object;
}

export interface Route {
  operation: Operation;
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Behind /calendar/v3, with names in braces. */
  path: string;
  /** Any of them is enough; the end of their names. */
  scopes: string[];
  run(state: GoogleState, call: Call): Reply;
}
