import { Anchor, Badge, Group, Text } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAnswer } from '../../api/hooks.ts';
import type { AnswerOf } from '../../api/route-types.ts';
import { LINE_WORDS, whoCalled, writeClock } from '../../components/call-words.ts';
import { Section } from './section.tsx';
import classes from './today.module.css';

type LiveCall = AnswerOf<'listLiveCalls'>['items'][number];

/** Milliseconds between two looks. */
const EVERY = 3_000;
const STATES: Record<LiveCall['state'], string> = {
  beginning: 'Answering',
  listening: 'Listening',
  thinking: 'Thinking',
  speaking: 'Speaking',
  working: 'Looking something up',
};

/** By the same clock as that of answers (`dataUpdatedAt`). */
const readClock = (): number => performance.timeOrigin + performance.now();

/** Calls that go on now: with whom, for how long, and what the agent does. */
export function LiveCalls({ known }: { known: readonly LiveCall[] }) {
  const live = useAnswer('listLiveCalls', { every: EVERY });
  const [now, setNow] = useState(readClock);
  useInterval(() => setNow(readClock()), 1_000, { autoInvoke: true });
  const calls = live.data?.items ?? known;
  const readAt = live.data ? live.dataUpdatedAt : now;
  return (
    <Section title="Calls going on" count={calls.length} color="green">
      {calls.length === 0 ? (
        <Text c="dimmed" size="sm">
          Nobody is calling. A call is here as soon as it is answered.
        </Text>
      ) : (
        <ul className={classes['list']}>
          {calls.map((call) => (
            <li key={call.id}>
              <Group justify="space-between" wrap="nowrap" gap="xs">
                <Anchor component={Link} to={`/office/calls/${call.id}`} fw={600} truncate>
                  {whoCalled(call)}
                </Anchor>
                <Text size="sm" className={classes['number'] ?? ''}>
                  {writeClock(call.age + Math.max(0, now - readAt))}
                </Text>
              </Group>
              <Group gap="xs">
                <Badge variant="dot" color="green" tt="none">
                  {STATES[call.state]}
                </Badge>
                <Text size="sm" c="dimmed">
                  {LINE_WORDS[call.line]}, {call.agentName}
                </Text>
              </Group>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
