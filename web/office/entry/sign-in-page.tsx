import { Alert, Button, Code, Divider, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiProblem } from '../api/api-problem.ts';
import { postAuth } from '../api/auth.ts';
import { Icon } from '../components/icon.tsx';
import { ProblemNotice } from '../components/problem-notice.tsx';
import { ME_KEY } from '../office.ts';
import { EntryCard } from './entry-card.tsx';
import { knowsPasskeys, signInByPasskey } from './passkey.ts';
import { SecondStep } from './second-step.tsx';

/** Signs in where somebody wanted to go on. */
export function SignInPage() {
  const client = useQueryClient();
  const [needsCode, setNeedsCode] = useState(false);
  const enter = () => client.invalidateQueries({ queryKey: ME_KEY });
  if (needsCode) return <SecondStep onDone={enter} onBack={() => setNeedsCode(false)} />;
  return (
    <EntryCard
      title="Sign in"
      aside={{ to: '/office/forgot-password', words: 'The password is forgotten' }}
    >
      <Refused />
      <SignInForm onDone={enter} onSecondStep={() => setNeedsCode(true)} />
      <OtherWays onDone={enter} />
      <Text size="sm" c="dimmed">
        Nobody has an account yet? The start prints a set-up link, and{' '}
        <Code>npm run slotline -- office setup-link</Code> a new one.
      </Text>
    </EntryCard>
  );
}

interface SignInFormProps {
  email?: string;
  onDone: () => Promise<void>;
  onSecondStep: () => void;
}

export function SignInForm({ email = '', onDone, onSecondStep }: SignInFormProps) {
  const form = useForm({ initialValues: { email, password: '' } });
  const signIn = useMutation<
    { twoFactorRedirect?: boolean },
    ApiProblem,
    { email: string; password: string }
  >({
    mutationFn: (given) => postAuth('/sign-in/email', given),
    onSuccess: async ({ twoFactorRedirect }) => {
      if (twoFactorRedirect === true) onSecondStep();
      else await onDone();
    },
  });
  return (
    <form onSubmit={form.onSubmit((given) => signIn.mutate(given))}>
      <Stack gap="md">
        <TextInput
          label="E-mail address"
          type="email"
          autoComplete="username"
          required
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          {...form.getInputProps('password')}
        />
        <ProblemNotice problem={signIn.error} title="You are not signed in" />
        <Button type="submit" loading={signIn.isPending}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}

function OtherWays({ onDone }: { onDone: () => Promise<void> }) {
  const passkey = useMutation<void, ApiProblem>({ mutationFn: signInByPasskey, onSuccess: onDone });
  const provider = useMutation<{ url: string }, ApiProblem>({
    mutationFn: () =>
      postAuth('/sign-in/social', {
        provider: 'oidc',
        callbackURL: location.pathname,
        errorCallbackURL: location.pathname,
      }),
    onSuccess: ({ url }) => location.assign(url),
  });
  const ways = document.querySelector<HTMLMetaElement>('meta[name=sign-in]')?.content;
  const hasProvider = ways === 'oidc';
  if (!hasProvider && !knowsPasskeys()) return null;
  return (
    <>
      <Divider label="or" />
      <ProblemNotice problem={passkey.error ?? provider.error} title="You are not signed in" />
      {knowsPasskeys() && (
        <Button
          variant="default"
          leftSection={<Icon name="key" />}
          loading={passkey.isPending}
          onClick={() => passkey.mutate()}
        >
          Sign in with a passkey
        </Button>
      )}
      {hasProvider && (
        <Button
          variant="default"
          leftSection={<Icon name="team" />}
          loading={provider.isPending}
          onClick={() => provider.mutate()}
        >
          Sign in with your organization’s account
        </Button>
      )}
    </>
  );
}

/** Who came back from an identity provider, and was not let in. */
function Refused() {
  if (!new URLSearchParams(location.search).has('error')) return null;
  return (
    <Alert color="red" role="alert" icon={<Icon name="alert" />} title="You are not signed in">
      The sign-in at your organization’s provider did not work. It lets in who was invited here, by
      an address that the provider has verified.
    </Alert>
  );
}
