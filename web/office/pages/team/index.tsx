import { Button, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../../components/icon.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { useOffice } from '../../office.ts';
import { InvitationList } from './invitation-list.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { MemberList } from './member-list.tsx';

export function TeamPage() {
  const { may } = useOffice();
  const [isInviting, setIsInviting] = useState(false);
  return (
    <>
      <PageHead
        title="Team and roles"
        words="Who comes into the office, and what they may do there."
      >
        {may('invitations:write') && (
          <Button leftSection={<Icon name="plus" />} onClick={() => setIsInviting(true)}>
            Invite somebody
          </Button>
        )}
      </PageHead>
      <Stack gap="xl">
        <MemberList />
        {may('invitations:read') && (
          <Stack gap="sm">
            <Title order={2} fz="lg">
              Open invitations
            </Title>
            <InvitationList />
          </Stack>
        )}
      </Stack>
      {isInviting && <InviteDialog onClose={() => setIsInviting(false)} />}
    </>
  );
}
