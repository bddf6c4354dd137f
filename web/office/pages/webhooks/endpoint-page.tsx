import { Alert, Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useParams } from 'react-router';
import { useAnswer } from '../../api/hooks.ts';
import { Answered } from '../../components/answered.tsx';
import { Icon } from '../../components/icon.tsx';
import { Instant } from '../../components/instant.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { DeliveryList } from './delivery-list.tsx';
import { EndpointActions } from './endpoint-actions.tsx';
import { EndpointState } from './endpoint-state.tsx';
import type { Endpoint } from './endpoint-state.tsx';
import { hostOf } from './index.tsx';

/** One endpoint, and what it was told. */
export function WebhookEndpointPage() {
  const { endpointId = '' } = useParams();
  const endpoint = useAnswer('getWebhookEndpoint', { params: { endpointId } });
  return <Answered of={endpoint}>{(answer) => <Shown endpoint={answer} />}</Answered>;
}

function Shown({ endpoint }: { endpoint: Endpoint }) {
  const { id, url, description, events, previousSecretUntil } = endpoint;
  return (
    <>
      <PageHead
        title={description === '' ? hostOf(url) : description}
        back={{ to: '/office/webhooks', words: 'Webhooks' }}
      >
        <EndpointActions endpoint={endpoint} />
      </PageHead>
      <Stack gap="lg">
        <Trouble endpoint={endpoint} />
        <Paper withBorder p="md">
          <Stack gap="sm">
            <Group gap="sm">
              <EndpointState endpoint={endpoint} />
              <Text style={{ overflowWrap: 'anywhere' }}>{url}</Text>
            </Group>
            <Group gap={6}>
              {events.map((kind) => (
                <Badge key={kind} variant="default" tt="none" fw={500}>
                  {kind}
                </Badge>
              ))}
            </Group>
            {previousSecretUntil !== null && (
              <Text size="sm" c="dimmed">
                The secret before the last rotation signs too, until{' '}
                <Instant at={previousSecretUntil} />.
              </Text>
            )}
          </Stack>
        </Paper>
        <Title order={2} fz="xl">
          Deliveries
        </Title>
        <DeliveryList endpointId={id} />
      </Stack>
    </>
  );
}

function Trouble({ endpoint: { enabled, failingSince, switchedOffAt } }: { endpoint: Endpoint }) {
  if (!enabled && switchedOffAt !== null) {
    return (
      <Alert color="red" title="It was switched off" icon={<Icon name="alert" />}>
        It had taken nothing for days, or answered that it is gone. Look at the last deliveries,
        mend the receiver, send it a test, then switch it on: what waits is sent then.
      </Alert>
    );
  }
  if (!enabled || failingSince === null) return null;
  return (
    <Alert color="orange" title="It takes nothing at present" icon={<Icon name="alert" />}>
      It has failed since <Instant at={failingSince} />. Events are tried again for a day; after
      three days of nothing but failures it is switched off.
    </Alert>
  );
}
