import { Badge, Button, Group, Switch, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from 'react-router';
import { useAnswer, useChange } from '../../api/hooks.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useOffice } from '../../office.ts';

/** Which agent it is, whether it takes calls, and where it can be called. */
export function AgentHead({ slug, name }: { slug: string; name: string }) {
  const { data: agent } = useAnswer('getAgent', { params: { slug } });
  const edit = useChange('editAgent');
  const remove = useChange('deleteAgent');
  const [isRemoving, dialog] = useDisclosure(false);
  const navigate = useNavigate();
  const { may } = useOffice();
  const enabled = edit.isPending ? edit.variables.body?.enabled : agent?.enabled;
  return (
    <>
      <PageHead
        title={name}
        back={{ to: '/office/agents', words: 'Agents' }}
        words={agent && `${agent.businessName} · /a/${slug}`}
      >
        {agent?.enabled === true && (
          <Button
            component="a"
            href={`/a/${slug}`}
            target="_blank"
            rel="noopener"
            variant="default"
          >
            Open its page
          </Button>
        )}
        {may('agents:write') && (
          <Button variant="default" onClick={dialog.open}>
            Delete
          </Button>
        )}
      </PageHead>
      {agent && (
        <Group mb="md" gap="sm">
          {may('agents:write') ? (
            <Switch
              checked={enabled ?? false}
              label="Takes calls"
              onChange={({ currentTarget }) =>
                edit.mutate({ params: { slug }, body: { enabled: currentTarget.checked } })
              }
            />
          ) : (
            <Badge variant="dot" color={agent.enabled ? 'green' : 'gray'}>
              {agent.enabled ? 'Takes calls' : 'Switched off'}
            </Badge>
          )}
          <Text size="sm" c="dimmed">
            {agent.calendar === null ? 'It has nothing to book yet.' : 'It books appointments.'}
          </Text>
        </Group>
      )}
      <ProblemNotice problem={edit.error} />
      <ConfirmDialog
        isOpen={isRemoving}
        title={`Delete ${name}?`}
        confirm="Delete"
        isDangerous
        isBusy={remove.isPending}
        problem={remove.error}
        onClose={dialog.close}
        onConfirm={() =>
          remove.mutate({ params: { slug } }, { onSuccess: () => void navigate('/office/agents') })
        }
      >
        An agent that took calls stays, with their record: it is switched off instead. One that
        never had anything to do is gone with its draft and its history.
      </ConfirmDialog>
    </>
  );
}
