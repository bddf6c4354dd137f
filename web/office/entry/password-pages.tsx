import { Alert, Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import type { ApiProblem } from '../api/api-problem.ts';
import { postAuth } from '../api/auth.ts';
import { elsewhere, showAtField } from '../components/field-problem.ts';
import { Icon } from '../components/icon.tsx';
import { ProblemNotice } from '../components/problem-notice.tsx';
import { EntryCard } from './entry-card.tsx';
import { linkToken } from './link-token.ts';
import { NewPassword } from './new-password.tsx';

const BACK = { to: '/office', words: 'To the sign-in' };

/** Has a link sent that sets a password anew. */
export function ForgotPasswordPage() {
  const form = useForm({ initialValues: { email: '' } });
  const request = useMutation<unknown, ApiProblem, { email: string }>({
    mutationFn: (given) => postAuth('/request-password-reset', given),
  });
  return (
    <EntryCard title="Set the password anew" aside={BACK}>
      {request.isSuccess ? (
        <Alert color="green" icon={<Icon name="check" />} role="alert">
          If there is an account with this address, a link is on its way to it. It is good for an
          hour. Where this server sends no mail, whoever runs it can print the link:{' '}
          <code>npm run slotline -- office links</code>
        </Alert>
      ) : (
        <form onSubmit={form.onSubmit((given) => request.mutate(given))}>
          <Stack gap="md">
            <TextInput
              label="E-mail address"
              type="email"
              autoComplete="username"
              required
              {...form.getInputProps('email')}
            />
            <ProblemNotice problem={request.error} title="No link was sent" />
            <Button type="submit" loading={request.isPending}>
              Send a link
            </Button>
          </Stack>
        </form>
      )}
    </EntryCard>
  );
}

/** Sets a password anew, by the link that was sent. */
export function ResetPasswordPage() {
  const form = useForm({ initialValues: { newPassword: '' } });
  const reset = useMutation<unknown, ApiProblem, { newPassword: string }>({
    mutationFn: ({ newPassword }) =>
      postAuth('/reset-password', { token: linkToken(), newPassword }),
    onError: (problem) => showAtField(form, problem),
  });
  if (reset.isSuccess) {
    return (
      <EntryCard
        title="The password is set"
        words="Whoever was signed in with the old one is signed out."
        aside={BACK}
      />
    );
  }
  return (
    <EntryCard title="Set the password anew">
      <form onSubmit={form.onSubmit((given) => reset.mutate(given))}>
        <Stack gap="md">
          <NewPassword label="New password" {...form.getInputProps('newPassword')} />
          <ProblemNotice problem={elsewhere(form, reset.error)} title="The password is as it was" />
          <Button type="submit" loading={reset.isPending}>
            Set the password
          </Button>
        </Stack>
      </form>
    </EntryCard>
  );
}
