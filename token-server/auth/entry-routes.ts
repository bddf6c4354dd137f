import { hashPassword } from 'better-auth/crypto';
import { Router } from 'express';
import type { Request, RequestHandler } from 'express';
import type { Database } from '../../db/database.ts';
import { acceptInvitation } from '../../manage/accounts/invitations.ts';
import type { AcceptanceSchema } from '../../manage/accounts/invitations.ts';
import { setUpOwner } from '../../manage/accounts/set-up.ts';
import type { OwnerSchema } from '../../manage/accounts/set-up.ts';
import { readJson } from '../middleware/read-json.ts';
import { Problem } from '../problem.ts';
import { addressOf } from '../visitor-address.ts';
import type { AuthLimits } from './auth-limits.ts';
import type { Auth } from './create-auth.ts';
import { requireOwnOrigin } from './own-origin.ts';
import { sessionOf } from './session-of.ts';
import type { z } from 'zod';

export interface EntryRouteParts {
  db: Database;
  auth: Pick<Auth, 'api'>;
  limits: AuthLimits;
  office: { origins: readonly string[] };
}

/** How people come in who have no session: by the token of a link. What it leads to is theirs to sign in to. */
export function entryRoutes({ db, auth, limits, office }: EntryRouteParts): Router {
  const router = Router();
  const serve = (path: string, enter: (request: Request) => Promise<object>): void => {
    router.post(path, readJson('16kb'), entering(enter));
  };
  const entering =
    (enter: (request: Request) => Promise<object>): RequestHandler =>
    async (request, response) => {
      requireOwnOrigin(request, office.origins);
      await limits.take('guess', { address: addressOf(request), account: null });
      response.status(201).json(await enter(request));
    };
  serve('/api/auth/set-up', async (request) => {
    const userId = (await sessionOf(auth, request))?.id ?? null;
    return setUpOwner(
      { db, hashPassword, userId },
      objectOf(request.body) as z.input<typeof OwnerSchema>,
    );
  });
  serve('/api/auth/accept-invitation', async (request) => {
    const userId = (await sessionOf(auth, request))?.id ?? null;
    return acceptInvitation(
      { db, hashPassword, userId },
      objectOf(request.body) as z.input<typeof AcceptanceSchema>,
    );
  });
  // A browser comes here from an identity provider.
  router.get('/api/auth/error', (request) => {
    const { error } = request.query;
    const reason = typeof error === 'string' && /^[\w-]{1,60}$/.test(error) ? ` (${error})` : '';
    throw new Problem(
      'forbidden',
      `The sign-in at the identity provider did not work${reason}: nobody is signed in.`,
    );
  });
  return router;
}

function objectOf(body: unknown): object {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  throw new Problem('invalid_request', 'The body must be a JSON object.');
}
