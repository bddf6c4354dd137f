import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useChange, useItems } from '../../api/hooks.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Instant } from '../../components/instant.tsx';
import { MoreList } from '../../components/more-list.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Row, Rows } from '../../components/rows.tsx';
import { sayDone } from '../../components/say.ts';
import { useOffice } from '../../office.ts';

export function InvitationList() {
  const { may } = useOffice();
  const invitations = useItems('listInvitations');
  const withdraw = useChange('withdrawInvitation');
  return (
    <Stack gap="sm">
      <ProblemNotice problem={withdraw.error} title="The invitation stands" />
      <MoreList
        list={invitations}
        empty={
          <EmptyState icon="messages" title="No invitation is open">
            Invite whoever answers messages or looks after appointments. An invitation is good for a
            week.
          </EmptyState>
        }
      >
        {(items) => (
          <Rows>
            {items.map(({ id, email, role, expiresAt }) => (
              <Row key={id}>
                <Group justify="space-between" gap="sm">
                  <div>
                    <Group gap="xs">
                      <Text style={{ overflowWrap: 'anywhere' }}>{email}</Text>
                      <Badge variant="default">{role}</Badge>
                    </Group>
                    <Text size="sm" c="dimmed">
                      good until <Instant at={expiresAt} />
                    </Text>
                  </div>
                  {may('invitations:write') && (
                    <Button
                      variant="default"
                      aria-label={`Withdraw the invitation of ${email}`}
                      loading={withdraw.isPending && withdraw.variables.params.invitationId === id}
                      onClick={() =>
                        withdraw.mutate(
                          { params: { invitationId: id } },
                          { onSuccess: () => sayDone(`The invitation of ${email} is withdrawn`) },
                        )
                      }
                    >
                      Withdraw
                    </Button>
                  )}
                </Group>
              </Row>
            ))}
          </Rows>
        )}
      </MoreList>
    </Stack>
  );
}
