import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { ApiProblem } from '../api/api-problem.ts';
import { postAuth } from '../api/auth.ts';
import { elsewhere, showAtField } from '../components/field-problem.ts';
import { ProblemNotice } from '../components/problem-notice.tsx';
import { ME_KEY } from '../office.ts';
import { EntryCard } from './entry-card.tsx';
import { linkToken } from './link-token.ts';
import { NewPassword } from './new-password.tsx';

/** Makes the owner, by the link that the first start printed. */
export function SetUpPage() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({ initialValues: { name: '', email: '', password: '' } });
  const setUp = useMutation<void, ApiProblem, typeof form.values>({
    async mutationFn({ name, email, password }) {
      await postAuth('/set-up', { token: linkToken(), name, email, password });
      await postAuth('/sign-in/email', { email, password });
    },
    onError: (problem) => showAtField(form, problem),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ME_KEY });
      await navigate('/office/guide', { replace: true });
    },
  });
  return (
    <EntryCard
      title="Set up the office"
      words="You become the owner: you see everything, and invite the others. The link is good once."
    >
      <form onSubmit={form.onSubmit((given) => setUp.mutate(given))}>
        <Stack gap="md">
          <TextInput
            label="Your name"
            autoComplete="name"
            required
            {...form.getInputProps('name')}
          />
          <TextInput
            label="E-mail address"
            description="You sign in with it."
            type="email"
            autoComplete="username"
            required
            {...form.getInputProps('email')}
          />
          <NewPassword {...form.getInputProps('password')} />
          <LinkProblem problem={elsewhere(form, setUp.error)} />
          <Button type="submit" loading={setUp.isPending}>
            Make the owner’s account
          </Button>
        </Stack>
      </form>
    </EntryCard>
  );
}

/** Of a link's token nothing is shown: the sentence says what to do about it. */
function LinkProblem({ problem }: { problem: ApiProblem | null }) {
  return <ProblemNotice problem={problem} title="The account was not made" />;
}
