import { Group, Progress, Stack, Text } from '@mantine/core';
import { ChartCard } from './chart-card.tsx';
import type { Analytics } from './analytics-words.ts';
import { writeCount, writeShare } from './analytics-words.ts';

const STAGES: Record<string, string> = {
  asked: 'Asked for a time',
  offered: 'Were offered one',
  chosen: 'Chose one',
  details: 'Said who they are',
  booked: 'Booked',
};

/** Where callers give up. */
export function Funnel({ analytics: { funnel } }: { analytics: Analytics }) {
  const all = funnel[0]?.calls ?? 0;
  return (
    <ChartCard
      title="From asking to booking"
      words="How far callers came. Where a bar falls off, they give up."
      chart={
        <Stack gap="sm">
          {funnel.map(({ stage, calls }) => (
            <div key={stage}>
              <Group justify="space-between" gap="xs">
                <Text size="sm">{STAGES[stage]}</Text>
                <Text size="sm" c="dimmed">
                  {`${writeCount(calls)} · ${writeShare(calls, all)}`}
                </Text>
              </Group>
              <Progress size="lg" value={all === 0 ? 0 : (100 * calls) / all} />
            </div>
          ))}
        </Stack>
      }
      table={{
        caption: 'From asking to booking',
        head: ['So far', 'Calls', 'Of those who asked'],
        rows: funnel.map(({ stage, calls }) => [
          STAGES[stage] ?? stage,
          writeCount(calls),
          writeShare(calls, all),
        ]),
      }}
    />
  );
}
