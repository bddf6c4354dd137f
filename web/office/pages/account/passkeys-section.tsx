import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiProblem } from '../../api/api-problem.ts';
import { Answered } from '../../components/answered.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Instant } from '../../components/instant.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';
import { Section } from '../../components/section.tsx';
import { knowsPasskeys, makePasskey } from '../../entry/passkey.ts';
import { useAccountChange, usePasskeys } from './queries.ts';
import type { Passkey } from './queries.ts';

export function PasskeysSection() {
  const passkeys = usePasskeys();
  const [removed, setRemoved] = useState<Passkey | null>(null);
  const remove = useAccountChange<{ id: string }>('/passkey/delete-passkey', () => {
    setRemoved(null);
    sayDone('The passkey is removed');
  });
  return (
    <Section
      title="Passkeys"
      words="A passkey signs you in with a finger, a face or a PIN, without a password and without a second step."
    >
      <Answered of={passkeys}>
        {(list) => (
          <Stack gap="xs">
            {list.length === 0 && <Text size="sm">You have none yet.</Text>}
            {list.map((passkey) => (
              <Group key={passkey.id} justify="space-between">
                <div>
                  <Text>{passkey.name ?? 'Passkey'}</Text>
                  {passkey.createdAt !== null && (
                    <Text size="sm" c="dimmed">
                      made <Instant at={passkey.createdAt} as="day" />
                    </Text>
                  )}
                </div>
                <Button
                  variant="default"
                  size="xs"
                  aria-label={`Remove ${passkey.name ?? 'the passkey'}`}
                  onClick={() => setRemoved(passkey)}
                >
                  Remove
                </Button>
              </Group>
            ))}
          </Stack>
        )}
      </Answered>
      <AddPasskey />
      <ConfirmDialog
        isOpen={removed !== null}
        title="Remove the passkey?"
        confirm="Remove it"
        isDangerous
        isBusy={remove.isPending}
        problem={remove.error}
        onConfirm={() => removed && remove.mutate({ id: removed.id })}
        onClose={() => setRemoved(null)}
      >
        {removed?.name ?? 'It'} signs you in no more. Remove it from the device’s own list as well.
      </ConfirmDialog>
    </Section>
  );
}

function AddPasskey() {
  const client = useQueryClient();
  const form = useForm({ initialValues: { name: '' } });
  const make = useMutation<void, ApiProblem, { name: string }>({
    mutationFn: ({ name }) => makePasskey(name.trim()),
    onSuccess: () => {
      form.reset();
      sayDone('The passkey is made');
    },
    onSettled: () => void client.invalidateQueries(),
  });
  if (!knowsPasskeys()) {
    return <Text size="sm">This browser, or an address without https, can make none.</Text>;
  }
  return (
    <form onSubmit={form.onSubmit((given) => make.mutate(given))}>
      <Stack gap="xs" align="flex-start">
        <Group align="flex-end" gap="xs">
          <TextInput
            label="Name of this device"
            placeholder="Laptop at the desk"
            required
            {...form.getInputProps('name')}
          />
          <Button type="submit" variant="default" loading={make.isPending}>
            Make a passkey
          </Button>
        </Group>
        <ProblemNotice problem={make.error} title="No passkey was made" />
      </Stack>
    </form>
  );
}
