import { send } from './client.ts';

/**
 * Asks a path of `/api/auth`: signing in and out, passwords, sessions.
 * @throws {ApiProblem}
 */
export async function postAuth<Answer = unknown>(path: string, body: object = {}): Promise<Answer> {
  const response = await send(`/api/auth${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Answer;
}

/** @throws {ApiProblem} */
export async function getAuth<Answer>(path: string): Promise<Answer> {
  return (await (await send(`/api/auth${path}`, { method: 'GET' })).json()) as Answer;
}
