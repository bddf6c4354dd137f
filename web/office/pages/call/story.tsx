import { Group, Paper, Text, Title, UnstyledButton } from '@mantine/core';
import { writeClock } from '../../components/call-words.ts';
import classes from './call.module.css';
import { momentsOf } from './moments.ts';
import { NeverHeard } from './never-heard.tsx';
import type { Playing } from './recordings.tsx';
import { ToolMoment } from './tool-moment.tsx';
import { TruthSummary } from './truth-summary.tsx';
import { TurnMoment } from './turn-moment.tsx';
import type { WholeCall } from './whole-call.ts';

interface StoryProps {
  call: WholeCall;
  playing: Playing;
  /** Plays the recording from an instant on; null where there is none. */
  onSeek: ((at: string) => void) | null;
}

/** What was said and done, in the order in which it was, with the evidence beside what was claimed. */
export function Story({ call, playing, onSeek }: StoryProps) {
  const began = Date.parse(call.startedAt);
  const moments = momentsOf(call);
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="story">
      <Group justify="space-between" align="baseline" mb="xs">
        <Title order={2} fz="lg" id="story">
          Conversation
        </Title>
        <TruthSummary call={call} />
      </Group>
      {call.turns.length === 0 && (
        <Text c="dimmed">
          {call.endedAt === null
            ? 'Nothing was said yet.'
            : 'What was said in this call is not kept any more.'}
        </Text>
      )}
      <ol className={classes['story']}>
        {moments.map(({ key, at, until, what }) => {
          const clock = writeClock(Date.parse(at) - began);
          const isPlaying = playing !== null && playing >= Date.parse(at) && playing < until;
          return (
            <li
              key={key}
              className={classes['moment']}
              {...(isPlaying && what.kind === 'turn' ? { 'data-playing': true } : {})}
            >
              <Text size="sm" c="dimmed" component="div" className={classes['clock'] ?? ''}>
                {onSeek && what.kind === 'turn' ? (
                  <UnstyledButton
                    fz="sm"
                    c="var(--mantine-color-anchor)"
                    onClick={() => onSeek(at)}
                    aria-label={`Play from ${clock}`}
                  >
                    {clock}
                  </UnstyledButton>
                ) : (
                  clock
                )}
              </Text>
              {what.kind === 'turn' && <TurnMoment turn={what.turn} call={call} />}
              {what.kind === 'tool' && <ToolMoment tool={what.tool} />}
              {what.kind === 'stopped' && <NeverHeard correction={what.correction} />}
            </li>
          );
        })}
      </ol>
    </Paper>
  );
}
