import { Router } from 'express';
import { z } from 'zod';
import type { Request, RequestHandler, Response } from 'express';
import { callbackPath } from '../../manage/sign-in/callback-address.ts';
import { beginSignIn } from '../../manage/sign-in/begin-sign-in.ts';
import { finishSignIn } from '../../manage/sign-in/finish-sign-in.ts';
import { authorize } from '../../manage/accounts/authorize.ts';
import type { Logger } from '../../runtime/logger.ts';
import { authenticate } from '../api/authenticate.ts';
import type { AuthenticationParts } from '../api/authenticate.ts';
import type { Outside } from '../api/outside.ts';
import { toProblem, Problem } from '../problem.ts';
import { queryOf } from '../search-of.ts';
import { sessionOf } from './session-of.ts';
import { writeSignInPage } from './sign-in-page.ts';

export interface SignInRouteParts extends AuthenticationParts {
  outside: Outside;
  office: { url: string; origins: readonly string[] };
  logger: Logger;
}

/**
 * How the owner of a calendar signs in at its provider: `GET /api/calendar/:provider/auth-url` answers
 * whoever is signed in to the office where to send them, `…/callback` is where they come back to.
 */
export function signInRoutes(parts: SignInRouteParts): Router {
  const router = Router();
  router.get('/api/calendar/:provider/auth-url', async (request, response) => {
    response.json(await beginFor(parts, request));
  });
  router.get(callbackPath(':provider'), finishing(parts));
  return router;
}

/** The address for whoever asks, with the calendar's settings in the query. */
async function beginFor(
  parts: SignInRouteParts,
  request: Request,
): Promise<{ url: string; expiresAt: Date }> {
  const { db, outside, office } = parts;
  const actor = await authenticate(parts, request);
  const { organizationId = '', ...input } = Object.fromEntries(queryOf(request));
  if (!z.uuid().safeParse(organizationId).success) {
    throw new Problem('invalid_request', 'must be the id of an organization', {
      field: 'organizationId',
    });
  }
  await authorize(db, actor, { action: 'calendars:connect', organizationId });
  const { kind, id, name } = actor;
  const provider = String(request.params['provider']);
  const { url, expiresAt } = await beginSignIn(
    { ...outside, db },
    organizationId,
    { ...input, provider },
    {
      actor: { kind, id, name },
      sessionId: actor.kind === 'user' ? actor.sessionId : null,
      publicUrl: office.url,
    },
  );
  return { url, expiresAt };
}

function finishing(parts: SignInRouteParts): RequestHandler {
  const { db, auth, outside, logger } = parts;
  return async (request, response) => {
    const provider = String(request.params['provider']);
    const query = queryOf(request);
    if (query.has('admin_consent') && !query.has('code') && !query.has('error')) {
      show(response, 200, 'An administrator has agreed', 'Now the calendar can be connected.');
      return;
    }
    try {
      const user = await sessionOf(auth, request);
      const returned = { provider, query, sessionId: user?.sessionId ?? null };
      const { connection, isFromOffice } = await finishSignIn(
        { ...outside, db },
        returned,
        async ({ sessionId, organizationId }) => {
          if (sessionId === null || !user) return;
          const actor = { kind: 'user', ...user } as const;
          await authorize(db, actor, { action: 'calendars:connect', organizationId });
        },
      );
      if (isFromOffice) response.redirect(303, `/office/calendars/${connection.id}`);
      else show(response, 200, `“${connection.name}” is connected`, 'You can close this window.');
    } catch (error) {
      const problem = toProblem(error);
      if (problem.code === 'internal') {
        logger.error({ requestId: request.id, err: error }, 'a sign-in could not be finished');
      }
      show(response, problem.status, 'The calendar is not connected', problem.message);
    }
  };
}

function show(response: Response, status: number, title: string, words: string): void {
  response.status(status).type('html').send(writeSignInPage({ title, words }));
}
