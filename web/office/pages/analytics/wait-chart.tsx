import { LineChart } from '@mantine/charts';
import { writeWait } from '../../components/call-words.ts';
import { ChartCard } from './chart-card.tsx';
import type { Analytics } from './analytics-words.ts';
import { writeStart } from './analytics-words.ts';

const SERIES = [
  { name: 'Half of the answers', color: 'harbor.6' },
  { name: '95 in 100', color: 'orange.6' },
];

/** How long callers waited for an answer. */
export function WaitChart({ analytics }: { analytics: Analytics }) {
  const { periods, unit, tool } = analytics;
  const points = periods.map(({ start, answerP50, answerP95 }) => ({
    start: writeStart(start, unit),
    'Half of the answers': answerP50,
    '95 in 100': answerP95,
  }));
  return (
    <ChartCard
      title="Waiting for an answer"
      words={`From the end of what the caller said to the first sound. Tools took ${writeWait(tool.p50)}, and ${writeWait(tool.p95)} at 95 in 100.`}
      chart={
        <LineChart
          h={220}
          data={points}
          dataKey="start"
          series={SERIES}
          withLegend
          connectNulls
          curveType="linear"
          tickLine="none"
          valueFormatter={writeWait}
          yAxisProps={{ width: 56 }}
          lineProps={{ isAnimationActive: false }}
          lineChartProps={{ accessibilityLayer: false }}
        />
      }
      table={{
        caption: 'Waiting for an answer',
        head: [unit, 'Half', '95 in 100', 'Tools, 95 in 100'],
        rows: periods.map((period) => [
          writeStart(period.start, unit),
          writeWait(period.answerP50),
          writeWait(period.answerP95),
          writeWait(period.toolP95),
        ]),
      }}
    />
  );
}
