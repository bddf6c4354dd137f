import { Anchor, Button, Code, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useItems } from '../../api/hooks.ts';
import type { ItemOf } from '../../api/route-types.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Icon } from '../../components/icon.tsx';
import { Instant } from '../../components/instant.tsx';
import { MoreList } from '../../components/more-list.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Row, Rows } from '../../components/rows.tsx';
import { useOffice } from '../../office.ts';
import { NewKeyDialog } from './new-key-dialog.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';

type ApiKey = ItemOf<'listApiKeys'>;

export function ApiKeysPage() {
  const { may } = useOffice();
  const keys = useItems('listApiKeys');
  const [isMaking, setIsMaking] = useState(false);
  const [revoked, setRevoked] = useState<ApiKey | null>(null);
  const make = may('api-keys:write') && (
    <Button leftSection={<Icon name="plus" />} onClick={() => setIsMaking(true)}>
      Make a key
    </Button>
  );
  return (
    <>
      <PageHead
        title="API keys"
        words={
          <>
            With a key a program of yours does what these pages do.{' '}
            <Anchor href="/api/v1" target="_blank">
              What the API has
            </Anchor>
          </>
        }
      >
        {make}
      </PageHead>
      <MoreList
        list={keys}
        empty={
          <EmptyState icon="key" title="There is no key" action={make}>
            Make one for each program, with no more than it needs: it can then be revoked alone.
          </EmptyState>
        }
      >
        {(items) => (
          <Rows>
            {items.map((key) => (
              <KeyRow key={key.id} apiKey={key} onRevoke={() => setRevoked(key)} />
            ))}
          </Rows>
        )}
      </MoreList>
      {isMaking && <NewKeyDialog onClose={() => setIsMaking(false)} />}
      <RevokeDialog apiKey={revoked} onClose={() => setRevoked(null)} />
    </>
  );
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const { may } = useOffice();
  const { name, start, scopes, requestsPerMinute, createdAt, expiresAt, lastUsedAt } = apiKey;
  return (
    <Row>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={4} flex="1 1 16rem">
          <Group gap="xs">
            <Text fw={600}>{name}</Text>
            <Code>{start}…</Code>
          </Group>
          <Text size="sm">{scopes.join(', ')}</Text>
          <Text size="sm" c="dimmed">
            made <Instant at={createdAt} as="day" />, {requestsPerMinute} requests a minute,{' '}
            {lastUsedAt === null ? (
              'never used'
            ) : (
              <>
                last used <Instant at={lastUsedAt} />
              </>
            )}
            ,{' '}
            {expiresAt === null ? (
              'good without end'
            ) : (
              <>
                good until <Instant at={expiresAt} as="day" />
              </>
            )}
          </Text>
        </Stack>
        {may('api-keys:write') && (
          <Button variant="default" aria-label={`Revoke ${name}`} onClick={onRevoke}>
            Revoke
          </Button>
        )}
      </Group>
    </Row>
  );
}
