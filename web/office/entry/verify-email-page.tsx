import { useMutation } from '@tanstack/react-query';
import { Button } from '@mantine/core';
import type { ApiProblem } from '../api/api-problem.ts';
import { getAuth } from '../api/auth.ts';
import { ProblemNotice } from '../components/problem-notice.tsx';
import { EntryCard } from './entry-card.tsx';
import { linkToken } from './link-token.ts';

/** Proves an address. A button does it: mail programs open links by themselves. */
export function VerifyEmailPage() {
  const verify = useMutation<unknown, ApiProblem>({
    mutationFn: () => getAuth(`/verify-email?token=${encodeURIComponent(linkToken())}`),
  });
  if (verify.isSuccess) {
    return (
      <EntryCard
        title="The address is verified"
        aside={{ to: '/office', words: 'To the office' }}
      />
    );
  }
  return (
    <EntryCard
      title="Verify your address"
      words="This proves that mail to the address reaches you."
    >
      <ProblemNotice problem={verify.error} title="The address is not verified" />
      <Button loading={verify.isPending} onClick={() => verify.mutate()}>
        Verify it
      </Button>
    </EntryCard>
  );
}
