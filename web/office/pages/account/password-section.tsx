import { Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { elsewhere, showAtField } from '../../components/field-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';
import { Section } from '../../components/section.tsx';
import { NewPassword } from '../../entry/new-password.tsx';
import { useAccountChange } from './queries.ts';

export function PasswordSection() {
  const form = useForm({ initialValues: { currentPassword: '', newPassword: '' } });
  const change = useAccountChange<typeof form.values>('/change-password', () => {
    form.reset();
    sayDone('The password is changed, and your other sessions have ended');
  });
  return (
    <Section title="Password" words="A new one ends your sessions everywhere else.">
      <form
        onSubmit={form.onSubmit((given) =>
          change.mutate(given, { onError: (problem) => void showAtField(form, problem) }),
        )}
      >
        <Stack gap="sm" align="flex-start">
          <PasswordInput
            label="Password now"
            autoComplete="current-password"
            required
            w="100%"
            maw={360}
            {...form.getInputProps('currentPassword')}
          />
          <NewPassword
            label="New password"
            w="100%"
            maw={360}
            {...form.getInputProps('newPassword')}
          />
          <ProblemNotice
            problem={elsewhere(form, change.error)}
            title="The password is as it was"
          />
          <Button type="submit" variant="default" loading={change.isPending}>
            Change the password
          </Button>
        </Stack>
      </form>
    </Section>
  );
}
