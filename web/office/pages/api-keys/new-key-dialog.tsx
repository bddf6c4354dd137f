import {
  Alert,
  Button,
  Checkbox,
  Group,
  Modal,
  NumberInput,
  Select,
  Stack,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { SCOPES } from 'virtual:route-table';
import { useState } from 'react';
import { useChange } from '../../api/hooks.ts';
import { elsewhere, showAtField } from '../../components/field-problem.ts';
import { Icon } from '../../components/icon.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { ShownOnce } from '../../components/shown-once.tsx';
import { now } from '../../now.ts';
import type { BodyOf } from '../../api/route-types.ts';

type Scope = BodyOf<'createApiKey'>['scopes'][number];

/** Days. */
const LIFETIMES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
  { value: '', label: 'Without end' },
];
const DAY = 86_400_000;

export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<string | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      title={made === null ? 'Make a key' : 'Your new key'}
      closeOnClickOutside={made === null}
    >
      {made === null ? (
        <NewKeyForm onMade={setMade} />
      ) : (
        <Stack gap="md">
          <Alert icon={<Icon name="key" />} title="It is shown this once">
            Keep it where your program reads its secrets. What is stored here is a digest.
          </Alert>
          <ShownOnce name="The key" value={made} />
          <Group justify="flex-end">
            <Button onClick={onClose}>I have kept it</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function NewKeyForm({ onMade }: { onMade: (key: string) => void }) {
  const create = useChange('createApiKey');
  const form = useForm({
    initialValues: { name: '', scopes: [] as string[], lifetime: '90', requestsPerMinute: 120 },
  });
  const submit = form.onSubmit(({ name, scopes, lifetime, requestsPerMinute }) =>
    create.mutate(
      {
        body: {
          name,
          scopes: scopes as Scope[],
          requestsPerMinute,
          ...(lifetime === ''
            ? {}
            : { expiresAt: new Date(now().getTime() + Number(lifetime) * DAY).toISOString() }),
        },
      },
      {
        onError: (problem) => void showAtField(form, problem),
        onSuccess: ({ key }) => onMade(key),
      },
    ),
  );
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="Name"
          description="Of the program that will use it."
          required
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Checkbox.Group
          label="What it may do"
          description="No more than the program needs."
          {...form.getInputProps('scopes')}
        >
          <Stack gap={6} mt="xs">
            {SCOPES.map((scope) => (
              <Checkbox key={scope} value={scope} label={nameScope(scope)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Select
          label="Good for"
          data={LIFETIMES}
          allowDeselect={false}
          {...form.getInputProps('lifetime')}
        />
        <NumberInput
          label="Requests a minute, at most"
          min={1}
          max={6_000}
          allowDecimal={false}
          required
          {...form.getInputProps('requestsPerMinute')}
        />
        <ProblemNotice problem={elsewhere(form, create.error)} title="No key was made" />
        <Button type="submit" loading={create.isPending}>
          Make the key
        </Button>
      </Stack>
    </form>
  );
}

const VERBS: Readonly<Record<string, string>> = { read: 'see', write: 'see and change' };

/** "agents: see". */
function nameScope(scope: string): string {
  const [subject = '', verb = ''] = scope.split(':');
  return `${subject.replaceAll('-', ' ')}: ${VERBS[verb] ?? verb}`;
}
