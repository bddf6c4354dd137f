import type { Request } from 'express';
import type { Auth } from './create-auth.ts';

/** Whoever the request's cookie is the session of; null: nobody. */
export async function sessionOf(
  auth: Pick<Auth, 'api'>,
  request: Request,
): Promise<{ id: string; name: string; email: string } | null> {
  const { cookie } = request.headers;
  if (cookie === undefined) return null;
  const session = await auth.api.getSession({ headers: new Headers({ cookie }) });
  if (!session) return null;
  const { id, name, email } = session.user;
  return { id, name, email };
}
