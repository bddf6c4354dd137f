import { Group, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useItems } from '../../api/hooks.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Icon } from '../../components/icon.tsx';
import { MoreList } from '../../components/more-list.tsx';
import { MessageCard } from './message-card.tsx';
import { useAssignees } from './use-assignees.ts';

/** Milliseconds without a key after which what was typed counts. */
const PAUSE = 400;

/** What is to be done, urgent ones first; or what is done, the newest first. */
export function MessageList({ isDone }: { isDone: boolean }) {
  const [person, setPerson] = useState('');
  const [assignee, setAssignee] = useState<string | null>(null);
  const [urgent, setUrgent] = useState(false);
  const findPerson = useDebouncedCallback(setPerson, PAUSE);
  const { options } = useAssignees();
  const isNarrowed = person !== '' || assignee !== null || urgent;
  const list = useItems('listMessages', {
    query: {
      done: isDone ? 'true' : 'false',
      ...(urgent ? { urgent: 'true' } : {}),
      ...(assignee === null ? {} : { assignee }),
      ...(person === '' ? {} : { person }),
    },
    every: 30_000,
  });
  return (
    <Stack gap="md">
      <Group gap="sm" align="flex-end">
        <TextInput
          label="Person"
          placeholder="Name, e-mail or number"
          leftSection={<Icon name="search" size={16} />}
          onChange={({ currentTarget: { value } }) => findPerson(value.trim())}
          maxLength={200}
        />
        <Select
          label="For"
          placeholder="Anybody"
          data={[{ value: 'none', label: 'Nobody yet' }, ...options]}
          value={assignee}
          onChange={setAssignee}
          clearable
        />
        <Switch
          label="Urgent only"
          checked={urgent}
          onChange={({ currentTarget: { checked } }) => setUrgent(checked)}
          mb={8}
        />
      </Group>
      <MoreList
        list={list}
        empty={
          <EmptyState icon="messages" title={isDone ? 'Nothing is done' : 'Nothing is to be done'}>
            {isNarrowed
              ? 'No message is like that: widen the filters.'
              : isDone
                ? 'What you have seen to is kept here.'
                : 'When a caller asks to be called back, the message is listed here.'}
          </EmptyState>
        }
      >
        {(items) => items.map((message) => <MessageCard key={message.id} message={message} />)}
      </MoreList>
    </Stack>
  );
}
