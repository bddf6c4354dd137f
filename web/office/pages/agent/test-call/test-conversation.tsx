import { Alert, Box, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Call } from '../../../../call/call.ts';
import type { CallSnapshot } from '../../../../call/call-snapshot.ts';
import { useStickToEnd } from '../../../../components/use-stick-to-end.ts';
import classes from './test-call.module.css';

/** What was said, what is on offer, and a line to type in. */
export function TestConversation({ call, snapshot }: { call: Call; snapshot: CallSnapshot }) {
  const { transcript, view, phase } = snapshot;
  const offer = view?.offer ?? null;
  const appointment = view?.appointment ?? null;
  const scroller = useStickToEnd([transcript, view]);
  return (
    <Stack gap="sm" onInput={call.typing}>
      <Box
        ref={scroller}
        className={classes['lines'] ?? ''}
        role="log"
        aria-label="Conversation"
        tabIndex={0}
      >
        {transcript.map(({ id, role, text, undelivered }) => (
          <Box key={id} className={classes[role] ?? ''} data-testid="test-line" data-role={role}>
            <Text size="xs" c="dimmed">
              {role === 'agent' ? 'Agent' : 'You'}
              {undelivered ? ' · not sent' : ''}
            </Text>
            <Text size="sm">{text}</Text>
          </Box>
        ))}
      </Box>
      {phase === 'live' && offer && (
        <Box component="fieldset" className={classes['times'] ?? ''} aria-label="Times on offer">
          {offer.slots.map((slot) => (
            <Button
              key={slot.id}
              size="xs"
              variant={slot.isChosen ? 'filled' : 'default'}
              aria-pressed={slot.isChosen}
              lang={view?.language}
              onClick={() =>
                void call.act({ do: 'choose', slotId: slot.id }, `${slot.day}, ${slot.time}`)
              }
            >
              {slot.day}, {slot.time}
            </Button>
          ))}
        </Box>
      )}
      {appointment && (
        <Alert color={appointment.status === 'unconfirmed' ? 'yellow' : 'green'} p="xs">
          <span data-testid="test-appointment">
            {STATUS[appointment.status]}: <span lang={view?.language}>{appointment.label}</span>
          </span>
        </Alert>
      )}
      {phase === 'live' && <Line onSend={call.send} />}
    </Stack>
  );
}

type Status = NonNullable<NonNullable<CallSnapshot['view']>['appointment']>['status'];

const STATUS: Record<Status, string> = {
  booked: 'Booked',
  requested: 'Requested',
  rescheduled: 'Moved',
  cancelled: 'Cancelled',
  unconfirmed: 'Not confirmed yet',
};

function Line({ onSend }: { onSend: Call['send'] }) {
  const [text, setText] = useState('');
  async function send(): Promise<void> {
    const message = text.trim();
    if (message === '') return;
    setText('');
    // A lost message comes back into the field, unless the next one is begun.
    if (!(await onSend(message))) setText((now) => (now === '' ? message : now));
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput
          flex={1}
          label="Say something in writing"
          autoComplete="off"
          enterKeyHint="send"
          maxLength={1000}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <Button type="submit" disabled={text.trim() === ''}>
          Send
        </Button>
      </Group>
    </form>
  );
}
