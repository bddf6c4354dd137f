import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useChange, useItems } from '../../api/hooks.ts';
import type { ItemOf } from '../../api/route-types.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Icon } from '../../components/icon.tsx';
import { MoreList } from '../../components/more-list.tsx';
import { Row, Rows } from '../../components/rows.tsx';
import { sayDone } from '../../components/say.ts';
import { useOffice } from '../../office.ts';
import { ListHead } from './list-head.tsx';
import { NumberDialog } from './number-dialog.tsx';
import { useSync } from './use-sync.ts';

type PhoneNumber = ItemOf<'listNumbers'>;
type Opened = { kind: 'add' } | { kind: 'edit' | 'remove'; number: PhoneNumber } | null;

/** The phone numbers, each with who answers it. */
export function NumberList() {
  const { may } = useOffice();
  const list = useItems('listNumbers');
  const [opened, setOpened] = useState<Opened>(null);
  const close = (): void => setOpened(null);
  const add = may('numbers:write') && (
    <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setOpened({ kind: 'add' })}>
      Add a number
    </Button>
  );
  return (
    <section aria-label="Phone numbers">
      <ListHead title="Phone numbers" words="One agent answers each.">
        {list.items && list.items.length > 0 && add}
      </ListHead>
      <MoreList
        list={list}
        empty={
          <EmptyState icon="numbers" title="No number yet" action={add}>
            Add the number that your telephone provider has given you, and say which agent answers
            it. Until then callers come by your page alone.
          </EmptyState>
        }
      >
        {(numbers) => (
          <Rows>
            {numbers.map((number) => (
              <NumberRow
                key={number.id}
                number={number}
                mayWrite={may('numbers:write')}
                open={(kind) => setOpened({ kind, number })}
              />
            ))}
          </Rows>
        )}
      </MoreList>
      {opened?.kind === 'add' && <NumberDialog number={null} onClose={close} />}
      {opened?.kind === 'edit' && <NumberDialog number={opened.number} onClose={close} />}
      {opened?.kind === 'remove' && <RemoveNumber number={opened.number} onClose={close} />}
    </section>
  );
}

interface NumberRowProps {
  number: PhoneNumber;
  mayWrite: boolean;
  open: (kind: 'edit' | 'remove') => void;
}

function NumberRow({
  number: { number, label, agent, trunk, inbound },
  mayWrite,
  open,
}: NumberRowProps) {
  return (
    <Row>
      <Group justify="space-between" gap="sm">
        <Stack gap={2}>
          <Group gap="xs">
            <Text fw={600}>{number}</Text>
            {label !== '' && <Text c="dimmed">{label}</Text>}
            {!inbound && (
              <Badge color="gray" variant="dot">
                Not answered
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {`${agent} answers · by ${trunk}`}
          </Text>
        </Stack>
        {mayWrite && (
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              onClick={() => open('edit')}
              aria-label={`Change ${number}`}
            >
              Change
            </Button>
            <Button
              size="xs"
              variant="default"
              onClick={() => open('remove')}
              aria-label={`Remove ${number}`}
            >
              Remove
            </Button>
          </Group>
        )}
      </Group>
    </Row>
  );
}

function RemoveNumber({ number, onClose }: { number: PhoneNumber; onClose: () => void }) {
  const remove = useChange('removeNumber');
  const sync = useSync();
  return (
    <ConfirmDialog
      isOpen
      title={`Remove ${number.number}?`}
      confirm="Remove"
      isDangerous
      isBusy={remove.isPending}
      problem={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(
          { params: { numberId: number.id } },
          {
            onSuccess: () => {
              sayDone(`${number.number} is removed.`);
              sync();
              onClose();
            },
          },
        )
      }
    >
      Calls to it are refused from now on. Calls that came by it stay in the list.
    </ConfirmDialog>
  );
}
