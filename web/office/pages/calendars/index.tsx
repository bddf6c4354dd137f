import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from 'react-router';
import { useItems } from '../../api/hooks.ts';
import type { ItemOf } from '../../api/route-types.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Icon } from '../../components/icon.tsx';
import { Instant } from '../../components/instant.tsx';
import { MoreList } from '../../components/more-list.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Row, Rows } from '../../components/rows.tsx';
import { useOffice } from '../../office.ts';
import { ConnectDialog } from './connect-dialog.tsx';
import { ConnectedBadge } from './connected-badge.tsx';
import { ProviderName } from '../../components/provider-name.tsx';

/** The calendars that callers book into. */
export function CalendarsPage() {
  const { may } = useOffice();
  const list = useItems('listCalendars');
  const [isOpen, { open, close }] = useDisclosure(false);
  const connect = may('calendars:write') && (
    <Button leftSection={<Icon name="plus" size={16} />} onClick={open}>
      Connect a calendar
    </Button>
  );
  return (
    <>
      <PageHead
        title="Calendars"
        words="Where your receptionist looks for free times, and books. It offers nothing that a calendar here does not have."
      >
        {list.items && list.items.length > 0 && connect}
      </PageHead>
      <MoreList
        list={list}
        empty={
          <EmptyState icon="calendars" title="No calendar yet" action={connect}>
            Connect the calendar that your appointments are in. Then add a booking event: what
            callers can book in it.
          </EmptyState>
        }
      >
        {(calendars) => (
          <Rows>
            {calendars.map((calendar) => (
              <CalendarRow key={calendar.id} {...calendar} />
            ))}
          </Rows>
        )}
      </MoreList>
      <ConnectDialog isOpen={isOpen} onClose={close} />
    </>
  );
}

function CalendarRow(calendar: ItemOf<'listCalendars'>) {
  const { id, name, account, timeZone, lastSyncedAt } = calendar;
  return (
    <Row>
      <Stack gap={4}>
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Title order={2} fz="md" miw={0}>
            <Anchor component={Link} to={`/office/calendars/${id}`} inherit>
              {name}
            </Anchor>
          </Title>
          <ConnectedBadge calendar={calendar} />
        </Group>
        <Text size="sm" c="dimmed">
          <ProviderName id={calendar.provider} />
          {account !== null && ` · ${account}`} · {timeZone}
        </Text>
        <Text size="sm" c="dimmed">
          {lastSyncedAt === null ? (
            'Not synced yet'
          ) : (
            <>
              Synced <Instant at={lastSyncedAt} />
            </>
          )}
        </Text>
      </Stack>
    </Row>
  );
}
