import { Badge, Button, Group, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useChange, useItems } from '../../api/hooks.ts';
import type { ItemOf } from '../../api/route-types.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Instant } from '../../components/instant.tsx';
import { MoreList } from '../../components/more-list.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Row, Rows } from '../../components/rows.tsx';
import { sayDone } from '../../components/say.ts';
import { useOffice } from '../../office.ts';
import type { Role } from './roles.ts';

type Member = ItemOf<'listMembers'>;

export function MemberList() {
  const members = useItems('listMembers');
  const change = useChange('changeMemberRole');
  const [removed, setRemoved] = useState<Member | null>(null);
  const changeRole = ({ userId, name }: Member, role: Role): void =>
    change.mutate(
      { params: { userId }, body: { role } },
      { onSuccess: () => sayDone(`${name} has the role ${role} now`) },
    );
  return (
    <Stack gap="sm">
      <ProblemNotice problem={change.error} title="The role is as it was" />
      <MoreList
        list={members}
        empty={
          <EmptyState icon="team" title="Nobody is here">
            Invite somebody.
          </EmptyState>
        }
      >
        {(items) => (
          <Rows>
            {items.map((member) => (
              <MemberRow
                key={member.userId}
                member={member}
                onRole={(role) => changeRole(member, role)}
                onRemove={() => setRemoved(member)}
              />
            ))}
          </Rows>
        )}
      </MoreList>
      <RemoveDialog member={removed} onClose={() => setRemoved(null)} />
    </Stack>
  );
}

interface MemberRowProps {
  member: Member;
  onRole: (role: Role) => void;
  onRemove: () => void;
}

function MemberRow({ member, onRole, onRemove }: MemberRowProps) {
  const { me, organization, may } = useOffice();
  const { grants } = organization;
  const { name, email, role, twoFactorEnabled, since } = member;
  const isMine = may('members:write') && grants.includes(role);
  return (
    <Row>
      <Group justify="space-between" gap="sm">
        <div>
          <Group gap="xs">
            <Text fw={600}>{name}</Text>
            {member.userId === me.id && <Badge variant="light">you</Badge>}
            {twoFactorEnabled && (
              <Badge variant="light" color="green">
                second step
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {email}, since <Instant at={since} as="day" />
          </Text>
        </div>
        {isMine ? (
          <Group gap="xs">
            <Select
              aria-label={`Role of ${name}`}
              data={grants}
              value={role}
              allowDeselect={false}
              w={120}
              onChange={(value) => value !== null && value !== role && onRole(value)}
            />
            <Button variant="default" aria-label={`Remove ${name}`} onClick={onRemove}>
              Remove
            </Button>
          </Group>
        ) : (
          <Badge variant="default">{role}</Badge>
        )}
      </Group>
    </Row>
  );
}

function RemoveDialog({ member, onClose }: { member: Member | null; onClose: () => void }) {
  const { organization } = useOffice();
  const remove = useChange('removeMember');
  const close = (): void => {
    remove.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen={member !== null}
      title="Remove from the team?"
      confirm="Remove"
      isDangerous
      isBusy={remove.isPending}
      problem={remove.error}
      onConfirm={() =>
        member &&
        remove.mutate(
          { params: { userId: member.userId } },
          {
            onSuccess: () => {
              sayDone(`${member.name} is no member any more`);
              close();
            },
          },
        )
      }
      onClose={close}
    >
      {member?.name} sees nothing of {organization.name} any more, from this moment on. What they
      did stays in the audit log.
    </ConfirmDialog>
  );
}
