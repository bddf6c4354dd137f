import { Anchor, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useItems } from '../../api/hooks.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Icon } from '../../components/icon.tsx';
import { Instant } from '../../components/instant.tsx';
import { MoreList } from '../../components/more-list.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { EndpointState } from './endpoint-state.tsx';
import type { Endpoint } from './endpoint-state.tsx';
import { NewEndpoint } from './new-endpoint.tsx';
import { SecretDialog } from './secret-dialog.tsx';

/** The endpoints of the organization. */
export function WebhooksPage() {
  const list = useItems('listWebhookEndpoints');
  const navigate = useNavigate();
  const [isAdding, setIsAdding] = useState(false);
  const [made, setMade] = useState<{ id: string; secret: string } | null>(null);
  const add = (
    <Button leftSection={<Icon name="plus" size={18} />} onClick={() => setIsAdding(true)}>
      Add an endpoint
    </Button>
  );
  return (
    <>
      <PageHead
        title="Webhooks"
        words="Your own systems hear of calls, appointments and messages as they happen."
      >
        {(list.items?.length ?? 0) > 0 && add}
      </PageHead>
      <MoreList
        list={list}
        empty={
          <EmptyState icon="hooks" title="Nothing is told to anybody yet" action={add}>
            Name an address of your CRM, chat or own program: every event you choose is sent there,
            signed, and again for a day where it was not received.
          </EmptyState>
        }
      >
        {(endpoints) => (
          <Stack gap="sm">
            {endpoints.map((endpoint) => (
              <EndpointCard key={endpoint.id} endpoint={endpoint} />
            ))}
          </Stack>
        )}
      </MoreList>
      <NewEndpoint
        isOpen={isAdding}
        onClose={() => setIsAdding(false)}
        onMade={(endpoint) => {
          setIsAdding(false);
          setMade(endpoint);
        }}
      />
      <SecretDialog
        secret={made?.secret ?? null}
        onClose={() => {
          void navigate(`/office/webhooks/${made?.id ?? ''}`);
          setMade(null);
        }}
      />
    </>
  );
}

function EndpointCard({ endpoint }: { endpoint: Endpoint }) {
  const { id, url, description, events, failingSince } = endpoint;
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={4} miw={0} flex={1}>
          <Anchor component={Link} to={`/office/webhooks/${id}`} fw={600}>
            {description === '' ? hostOf(url) : description}
          </Anchor>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {url}
          </Text>
          <Text size="sm">
            {events.length === 1 ? events[0] : `${events.length} kinds of events`}
            {failingSince !== null && (
              <>
                {' · '}fails since <Instant at={failingSince} />
              </>
            )}
          </Text>
        </Stack>
        <EndpointState endpoint={endpoint} />
      </Group>
    </Paper>
  );
}

export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}
