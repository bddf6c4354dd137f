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
import { TrunkDialog } from './trunk-dialog.tsx';
import { useSync } from './use-sync.ts';

type Trunk = ItemOf<'listTrunks'>;
type Opened = { kind: 'add' } | { kind: 'edit' | 'remove'; trunk: Trunk } | null;

/** The providers by which calls come. */
export function TrunkList() {
  const { may } = useOffice();
  const list = useItems('listTrunks');
  const [opened, setOpened] = useState<Opened>(null);
  const close = (): void => setOpened(null);
  const add = may('numbers:write') && (
    <Button
      variant="default"
      leftSection={<Icon name="plus" size={16} />}
      onClick={() => setOpened({ kind: 'add' })}
    >
      Add a trunk
    </Button>
  );
  return (
    <section aria-label="Trunks">
      <ListHead
        title="Trunks"
        words="By which telephone providers calls come, and who may call by them."
      >
        {list.items && list.items.length > 0 && add}
      </ListHead>
      <MoreList
        list={list}
        empty={
          <EmptyState icon="calls" title="No trunk yet" action={add}>
            A trunk is the line to your telephone provider. Add it with the addresses that the
            provider’s calls come from, which its help pages list.
          </EmptyState>
        }
      >
        {(trunks) => (
          <Rows>
            {trunks.map((trunk) => (
              <TrunkRow
                key={trunk.id}
                trunk={trunk}
                mayWrite={may('numbers:write')}
                open={(kind) => setOpened({ kind, trunk })}
              />
            ))}
          </Rows>
        )}
      </MoreList>
      {opened?.kind === 'add' && <TrunkDialog trunk={null} onClose={close} />}
      {opened?.kind === 'edit' && <TrunkDialog trunk={opened.trunk} onClose={close} />}
      {opened?.kind === 'remove' && <RemoveTrunk trunk={opened.trunk} onClose={close} />}
    </section>
  );
}

interface TrunkRowProps {
  trunk: Trunk;
  mayWrite: boolean;
  open: (kind: 'edit' | 'remove') => void;
}

function TrunkRow({
  trunk: { name, allow, username, isInLivekit },
  mayWrite,
  open,
}: TrunkRowProps) {
  const from = allow.length === 0 ? 'anywhere' : allow.join(', ');
  const by = username === null ? '' : `, with the password of ${username}`;
  return (
    <Row>
      <Group justify="space-between" gap="sm">
        <Stack gap={2} miw={0}>
          <Group gap="xs">
            <Text fw={600}>{name}</Text>
            {isInLivekit && (
              <Badge color="teal" variant="dot">
                In use
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed">{`Calls from ${from}${by}`}</Text>
        </Stack>
        {mayWrite && (
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              onClick={() => open('edit')}
              aria-label={`Change ${name}`}
            >
              Change
            </Button>
            <Button
              size="xs"
              variant="default"
              onClick={() => open('remove')}
              aria-label={`Remove ${name}`}
            >
              Remove
            </Button>
          </Group>
        )}
      </Group>
    </Row>
  );
}

function RemoveTrunk({ trunk, onClose }: { trunk: Trunk; onClose: () => void }) {
  const remove = useChange('removeTrunk');
  const sync = useSync();
  return (
    <ConfirmDialog
      isOpen
      title={`Remove the trunk “${trunk.name}”?`}
      confirm="Remove"
      isDangerous
      isBusy={remove.isPending}
      problem={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(
          { params: { trunkId: trunk.id } },
          {
            onSuccess: () => {
              sayDone(`“${trunk.name}” is removed.`);
              sync();
              onClose();
            },
          },
        )
      }
    >
      No call comes by it any more. A trunk that numbers come by stays until they are removed or
      moved.
    </ConfirmDialog>
  );
}
