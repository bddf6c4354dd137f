import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryKey, UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { useOrganizationId } from '../organization-id.ts';
import type { ApiProblem } from './api-problem.ts';
import { callRoute } from './client.ts';
import type { AnswerOf, Asked, Given, ItemOf, Optional, ReadId, WriteId } from './route-types.ts';

/** What an answer is kept under: for who looks into the cache, or changes it ahead of the server. */
export function answerKey(
  organizationId: string | null,
  id: ReadId,
  asked: { params?: object | undefined; query?: object | undefined } = {},
): QueryKey {
  return [organizationId, id, asked.params ?? {}, asked.query ?? {}];
}

/** Reads a route: `useAnswer('getAgent', { params: { slug } })`. The organization is the page's. */
export function useAnswer<Id extends ReadId>(
  id: Id,
  ...[asked]: Optional<Asked<Id>>
): UseQueryResult<AnswerOf<Id>, ApiProblem> {
  const organizationId = useOrganizationId();
  const { params, query, every, enabled = true } = (asked ?? {}) as Asked<ReadId>;
  return useQuery<AnswerOf<Id>, ApiProblem>({
    queryKey: answerKey(organizationId, id, { params, query }),
    queryFn: async ({ signal }) =>
      (await callRoute(id, { organizationId, params, query, signal })) as AnswerOf<Id>,
    enabled,
    ...(every === undefined ? {} : { refetchInterval: every }),
  });
}

/** A list that is read part by part. */
export interface Items<Item> {
  /** Undefined until the first part is there. */
  items: Item[] | undefined;
  error: ApiProblem | null;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
  retry: () => void;
}

/** Reads a list of keyset pages: `useItems('listCalls', { query })`; `MoreList` shows it. */
export function useItems<Id extends ReadId>(
  id: Id,
  ...[asked]: Optional<Asked<Id>>
): Items<ItemOf<Id>> {
  const organizationId = useOrganizationId();
  const { params, query, every, enabled = true } = (asked ?? {}) as Asked<ReadId>;
  const list = useInfiniteQuery({
    queryKey: [...answerKey(organizationId, id, { params, query }), 'parts'],
    queryFn: async ({ pageParam, signal }) =>
      (await callRoute(id, {
        organizationId,
        params,
        query: { ...(query as object | undefined), after: pageParam },
        signal,
      })) as { items: ItemOf<Id>[]; next: string | null },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled,
    ...(every === undefined ? {} : { refetchInterval: every }),
  });
  return {
    items: list.data?.pages.flatMap(({ items }) => items),
    error: list.error as ApiProblem | null,
    hasMore: list.hasNextPage,
    isLoadingMore: list.isFetchingNextPage,
    loadMore: () => void list.fetchNextPage(),
    retry: () => void list.refetch(),
  };
}

/**
 * Writes by a route: `const move = useChange('moveAppointment')`, then
 * `move.mutate({ params, body })`. What the pages show is read again.
 */
export function useChange<Id extends WriteId>(
  id: Id,
): UseMutationResult<AnswerOf<Id>, ApiProblem, Given<Id>> {
  const organizationId = useOrganizationId();
  const client = useQueryClient();
  return useMutation<AnswerOf<Id>, ApiProblem, Given<Id>>({
    mutationFn: async ({ params, body, from }) =>
      (await callRoute(id, { organizationId, params, body, from })) as AnswerOf<Id>,
    // Not waited for: what was done is done.
    onSettled: () => void client.invalidateQueries(),
  });
}
