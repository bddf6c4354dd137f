import type { IncomingHttpHeaders } from 'node:http';

/** What came to a webhook. */
export interface PlatformRequest {
  method: string;
  /** Path and query, as they came. */
  url: string;
  headers: IncomingHttpHeaders;
  rawBody: Buffer;
}

/** What a platform says of a call. */
export interface SaidCall {
  /** The platform's id of it. */
  id: string;
  /** Of the person, as signalling has it; null where there is none, as on a web call. */
  number: string | null;
  /** The business's. */
  dialled: string | null;
  startedAt: Date | null;
}

/** A function that an assistant's model calls. */
export interface CalledFunction {
  /** The platform's id of the request; null where it gives none. */
  id: string | null;
  name: string;
  /** As they came; null where they could not be read. */
  args: Readonly<Record<string, unknown>> | null;
}

/** What a function is answered with. */
export interface PlatformAnswer {
  /** One line, for the model. */
  text: string;
  /** What the caller must hear word for word; null where the model says it in its own words. */
  exact: string | null;
}

/** How a call ended. */
export interface SaidEnd {
  /** For the operator. */
  reason: string;
  by: 'caller' | 'agent' | 'transfer' | 'limit' | 'fault';
}

export interface SaidTurn {
  role: 'caller' | 'agent';
  text: string;
  saidAt: Date;
}

/** What came, as far as it is used. Whatever is not named here is not read, kept or logged. */
export type PlatformMessage =
  | {
      kind: 'functions';
      /** Null where the request does not say which call it is of. */
      call: SaidCall | null;
      called: CalledFunction[];
      /** The body that the platform reads; answers in the order of the calls. */
      answer: (answers: readonly PlatformAnswer[]) => unknown;
    }
  | {
      /** Which assistant takes the call? */
      kind: 'assistant';
      call: SaidCall | null;
      answer: (
        chosen: { assistantId: string; variables: Record<string, string> } | { error: string },
      ) => unknown;
    }
  | {
      /** To whom is the caller put through? */
      kind: 'transfer';
      call: SaidCall | null;
      answer: (to: { address: string } | { error: string }) => unknown;
    }
  | { kind: 'ended'; call: SaidCall; end: SaidEnd }
  | { kind: 'report'; call: SaidCall; end: SaidEnd; turns: SaidTurn[] }
  | { kind: 'other' };

/** A function, for a platform to be set up with. */
export interface OfferedFunction {
  name: string;
  description: string;
  parameters: Readonly<
    Record<string, { description: string; type?: 'string' | 'boolean'; required?: boolean }>
  >;
  /** Whether it changes something. */
  changes: boolean;
}

/** What a platform is set up with, for one agent. */
export interface SetupWish {
  /** Of this server, as the platform reaches it: without a path. */
  address: string;
  agent: { slug: string; name: string; businessName: string; language: string };
  functions: readonly OfferedFunction[];
  /** What each request is to prove itself with. */
  secret: string;
  /** Whether the platform may have another one: it answers none, so that they cannot be compared. */
  isSecretNew: boolean;
  /** The platform's own name for a secret that is kept there; null: the secret itself is sent. */
  credentialId: string | null;
  /** The platform's id of an assistant that is there already; null: one is made. */
  assistantId: string | null;
  /** Seconds that the platform waits for a function. */
  timeoutSeconds: number;
}

/** What setting up came to, thing by thing. */
export interface SetupStep {
  /** "tool availability_read" */
  what: string;
  did: 'made' | 'updated' | 'unchanged';
  /** The platform's; null where it would only be made. */
  id: string | null;
}

/**
 * Asks a platform's API.
 * @throws {PlatformApiError}
 */
export type PlatformApi = (
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: unknown,
) => Promise<unknown>;

/** A platform's API refused, or did not answer; the message is for the operator. */
export class PlatformApiError extends Error {
  override readonly name = 'PlatformApiError';
  /** Of the answer; null where there was none. */
  readonly status: number | null;

  constructor(message: string, status: number | null, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

export interface PlatformSetup {
  /** The variable that its API key may be given in. */
  keyVariable: string;
  apiUrl: string;
  /** The header of the key. */
  keyHeader: (key: string) => Record<string, string>;
  /** What its tools and its assistant are made of, for who makes them by hand. */
  describe: (wish: SetupWish) => { tools: unknown[]; assistant: unknown };
  /**
   * Makes what is missing, and brings what differs up to date; what else there is stays.
   * @param write false: nothing is written, and the steps say what would be
   * @returns the id of the assistant; null where it would only be made
   * @throws {PlatformApiError}
   */
  apply: (
    api: PlatformApi,
    wish: SetupWish,
    write: boolean,
  ) => Promise<{ steps: SetupStep[]; assistantId: string | null }>;
}

/** Whoever has an assistant elsewhere: everything that is special to a platform, as one value. */
export interface AssistantPlatform {
  /** In the database, in addresses and on the command line: lower case, and never another one. */
  id: string;
  /** In words. */
  name: string;
  /** How its requests prove themselves, unless an operator says otherwise. */
  authentication: Readonly<Record<string, unknown>>;
  /** True where what it signs with is its own API key. */
  signsWithApiKey: boolean;
  setup: PlatformSetup;
  /** Headers in which it brings its secret itself, by which its assistant is found. */
  secretHeaders: readonly string[];
  /** Addresses of its own, beside `/api/tools/<id>/<agent>`; the secret names the agent there. */
  paths: readonly string[];
  /**
   * Whether the request is signed with the secret in the platform's own way. Takes as long for a wrong
   * secret as for the right one. Missing where it has no such way.
   */
  verify?(request: PlatformRequest, secret: string, now: Date): boolean;
  /**
   * Reads what came.
   * @param body parsed JSON: anything
   * @param functionName as the address names it; null where it names none
   */
  read(body: unknown, functionName: string | null): PlatformMessage;
}
