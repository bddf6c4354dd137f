import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ApiProblem } from '../../api/api-problem.ts';
import { getAuth, postAuth } from '../../api/auth.ts';

/** The session of this browser, and whose it is. */
export interface Session {
  session: { id: string };
  user: { name: string; email: string; emailVerified: boolean; twoFactorEnabled?: boolean };
}

export interface StoredSession {
  id: string;
  token: string;
  userAgent: string | null;
  ipAddress: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface Passkey {
  id: string;
  name: string | null;
  createdAt: string | null;
}

const useAuthAnswer = <Answer>(path: string) =>
  useQuery<Answer, ApiProblem>({ queryKey: ['auth', path], queryFn: () => getAuth<Answer>(path) });

export const useSession = () => useAuthAnswer<Session>('/get-session');
export const useSessions = () => useAuthAnswer<StoredSession[]>('/list-sessions');
export const usePasskeys = () => useAuthAnswer<Passkey[]>('/passkey/list-user-passkeys');

/** Changes something of one's own account; what the page shows of it is read again. */
export function useAccountChange<Given extends object, Answer = unknown>(
  path: string,
  onDone?: (answer: Answer) => void,
) {
  const client = useQueryClient();
  return useMutation<Answer, ApiProblem, Given>({
    mutationFn: (given) => postAuth<Answer>(path, given),
    onSuccess: (answer) => onDone?.(answer),
    onSettled: () => void client.invalidateQueries(),
  });
}
