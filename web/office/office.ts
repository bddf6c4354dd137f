import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, use } from 'react';
import type { ApiProblem } from './api/api-problem.ts';
import { getAuth, postAuth } from './api/auth.ts';
import { callRoute } from './api/client.ts';
import type { Action, AnswerOf } from './api/route-types.ts';

export type Me = AnswerOf<'getMe'>;
export type Organization = Me['organizations'][number];

/** What `useMe` is kept under. */
export const ME_KEY = [null, 'getMe'];

/** Whoever has signed in; null: nobody. */
export function useMe() {
  return useQuery<Me | null, ApiProblem>({
    queryKey: ME_KEY,
    queryFn: async ({ signal }) => {
      // Asked first: it makes a session longer, and answers who has none without an error.
      if ((await getAuth('/get-session')) === null) return null;
      return (await callRoute('getMe', { organizationId: null, signal })) as Me;
    },
    staleTime: 60_000,
  });
}

/** Of whom and of which organization the pages are. */
export interface Office {
  me: Me;
  organization: Organization;
  /** Whether whoever has signed in may do it in the organization. */
  may: (action: Action) => boolean;
  /** IANA: in which times are written. */
  timeZone: string;
  chooseOrganization: (id: string) => void;
}

export const OfficeContext = createContext<Office | null>(null);

/** @throws outside of the pages that somebody has signed in to */
export function useOffice(): Office {
  const office = use(OfficeContext);
  if (!office) throw new Error('nobody has signed in here');
  return office;
}

/** Ends the session, and forgets what was read in it. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await postAuth('/sign-out').catch(() => undefined);
    client.clear();
    // Nothing of it stays in the page's memory.
    location.assign('/office');
  };
}
