import { BarChart } from '@mantine/charts';
import { ChartCard } from './chart-card.tsx';
import type { Analytics } from './analytics-words.ts';
import { writeCount, writeStart } from './analytics-words.ts';

const SERIES = [
  { name: 'Booked', color: 'harbor.6' },
  { name: 'Other calls', color: 'gray.5' },
  { name: 'Failed', color: 'red.6' },
];

/** How many called, and how many of them booked. */
export function CallsChart({ analytics: { periods, unit } }: { analytics: Analytics }) {
  const points = periods.map(({ start, calls, booked, failed }) => ({
    start: writeStart(start, unit),
    Booked: booked,
    Failed: failed,
    'Other calls': Math.max(0, calls - booked - failed),
  }));
  return (
    <ChartCard
      title={`Calls by ${unit}`}
      chart={
        <BarChart
          h={240}
          data={points}
          dataKey="start"
          type="stacked"
          series={SERIES}
          withLegend
          maxBarWidth={28}
          tickLine="none"
          valueFormatter={writeCount}
          barProps={{ isAnimationActive: false }}
          barChartProps={{ accessibilityLayer: false }}
        />
      }
      table={{
        caption: `Calls by ${unit}`,
        head: [unit, 'Calls', 'Asked', 'Booked', 'Failed'],
        rows: periods.map((period) => [
          writeStart(period.start, unit),
          writeCount(period.calls),
          writeCount(period.asked),
          writeCount(period.booked),
          writeCount(period.failed),
        ]),
      }}
    />
  );
}
