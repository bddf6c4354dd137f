import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Items } from '../api/hooks.ts';
import { Loading } from './answered.tsx';
import { ProblemNotice } from './problem-notice.tsx';

interface MoreListProps<Item> {
  /** What `useItems` gave. */
  list: Items<Item>;
  /** Shown where there is none: an `EmptyState`. */
  empty: ReactNode;
  children: (items: Item[]) => ReactNode;
}

/** A list of which more is read when it is asked for. */
export function MoreList<Item>({ list, empty, children }: MoreListProps<Item>) {
  const { items, error, hasMore, isLoadingMore, loadMore, retry } = list;
  if (!items) {
    if (!error) return <Loading />;
    return <ProblemNotice problem={error} title="This could not be read" retry={retry} />;
  }
  if (items.length === 0) return empty;
  return (
    <Stack gap="md">
      {children(items)}
      <ProblemNotice problem={error} title="More could not be read" retry={retry} />
      {hasMore && (
        <Group justify="center">
          <Button variant="default" onClick={loadMore} loading={isLoadingMore}>
            Show more
          </Button>
        </Group>
      )}
    </Stack>
  );
}
