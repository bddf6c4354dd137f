import { Anchor, Badge, Button, Group, Paper, Select, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { useChange } from '../../api/hooks.ts';
import type { BodyOf, ItemOf } from '../../api/route-types.ts';
import { Icon } from '../../components/icon.tsx';
import { Instant } from '../../components/instant.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useOffice } from '../../office.ts';
import { MessageNote } from './message-note.tsx';
import { useAssignees } from './use-assignees.ts';

export type Message = ItemOf<'listMessages'>;

/** One message: who wants what, who sees to it, and whether that is done. */
export function MessageCard({ message }: { message: Message }) {
  const { may } = useOffice();
  const edit = useChange('editMessage');
  const { id: messageId, caller, done, doneBy, doneAt, assignee, note, urgent } = message;
  const name = caller.name ?? 'Somebody';
  const mayEdit = may('messages:write');
  const change = (body: BodyOf<'editMessage'>): void =>
    edit.mutate({ params: { messageId }, body });
  return (
    <Paper withBorder p="md" component="article" aria-label={`Message of ${name}`}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="xs">
          <div>
            <Group gap="xs">
              <Title order={2} fz="md" style={{ overflowWrap: 'anywhere' }}>
                {name}
              </Title>
              {urgent && (
                <Badge color="red" variant="filled" leftSection={<Icon name="alert" size={12} />}>
                  Urgent
                </Badge>
              )}
            </Group>
            <Text size="sm" c="dimmed">
              <Instant at={message.createdAt} />,{' '}
              <Anchor component={Link} to={`/office/calls/${message.callId}`} underline="always">
                {`call with ${message.agent.name}`}
              </Anchor>
            </Text>
          </div>
          <Contact name={name} caller={caller} />
        </Group>
        <Text style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>{message.text}</Text>
        <MessageNote
          messageId={messageId}
          note={note}
          mayEdit={mayEdit}
          onSave={(text, { from, onSaved }) =>
            edit.mutate(
              { params: { messageId }, body: { note: text }, from },
              { onSuccess: onSaved },
            )
          }
        />
        <ProblemNotice problem={edit.error} title="The message is as it was" />
        <Group justify="space-between" gap="xs" align="flex-end">
          {mayEdit ? (
            <AssigneeChoice
              name={name}
              assignee={assignee}
              onChoose={(assigneeId) => change({ assigneeId })}
            />
          ) : (
            <Text size="sm">{assignee ? `For ${assignee.name}` : 'For nobody yet'}</Text>
          )}
          {done && doneAt !== null && (
            <Text size="sm" c="dimmed">
              Done{doneBy === null ? '' : ` by ${doneBy}`}, <Instant at={doneAt} />
            </Text>
          )}
          {mayEdit && (
            <Group gap="xs">
              {!done && (
                <Button variant="subtle" onClick={() => change({ urgent: !urgent })}>
                  {urgent ? 'Not urgent' : 'Urgent'}
                </Button>
              )}
              <Button
                variant={done ? 'default' : 'filled'}
                loading={edit.isPending}
                onClick={() => change({ done: !done })}
              >
                {done ? 'To be done again' : 'Done'}
              </Button>
            </Group>
          )}
        </Group>
      </Stack>
    </Paper>
  );
}

/** How the caller is reached. */
function Contact({ name, caller: { number, email } }: Pick<Message, 'caller'> & { name: string }) {
  return (
    <Stack gap={4} align="flex-start">
      {number !== null && (
        <Group gap="xs">
          <Text fw={600}>{number}</Text>
          <Button
            component="a"
            href={`tel:${number}`}
            size="compact-sm"
            variant="default"
            aria-label={`Call back ${name}`}
            leftSection={<Icon name="calls" size={14} />}
          >
            Call back
          </Button>
        </Group>
      )}
      {email !== null && (
        <Anchor href={`mailto:${email}`} style={{ overflowWrap: 'anywhere' }}>
          {email}
        </Anchor>
      )}
    </Stack>
  );
}

interface AssigneeChoiceProps {
  name: string;
  assignee: Message['assignee'];
  onChoose: (id: string | null) => void;
}

function AssigneeChoice({ name, assignee, onChoose }: AssigneeChoiceProps) {
  const { options } = useAssignees();
  // One who is a viewer by now is still the one.
  const isListed = assignee === null || options.some(({ value }) => value === assignee.id);
  const known = isListed ? options : [...options, { value: assignee.id, label: assignee.name }];
  return (
    <Select
      aria-label={`Who sees to the message of ${name}`}
      placeholder="For nobody yet"
      data={known}
      value={assignee?.id ?? null}
      onChange={onChoose}
      clearable
    />
  );
}
