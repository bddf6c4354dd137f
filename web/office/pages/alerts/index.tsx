import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useItems } from '../../api/hooks.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Icon } from '../../components/icon.tsx';
import { MoreList } from '../../components/more-list.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { useOffice } from '../../office.ts';
import { AlertCard } from './alert-card.tsx';
import { AlertDialog } from './alert-dialog.tsx';
import { SpendingCard } from './spending-card.tsx';

const EVERY_MINUTE = 60_000;

/** What is watched while nobody looks. */
export function AlertsPage() {
  const { may } = useOffice();
  const [isNew, setIsNew] = useState(false);
  const alerts = useItems('listAlerts', { every: EVERY_MINUTE });
  const add = may('alerts:write') && (
    <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setIsNew(true)}>
      New alert
    </Button>
  );
  return (
    <>
      <PageHead
        title="Alerts"
        words="Owners and admins get a mail when a figure passes what is set for it, and one when that is over. Webhooks that listen to alert.raised and alert.resolved are told too."
      >
        {(alerts.items?.length ?? 0) > 0 && add}
      </PageHead>
      <Stack gap="lg">
        {may('usage:read') && <SpendingCard />}
        <MoreList
          list={alerts}
          empty={
            <EmptyState icon="alert" title="Nothing is watched yet" action={add}>
              An alert tells you when callers wait too long, when bookings fall off, or when a
              calendar does not answer. Set one for what you would not want to hear from a caller.
            </EmptyState>
          }
        >
          {(items) => items.map((alert) => <AlertCard key={alert.id} alert={alert} />)}
        </MoreList>
      </Stack>
      {isNew && <AlertDialog alert={null} onClose={() => setIsNew(false)} />}
    </>
  );
}
