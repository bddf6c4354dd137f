import { Box, Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ApiProblem } from '../api/api-problem.ts';
import { ProblemNotice } from './problem-notice.tsx';

interface AnsweredProps<Answer> {
  /** What `useAnswer` gave. */
  of: UseQueryResult<Answer, ApiProblem>;
  children: (answer: Answer) => ReactNode;
}

/** Shows what was read; until then that it is being read, or why it was not. */
export function Answered<Answer>({ of, children }: AnsweredProps<Answer>) {
  if (of.data !== undefined) return children(of.data);
  if (of.error) {
    return (
      <ProblemNotice
        problem={of.error}
        title="This could not be read"
        retry={() => void of.refetch()}
      />
    );
  }
  return <Loading />;
}

export function Loading() {
  return (
    <Box component="output" display="block" aria-label="Loading">
      <Stack gap="sm">
        <Skeleton height={28} width="40%" />
        <Skeleton height={18} />
        <Skeleton height={18} />
        <Skeleton height={18} width="70%" />
      </Stack>
    </Box>
  );
}
