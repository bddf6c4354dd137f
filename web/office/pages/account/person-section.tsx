import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { elsewhere, showAtField } from '../../components/field-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';
import { Section } from '../../components/section.tsx';
import { useAccountChange } from './queries.ts';
import type { Session } from './queries.ts';

export function PersonSection({ user }: { user: Session['user'] }) {
  const form = useForm({ initialValues: { name: user.name } });
  const rename = useAccountChange<{ name: string }>('/update-user', () => sayDone('Name saved'));
  return (
    <Section title="Name and address">
      <form
        onSubmit={form.onSubmit((given) =>
          rename.mutate(given, { onError: (problem) => void showAtField(form, problem) }),
        )}
      >
        <Stack gap="sm" align="flex-start">
          <TextInput
            label="Name"
            autoComplete="name"
            required
            w="100%"
            maw={360}
            {...form.getInputProps('name')}
          />
          <ProblemNotice problem={elsewhere(form, rename.error)} />
          <Button type="submit" variant="default" loading={rename.isPending}>
            Save the name
          </Button>
        </Stack>
      </form>
      <EmailAddress user={user} />
    </Section>
  );
}

function EmailAddress({ user: { email, emailVerified } }: { user: Session['user'] }) {
  const send = useAccountChange<{ email: string }>('/send-verification-email', () =>
    sayDone(`A link is on its way to ${email}`),
  );
  return (
    <Stack gap="xs" align="flex-start">
      <Group gap="xs">
        <Text>{email}</Text>
        <Badge variant="light" color={emailVerified ? 'green' : 'yellow'}>
          {emailVerified ? 'verified' : 'not verified'}
        </Badge>
      </Group>
      <ProblemNotice problem={send.error} title="No link was sent" />
      {!emailVerified && (
        <Button
          variant="default"
          size="xs"
          loading={send.isPending}
          onClick={() => send.mutate({ email })}
        >
          Send a link that verifies it
        </Button>
      )}
    </Stack>
  );
}
