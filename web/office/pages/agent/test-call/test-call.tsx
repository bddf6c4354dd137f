import { RoomAudioRenderer } from '@livekit/components-react';
import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { LogLevel, setLogLevel } from 'livekit-client';
import * as z from 'zod/mini';
import { callState } from '../../../../call/call-snapshot.ts';
import { isMicrophoneProblem } from '../../../../call/microphone-problem.ts';
import type { MicrophoneProblem } from '../../../../call/microphone-problem.ts';
import { failureWords } from '../../../../components/failure-words.ts';
import { stateHint, stateWord } from '../../../../components/state-words.ts';
import { Icon } from '../../../components/icon.tsx';
import { BookedInTest } from './booked-in-test.tsx';
import { TestConversation } from './test-conversation.tsx';
import { useTestCall } from './use-test-call.ts';
import type { TestCallParts } from './use-test-call.ts';

// As in the visitor's page: its policy forbids eval, and the page says itself what is wrong.
z.config({ jitless: true });
setLogLevel(LogLevel.silent);

const MICROPHONE: Record<MicrophoneProblem, string> = {
  refused:
    'The browser was not allowed to use the microphone: allow it beside the address, or type.',
  missing: 'There is no microphone: plug one in, or type.',
  busy: 'Another program has the microphone: close it there, or type.',
  unavailable: 'Browsers give no microphone to a page without https: type instead.',
};

/** A call with the agent as it is drafted, by voice or by typing. */
export function TestCall(parts: TestCallParts) {
  const { call, snapshot, refusal, roomName } = useTestCall(parts);
  const { phase, microphone, failure } = snapshot;
  const isOpen = phase === 'connecting' || phase === 'live';
  const state = callState(snapshot);
  const failed = failure && failureWords(failure);
  return (
    <Paper component="section" withBorder p={{ base: 'md', sm: 'lg' }} aria-label="Test call">
      <Stack gap="sm" data-testid="test-call" data-state={state}>
        <Group justify="space-between">
          <Title order={2} fz="lg">
            Test call
          </Title>
          {isOpen && (
            <Text size="sm" component="output">
              {[stateWord(state, snapshot), stateHint(state, snapshot)].filter(Boolean).join('. ')}
            </Text>
          )}
        </Group>
        {!isOpen && (
          <Text size="sm" c="dimmed">
            Talk with the draft as a caller would. Nobody else hears it, and it counts in no figure;
            but what you book in it is booked, so cancel it afterwards.
          </Text>
        )}
        {snapshot.agent?.rehearsal === true && (
          <Alert color="yellow" p="xs">
            A rehearsal model stands in for the real one: it books, moves and cancels, and answers
            no questions about your business.
          </Alert>
        )}
        {isMicrophoneProblem(microphone) && <Alert color="yellow">{MICROPHONE[microphone]}</Alert>}
        {failed && (
          <Alert
            color="red"
            role="alert"
            title={refusal === null ? failed.title : 'The call did not begin'}
          >
            {refusal ?? failed.advice}
          </Alert>
        )}
        {(isOpen || snapshot.transcript.length > 0) && (
          <TestConversation call={call} snapshot={snapshot} />
        )}
        {!isOpen && roomName !== null && (
          <BookedInTest key={roomName} slug={parts.slug} roomName={roomName} />
        )}
        {isOpen ? (
          <Group gap="xs">
            <Button color="red" onClick={call.hangUp}>
              Hang up
            </Button>
            {(microphone === 'on' || microphone === 'muted') && (
              <Button variant="default" onClick={() => void call.setMuted(microphone === 'on')}>
                {microphone === 'on' ? 'Mute' : 'Unmute'}
              </Button>
            )}
            {snapshot.soundBlocked && (
              <Button variant="default" onClick={() => void call.allowSound()}>
                Let me hear it
              </Button>
            )}
          </Group>
        ) : (
          <Group gap="xs">
            <Button
              leftSection={<Icon name="calls" size={16} />}
              onClick={() => void call.start({ microphone: true })}
            >
              Talk with it
            </Button>
            <Button variant="default" onClick={() => void call.start({ microphone: false })}>
              Type instead
            </Button>
          </Group>
        )}
      </Stack>
      {snapshot.room && <RoomAudioRenderer room={snapshot.room} />}
    </Paper>
  );
}
