import { Button, Container, Paper, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiProblem } from '../api/api-problem.ts';
import { postAuth } from '../api/auth.ts';
import { ProblemNotice } from '../components/problem-notice.tsx';
import { ME_KEY } from '../office.ts';

/** Signs in by address and password. */
export function SignInPage() {
  const client = useQueryClient();
  const form = useForm({ initialValues: { email: '', password: '' } });
  const signIn = useMutation<unknown, ApiProblem, { email: string; password: string }>({
    mutationFn: (given) => postAuth('/sign-in/email', given),
    onSuccess: () => client.invalidateQueries({ queryKey: ME_KEY }),
  });
  return (
    <Container component="main" size={420} py="xl">
      <title>Sign in · Slotline</title>
      <Paper withBorder p="lg">
        <form onSubmit={form.onSubmit((given) => signIn.mutate(given))}>
          <Stack gap="md">
            <Title order={1} fz={24}>
              Sign in
            </Title>
            <TextInput
              label="E-mail address"
              type="email"
              autoComplete="username webauthn"
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
      </Paper>
    </Container>
  );
}
