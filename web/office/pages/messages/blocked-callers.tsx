import { Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useChange, useItems } from '../../api/hooks.ts';
import type { ItemOf } from '../../api/route-types.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { elsewhere, showAtField } from '../../components/field-problem.ts';
import { Instant } from '../../components/instant.tsx';
import { MoreList } from '../../components/more-list.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { sayDone } from '../../components/say.ts';
import { useOffice } from '../../office.ts';

type BlockedCaller = ItemOf<'listBlockedCallers'>;

/** Numbers whose calls are not taken: the caller hears a sentence, and the call ends. */
export function BlockedCallers() {
  const { may } = useOffice();
  const list = useItems('listBlockedCallers');
  const [freed, setFreed] = useState<BlockedCaller | null>(null);
  return (
    <Stack gap="md">
      <Text c="dimmed" maw="44rem">
        Who calls from one of these numbers hears that their call is not taken, and the call ends.
      </Text>
      {may('callers:write') && <BlockForm />}
      <MoreList
        list={list}
        empty={
          <EmptyState icon="numbers" title="No caller is blocked">
            Block a number here, or on the page of a call.
          </EmptyState>
        }
      >
        {(items) =>
          items.map((caller) => (
            <Paper key={caller.id} withBorder p="sm">
              <Group justify="space-between" gap="sm">
                <div>
                  <Text fw={600}>{caller.number}</Text>
                  <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                    {caller.reason === '' ? 'No reason was noted' : caller.reason}, since{' '}
                    <Instant at={caller.createdAt} as="day" />
                  </Text>
                </div>
                {may('callers:write') && (
                  <Button
                    variant="default"
                    aria-label={`Unblock ${caller.number}`}
                    onClick={() => setFreed(caller)}
                  >
                    Unblock
                  </Button>
                )}
              </Group>
            </Paper>
          ))
        }
      </MoreList>
      {freed && <UnblockDialog caller={freed} onClose={() => setFreed(null)} />}
    </Stack>
  );
}

function BlockForm() {
  const form = useForm({ initialValues: { number: '', reason: '' } });
  const block = useChange('blockNumber');
  const submit = (body: typeof form.values): void =>
    block.mutate(
      { body },
      {
        onSuccess: ({ number }) => {
          sayDone(`${number} is blocked`);
          form.reset();
        },
        onError: (problem) => showAtField(form, problem),
      },
    );
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Group gap="sm" align="flex-start">
        <TextInput
          label="Number"
          description="With the country code, such as +1 202 555 0123."
          type="tel"
          required
          maxLength={60}
          {...form.getInputProps('number')}
        />
        <TextInput
          label="Reason"
          description="For the record; the caller does not hear it."
          maxLength={500}
          {...form.getInputProps('reason')}
        />
        <Button type="submit" loading={block.isPending} mt={{ base: 0, sm: 46 }}>
          Block the number
        </Button>
      </Group>
      <ProblemNotice problem={elsewhere(form, block.error)} title="The number is not blocked" />
    </form>
  );
}

function UnblockDialog({ caller, onClose }: { caller: BlockedCaller; onClose: () => void }) {
  const unblock = useChange('unblockNumber');
  return (
    <ConfirmDialog
      isOpen
      title="Unblock the number"
      confirm="Unblock it"
      isBusy={unblock.isPending}
      problem={unblock.error}
      onConfirm={() =>
        unblock.mutate(
          { params: { blockedCallerId: caller.id } },
          {
            onSuccess: () => {
              sayDone(`Calls from ${caller.number} are taken again`);
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      Calls from {caller.number} are taken again.
    </ConfirmDialog>
  );
}
