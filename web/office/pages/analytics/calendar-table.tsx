import { Card } from './chart-card.tsx';
import { FigureTable } from './figure-table.tsx';
import type { Analytics } from './analytics-words.ts';
import { writeCount } from './analytics-words.ts';

/** How well the calendars' news comes in, and what syncs found that it had missed. */
export function CalendarTable({ analytics: { calendars } }: { analytics: Analytics }) {
  if (calendars.length === 0) return null;
  return (
    <Card
      title="Calendars"
      words="News that providers sent, and how many bookings we had as they have them when we compared."
    >
      <FigureTable
        caption="Calendars"
        head={['Calendar', 'News', 'Failed', 'Compared', 'Missed', 'Agrees']}
        rows={calendars.map(({ name, news, seen, missed, accuracy }) => [
          name ?? 'A calendar that is gone',
          writeCount(news.received),
          writeCount(news.failed),
          writeCount(seen),
          writeCount(missed),
          accuracy === null ? '–' : `${accuracy.toFixed(1)} %`,
        ])}
      />
    </Card>
  );
}
