import type { Totals } from '../../calls/figures/totals.ts';
import { listCalendarConnections } from '../../db/calendars/calendar-connections.ts';
import type { Database } from '../../db/database.ts';

/** How well we know what a calendar's provider has. */
export interface CalendarFigures {
  id: string;
  /** Null where it is gone. */
  name: string | null;
  /** News that came, and what became of it. */
  news: { received: number; applied: number; failed: number };
  syncs: { runs: number; failed: number };
  /** Bookings that syncs saw, and those that the news had missed. */
  seen: number;
  missed: number;
  /** Percent of what syncs saw that we had as it was; null where they saw nothing. */
  accuracy: number | null;
}

/** Of every calendar that has figures. */
export async function readCalendarFigures(
  db: Database,
  organizationId: string,
  totals: Totals,
): Promise<CalendarFigures[]> {
  const ids = new Set(
    [...totals.keys('delivery').keys(), ...totals.keys('sync').keys()].map(
      (key) => key.split('/')[0] ?? '',
    ),
  );
  if (ids.size === 0) return [];
  const known = await listCalendarConnections(db, organizationId);
  return [...ids].map((id) => {
    const news = (state: string): number => totals.of('delivery', `${id}/${state}`);
    const sync = (part: string): number => totals.of('sync', `${id}/${part}`);
    const [seen, missed] = [sync('seen'), sync('missing') + sync('changed')];
    const states = ['received', 'applied', 'stale', 'ignored', 'failed'];
    return {
      id,
      name: known.find((calendar) => calendar.id === id)?.name ?? null,
      news: {
        received: states.reduce((sum, state) => sum + news(state), 0),
        applied: news('applied') + news('stale') + news('ignored'),
        failed: news('failed'),
      },
      syncs: { runs: sync('runs'), failed: sync('failed') },
      seen,
      missed,
      accuracy: seen === 0 ? null : Math.max(0, 100 * (1 - missed / seen)),
    };
  });
}
