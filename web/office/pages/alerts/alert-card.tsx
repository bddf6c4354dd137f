import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../api/hooks.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Instant } from '../../components/instant.tsx';
import { sayDone } from '../../components/say.ts';
import { useOffice } from '../../office.ts';
import { AlertDialog } from './alert-dialog.tsx';
import { AlertHistory } from './alert-history.tsx';
import type { Alert } from './alert-words.ts';
import { describeAlert, writeValue } from './alert-words.ts';

/** One alert: what it watches, and how it stands. */
export function AlertCard({ alert }: { alert: Alert }) {
  const { may } = useOffice();
  const [open, setOpen] = useState<'edit' | 'delete' | 'history' | null>(null);
  const remove = useChange('deleteAlert');
  const close = (): void => setOpen(null);
  const params = { alertId: alert.id };
  return (
    <Paper withBorder p="md" component="article" aria-label={alert.name}>
      <Stack gap="xs">
        <Group justify="space-between" align="flex-start" gap="xs">
          <div>
            <Title order={2} fz="md">
              {alert.name}
            </Title>
            <Text size="sm" c="dimmed">
              {describeAlert(alert)}
              {alert.agent !== null && ` (${alert.agent})`}
            </Text>
          </div>
          <StateBadge alert={alert} />
        </Group>
        <Text size="sm">
          <Standing alert={alert} />
        </Text>
        <Group gap="xs">
          <Button size="compact-sm" variant="default" onClick={() => setOpen('history')}>
            History
          </Button>
          {may('alerts:write') && (
            <>
              <Button size="compact-sm" variant="default" onClick={() => setOpen('edit')}>
                Edit
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => setOpen('delete')}>
                Delete
              </Button>
            </>
          )}
        </Group>
      </Stack>
      {open === 'edit' && <AlertDialog alert={alert} onClose={close} />}
      {open === 'history' && <AlertHistory alert={alert} onClose={close} />}
      <ConfirmDialog
        isOpen={open === 'delete'}
        title="Delete this alert?"
        confirm="Delete"
        isDangerous
        isBusy={remove.isPending}
        problem={remove.error}
        onConfirm={() => {
          remove.mutate({ params }, { onSuccess: () => sayDone(`${alert.name} is deleted.`) });
        }}
        onClose={close}
      >
        {alert.name} is not watched any more, and its history is gone.
      </ConfirmDialog>
    </Paper>
  );
}

function StateBadge({ alert: { enabled, state } }: { alert: Alert }) {
  if (!enabled) return <Badge color="gray">Off</Badge>;
  return state === 'raised' ? <Badge color="red.9">Raised</Badge> : <Badge>Quiet</Badge>;
}

function Standing({ alert }: { alert: Alert }) {
  const { checkedAt, value, measure, changedAt, state } = alert;
  if (checkedAt === null) return 'Not measured yet: that takes five minutes at most.';
  const now =
    value === null ? 'Too few cases to decide.' : `Measured last: ${writeValue(measure, value)}.`;
  if (state !== 'raised' || changedAt === null) return now;
  return (
    <>
      {now} Raised since <Instant at={changedAt} />.
    </>
  );
}
