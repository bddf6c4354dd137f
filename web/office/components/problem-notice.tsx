import { Alert, Button, Stack, Text } from '@mantine/core';
import type { ApiProblem } from '../api/api-problem.ts';
import { Icon } from './icon.tsx';

interface ProblemNoticeProps {
  problem: ApiProblem | null | undefined;
  title?: string;
  retry?: () => void;
}

/** Says what went wrong, and nothing where nothing did. */
export function ProblemNotice({ problem, title, retry }: ProblemNoticeProps) {
  if (!problem) return null;
  const { field, detail } = problem;
  // "must be 1 at least" wants its field's name before it; a whole sentence stands by itself.
  const isSentence = field === null || /^[^a-z]/.test(detail);
  return (
    <Alert
      color="red"
      role="alert"
      title={title ?? 'That did not work'}
      icon={<Icon name="alert" />}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{isSentence ? detail : `${field}: ${detail}`}</Text>
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
