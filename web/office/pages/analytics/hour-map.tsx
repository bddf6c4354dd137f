import { Card } from './chart-card.tsx';
import { HeatMap } from './heat-map.tsx';
import type { Analytics } from './analytics-words.ts';
import { WEEKDAYS, writeCount } from './analytics-words.ts';

/** When callers call. */
export function HourMap({ analytics: { hours, timeZone } }: { analytics: Analytics }) {
  const most = Math.max(1, ...hours.map(({ calls }) => calls));
  const known = hours.map(({ hour }) => hour);
  const [first, last] = [Math.min(...known), Math.max(...known)];
  const columns = Array.from({ length: last - first + 1 }, (_, place) => first + place);
  return (
    <Card title="When callers call" words={`Calls by weekday and hour, in ${timeZone}.`}>
      <HeatMap
        caption="Calls by weekday and hour"
        head={['Day', ...columns.map((hour) => `${hour}:00`)]}
        rows={WEEKDAYS.map((name, place) => ({
          name,
          cells: columns.map((hour) => {
            const calls =
              hours.find((each) => each.weekday === place + 1 && each.hour === hour)?.calls ?? 0;
            return { heat: calls / most, words: calls === 0 ? '' : writeCount(calls) };
          }),
        }))}
      />
    </Card>
  );
}
