import { Paper, SimpleGrid, Text } from '@mantine/core';
import { writeDollars, writeWait } from '../../components/call-words.ts';
import type { Analytics } from './analytics-words.ts';
import { writeCount, writePercent } from './analytics-words.ts';

/** The figures that are looked at first. */
export function FigureTiles({ analytics }: { analytics: Analytics }) {
  const { truth, answer, funnel } = analytics;
  const asked = funnel.find(({ stage }) => stage === 'asked')?.calls ?? 0;
  const tiles = [
    {
      words: 'Calls',
      value: writeCount(analytics.calls),
      beneath: `${writeCount(analytics.minutes)} minutes`,
    },
    {
      words: 'Booking success',
      value: writePercent(analytics.bookingSuccess),
      beneath: `of ${writeCount(asked)} who asked for a time`,
    },
    {
      words: 'Wait for an answer',
      value: writeWait(answer.p95),
      beneath: `95 in 100; half of them ${writeWait(answer.p50)}`,
    },
    {
      words: 'False sentences heard',
      value: writeCount(truth.corrected),
      beneath: `taken back; ${writeCount(truth.stopped)} more never heard`,
    },
    {
      words: 'Not confirmed',
      value: writeCount(truth.unconfirmed),
      beneath: `${writeCount(truth.settled)} settled since`,
    },
    {
      words: 'Cost, estimated',
      value: writeDollars(analytics.cost),
      beneath: `${writeDollars(analytics.cost / Math.max(1, analytics.calls))} a call`,
    },
  ];
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="sm">
      {tiles.map(({ words, value, beneath }) => (
        <Paper key={words} withBorder p="sm">
          <Text size="sm" c="dimmed">
            {words}
          </Text>
          <Text fz={26} fw={650} lh={1.3}>
            {value}
          </Text>
          <Text size="xs" c="dimmed">
            {beneath}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}
