import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { ApiProblem } from '../api/api-problem.ts';
import { postAuth } from '../api/auth.ts';
import { elsewhere, showAtField } from '../components/field-problem.ts';
import { ProblemNotice } from '../components/problem-notice.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { ME_KEY, useMe } from '../office.ts';
import { EntryCard } from './entry-card.tsx';
import { linkToken } from './link-token.ts';
import { NewPassword } from './new-password.tsx';
import { SignInForm } from './sign-in-page.tsx';
import { SecondStep } from './second-step.tsx';

/** Makes whoever was invited a member, with the account they have or a new one. */
export function InvitationPage() {
  const { data: me } = useMe();
  const [way, setWay] = useState<'new' | 'known' | 'code'>('new');
  const client = useQueryClient();
  const enter = () => client.invalidateQueries({ queryKey: ME_KEY });
  if (me === undefined) return <Waiting />;
  if (me) return <Accept name={me.name} email={me.email ?? ''} />;
  if (way === 'code') return <SecondStep onDone={enter} onBack={() => setWay('known')} />;
  return (
    <EntryCard
      title="You are invited"
      words={
        way === 'new'
          ? 'Make an account; you sign in with the address that the invitation was sent to.'
          : 'Sign in with the address that the invitation was sent to.'
      }
    >
      {way === 'new' ? (
        <NewAccount />
      ) : (
        <SignInForm onDone={enter} onSecondStep={() => setWay('code')} />
      )}
      <Button variant="subtle" onClick={() => setWay(way === 'new' ? 'known' : 'new')}>
        {way === 'new' ? 'I have an account already' : 'I have no account yet'}
      </Button>
    </EntryCard>
  );
}

function NewAccount() {
  const enter = useEntry();
  const form = useForm({ initialValues: { name: '', password: '' } });
  const accept = useMutation<void, ApiProblem, typeof form.values>({
    async mutationFn({ name, password }) {
      const { email } = await postAuth<{ email: string }>('/accept-invitation', {
        token: linkToken(),
        name,
        password,
      });
      await postAuth('/sign-in/email', { email, password });
    },
    onError: (problem) => showAtField(form, problem),
    onSuccess: enter,
  });
  return (
    <form onSubmit={form.onSubmit((given) => accept.mutate(given))}>
      <Stack gap="md">
        <TextInput label="Your name" autoComplete="name" required {...form.getInputProps('name')} />
        <NewPassword {...form.getInputProps('password')} />
        <ProblemNotice problem={elsewhere(form, accept.error)} title="You are no member yet" />
        <Button type="submit" loading={accept.isPending}>
          Make the account
        </Button>
      </Stack>
    </form>
  );
}

function Accept({ name, email }: { name: string; email: string }) {
  const enter = useEntry();
  const client = useQueryClient();
  const accept = useMutation<unknown, ApiProblem>({
    mutationFn: () => postAuth('/accept-invitation', { token: linkToken() }),
    onSuccess: enter,
  });
  const signOut = useMutation<unknown, ApiProblem>({
    mutationFn: () => postAuth('/sign-out'),
    onSettled: () => client.invalidateQueries({ queryKey: ME_KEY }),
  });
  return (
    <EntryCard title="You are invited">
      <Text>
        You have signed in as {name} ({email}).
      </Text>
      <ProblemNotice problem={accept.error} title="You are no member yet" />
      <Group gap="xs">
        <Button loading={accept.isPending} onClick={() => accept.mutate()}>
          Accept the invitation
        </Button>
        <Button variant="default" onClick={() => signOut.mutate()}>
          Use another account
        </Button>
      </Group>
    </EntryCard>
  );
}

/** On into the office, as the new member. */
function useEntry(): () => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    await client.invalidateQueries({ queryKey: ME_KEY });
    await navigate('/office', { replace: true });
  };
}
