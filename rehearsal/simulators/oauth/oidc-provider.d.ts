// What is used of oidc-provider, which brings no types.
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  interface Grant {
    addOIDCScope(scope: string): void;
    rejectOIDCScope(scope: string): void;
    save(): Promise<string>;
    destroy(): Promise<void>;
  }

  interface Interaction {
    uid: string;
    params: Record<string, string | undefined>;
  }

  interface AccessToken {
    accountId: string;
    scope?: string;
    grantId: string;
    isExpired: boolean;
  }

  interface Context {
    oidc: { params?: Record<string, unknown> };
  }

  export class Provider {
    constructor(issuer: string, configuration: object);
    readonly Grant: {
      new (of: { accountId: string; clientId: string }): Grant;
      find(id: string): Promise<Grant | undefined>;
    };
    readonly AccessToken: { find(token: string): Promise<AccessToken | undefined> };
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: object,
      options: { mergeWithLastSubmission: boolean },
    ): Promise<void>;
    on(event: 'grant.success' | 'grant.error', listener: (context: Context) => void): void;
    on(event: 'grant.revoked', listener: (context: Context, grantId: string) => void): void;
    on(event: 'access_token.saved', listener: (token: { jti: string }) => void): void;
  }
}
