import { Anchor, Group, Paper, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { useItems } from '../../api/hooks.ts';
import type { ItemOf } from '../../api/route-types.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Instant } from '../../components/instant.tsx';
import { MoreList } from '../../components/more-list.tsx';
import { DeliveryState } from './endpoint-state.tsx';

const STATES = ['all', 'pending', 'delivered', 'failed'] as const;
type State = (typeof STATES)[number];
const WORDS: Record<State, string> = {
  all: 'All',
  pending: 'Waiting',
  delivered: 'Delivered',
  failed: 'Failed',
};

/** Milliseconds after which the list is read again: deliveries end while one looks. */
const EVERY = 3_000;

/** What an endpoint was told, the newest first. */
export function DeliveryList({ endpointId }: { endpointId: string }) {
  const [state, setState] = useState<State>('all');
  const list = useItems('listWebhookDeliveries', {
    params: { endpointId },
    query: state === 'all' ? {} : { state },
    every: EVERY,
  });
  return (
    <Stack gap="md">
      <NativeSelect
        label="Which deliveries"
        value={state}
        onChange={({ currentTarget }) => setState(currentTarget.value as State)}
        data={STATES.map((value) => ({ value, label: WORDS[value] }))}
        maw={240}
      />
      <MoreList
        list={list}
        empty={
          <EmptyState icon="clock" title={state === 'all' ? 'Nothing was sent yet' : 'None'}>
            {state === 'all'
              ? 'With the next event it will be. Send a test to see whether your system takes it.'
              : 'No delivery of the last 30 days is in this state.'}
          </EmptyState>
        }
      >
        {(deliveries) => (
          <Stack gap="xs">
            {deliveries.map((delivery) => (
              <Row key={delivery.id} endpointId={endpointId} delivery={delivery} />
            ))}
          </Stack>
        )}
      </MoreList>
    </Stack>
  );
}

function Row({
  endpointId,
  delivery,
}: {
  endpointId: string;
  delivery: ItemOf<'listWebhookDeliveries'>;
}) {
  const { id, type, state, attempts, createdAt, dueAt, lastStatus, lastError } = delivery;
  return (
    <Paper withBorder px="md" py="sm">
      <Group justify="space-between" gap="xs">
        <Stack gap={2} miw={0} flex={1}>
          <Anchor
            component={Link}
            to={`/office/webhooks/${endpointId}/deliveries/${id}`}
            ff="monospace"
            size="sm"
          >
            {type}
          </Anchor>
          <Text size="sm" c="dimmed">
            <Instant at={createdAt} />
            {state === 'delivered' && lastStatus !== null && ` · answered ${lastStatus}`}
            {state !== 'delivered' && lastError !== null && ` · ${lastError}`}
            {state === 'pending' && attempts > 0 && dueAt !== null && (
              <>
                {' '}
                Next attempt: <Instant at={dueAt} />
              </>
            )}
          </Text>
        </Stack>
        <DeliveryState state={state} />
      </Group>
    </Paper>
  );
}
