import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './api-problem.ts';

/** As often is a read tried again that the server could not answer. */
const RETRIES = 2;

/** @param onSignedOut a session has ended: its owner signs in again */
export function createQueryClient(onSignedOut: (client: QueryClient) => void): QueryClient {
  const onError = (error: unknown): void => {
    if (error instanceof ApiProblem && error.code === 'not_signed_in') onSignedOut(client);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < RETRIES && isPassing(error),
        staleTime: 5_000,
        // An answer is known by its object: the ETag of what an edit was made from hangs on it.
        structuralSharing: false,
      },
      mutations: { retry: false },
    },
  });
  return client;
}

function isPassing(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status >= 500);
}
