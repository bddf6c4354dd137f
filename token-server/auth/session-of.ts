import type { Request } from 'express';
import type { Auth } from './create-auth.ts';

export interface SessionUser {
  id: string;
  name: string;
  email: string;
  hasSecondStep: boolean;
  sessionId: string;
}

/**
 * Whoever the request's cookie is the session of; null: nobody. The session is not made longer: the
 * cookie that says so would reach nobody from here. `/api/auth/get-session` does it.
 */
export async function sessionOf(
  auth: Pick<Auth, 'api'>,
  request: Request,
): Promise<SessionUser | null> {
  const { cookie } = request.headers;
  if (cookie === undefined) return null;
  const session = await auth.api.getSession({
    headers: new Headers({ cookie }),
    query: { disableRefresh: true },
  });
  if (!session) return null;
  const { id, name, email, twoFactorEnabled } = session.user;
  const sessionId = session.session.id;
  return { id, name, email, hasSecondStep: twoFactorEnabled === true, sessionId };
}
