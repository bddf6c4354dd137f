import { Text } from '@mantine/core';
import { Card } from './chart-card.tsx';
import { FigureTable } from './figure-table.tsx';
import { HeatMap } from './heat-map.tsx';
import type { Analytics } from './analytics-words.ts';
import { PARTS, WEEKDAYS, writeCount, writeShare } from './analytics-words.ts';

const ROWS = [
  ...WEEKDAYS.map((name, place) => ({ name, weekday: place + 1 })),
  { name: 'Any', weekday: 0 },
];

/** What callers wished for, and how often nothing of it was free: what was lost. */
export function DemandMap({ analytics: { demand, demandByEvent } }: { analytics: Analytics }) {
  if (demand.length === 0) return null;
  const most = Math.max(1, ...demand.map(({ unmet }) => unmet));
  const lost = demand.reduce((sum, { unmet }) => sum + unmet, 0);
  return (
    <Card
      title="Lost demand"
      words="Wishes for which nothing was free, of all wishes. The stronger the color, the more would be booked."
    >
      {lost === 0 && <Text size="sm">Something was free for every wish.</Text>}
      <HeatMap
        caption="Lost demand by weekday and part of the day"
        head={['Day', ...PARTS.map(({ words }) => words)]}
        rows={ROWS.map(({ name, weekday }) => ({
          name,
          cells: PARTS.map(({ part }) => {
            const cell = demand.find((each) => each.weekday === weekday && each.part === part);
            if (!cell) return { heat: 0, words: '' };
            return {
              heat: cell.unmet / most,
              words: `${writeCount(cell.unmet)} of ${writeCount(cell.asked)}`,
            };
          }),
        }))}
      />
      {demandByEvent.length > 1 && (
        <FigureTable
          caption="Lost demand by event"
          head={['Event', 'Wishes', 'Nothing free', 'Share']}
          rows={demandByEvent.map(({ name, asked, unmet }) => [
            name ?? 'An event that is gone',
            writeCount(asked),
            writeCount(unmet),
            writeShare(unmet, asked),
          ])}
        />
      )}
    </Card>
  );
}
