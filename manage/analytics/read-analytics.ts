import { MEASURES } from '../../calls/figures/measures.ts';
import { percentile } from '../../calls/figures/percentile.ts';
import { Totals } from '../../calls/figures/totals.ts';
import { listBookingEvents } from '../../db/booking-events.ts';
import type { Database } from '../../db/database.ts';
import { readCountedAt, readFigures, readFigureSeries } from '../../db/figures/read-figures.ts';
import type { FigureName } from '../../db/figures/count-figures.ts';
import type { FigureRange, PeriodUnit } from '../../db/figures/read-figures.ts';
import { readCalendarFigures } from './calendar-figures.ts';
import type { CalendarFigures } from './calendar-figures.ts';
import { readRange, startsOf, unitOf } from './figure-range.ts';
import type { GivenRange } from './figure-range.ts';
import { readModelFigures } from './model-figures.ts';
import type { ModelFigures } from './model-figures.ts';

const MINUTE = 60_000;
/** From one to the next callers give up. */
const STAGES = ['asked', 'offered', 'chosen', 'details', 'booked'] as const;
const OF_PERIODS: readonly FigureName[] = [
  'calls',
  'line_ms',
  'funnel',
  'outcome',
  'answer_ms',
  'tool_ms',
  'truth',
  'cost',
];

/** One day, week or month. Times in milliseconds, costs in US dollars. */
export interface Period {
  /** Its first day. */
  start: string;
  calls: number;
  minutes: number;
  asked: number;
  booked: number;
  failed: number;
  corrected: number;
  answerP50: number | null;
  answerP95: number | null;
  toolP95: number | null;
  cost: number;
}

export interface Wishes {
  asked: number;
  /** For which nothing was free. */
  unmet: number;
}

export interface Analytics {
  /** IANA. */
  timeZone: string;
  from: string;
  to: string;
  unit: PeriodUnit;
  /** When a day was counted last; null: none was. */
  countedAt: Date | null;
  calls: number;
  minutes: number;
  /** Percent; null where nobody asked. */
  bookingSuccess: number | null;
  answer: { p50: number | null; p95: number | null; count: number };
  tool: { p50: number | null; p95: number | null; count: number };
  periods: Period[];
  /** 1 is Monday. */
  hours: { weekday: number; hour: number; calls: number }[];
  outcomes: { outcome: string; calls: number }[];
  funnel: { stage: (typeof STAGES)[number]; calls: number }[];
  /** Weekday 0: several days, or none was named. */
  demand: ({ weekday: number; part: string } & Wishes)[];
  demandByEvent: ({ id: string; name: string | null } & Wishes)[];
  truth: Record<'claims' | 'stopped' | 'corrected' | 'unconfirmed' | 'settled', number>;
  appointments: Record<'made' | 'pending' | 'cancelled', number>;
  lines: { line: string; calls: number; minutes: number }[];
  messages: Record<'taken' | 'answered' | 'inTime', number>;
  calendars: CalendarFigures[];
  models: ModelFigures[];
  cost: number;
  /** False where an answer has no known price. */
  isCostComplete: boolean;
}

/**
 * Every figure of some days, from the counts of each day.
 * @throws {ManageError} the days cannot be told, or there is no such agent
 */
export async function readAnalytics(
  db: Database,
  organizationId: string,
  given: GivenRange,
): Promise<Analytics> {
  const { timeZone, ...range } = await readRange(db, organizationId, given);
  const unit = unitOf(range);
  const totals = new Totals(await readFigures(db, range));
  const models = readModelFigures(totals);
  return {
    timeZone,
    from: range.from,
    to: range.to,
    unit,
    countedAt: await readCountedAt(db, organizationId),
    calls: totals.of('calls'),
    minutes: totals.all('line_ms') / MINUTE,
    bookingSuccess: MEASURES['booking-success'].read(totals).value,
    answer: timesOf(totals, 'answer_ms'),
    tool: timesOf(totals, 'tool_ms'),
    periods: await readPeriods(db, range, unit),
    hours: [...totals.keys('hour')].map(([key, calls]) => {
      const [weekday = 0, hour = 0] = key.split('-').map(Number);
      return { weekday, hour, calls };
    }),
    outcomes: [...totals.keys('outcome')].map(([outcome, calls]) => ({ outcome, calls })),
    funnel: STAGES.map((stage) => ({ stage, calls: totals.of('funnel', stage) })),
    demand: [...totals.keys('wished')].map(([key, asked]) => {
      const [weekday = '', part = ''] = key.split('/');
      return { weekday: Number(weekday), part, asked, unmet: totals.of('unmet', key) };
    }),
    demandByEvent: await readDemandByEvent(db, range, totals),
    truth: {
      claims: totals.of('truth', 'claims'),
      stopped: totals.of('truth', 'stopped'),
      corrected: totals.of('truth', 'corrected'),
      unconfirmed: totals.of('truth', 'unconfirmed'),
      settled: totals.of('truth', 'settled'),
    },
    appointments: {
      made: totals.of('appointment', 'made'),
      pending: totals.of('appointment', 'pending'),
      cancelled: totals.of('appointment', 'cancelled'),
    },
    lines: [...totals.keys('line')].map(([line, calls]) => ({
      line,
      calls,
      minutes: totals.of('line_ms', line) / MINUTE,
    })),
    messages: {
      taken: totals.of('message', 'taken'),
      answered: totals.of('message', 'answered'),
      inTime: totals.of('message', 'in_time'),
    },
    calendars: await readCalendarFigures(db, organizationId, totals),
    models,
    cost: models.reduce((sum, { cost }) => sum + cost, 0),
    isCostComplete: models.every(({ isComplete }) => isComplete),
  };
}

async function readPeriods(db: Database, range: FigureRange, unit: PeriodUnit): Promise<Period[]> {
  const rows = await readFigureSeries(db, range, { unit, names: OF_PERIODS });
  const byStart = Map.groupBy(rows, ({ start }) => start);
  return startsOf(range, unit).map((start) => {
    const totals = new Totals(byStart.get(start) ?? []);
    return {
      start,
      calls: totals.of('calls'),
      minutes: totals.all('line_ms') / MINUTE,
      asked: totals.of('funnel', 'asked'),
      booked: totals.of('funnel', 'booked'),
      failed: totals.of('outcome', 'failed'),
      corrected: totals.of('truth', 'corrected'),
      answerP50: percentile(totals.keys('answer_ms'), 50),
      answerP95: percentile(totals.keys('answer_ms'), 95),
      toolP95: percentile(totals.keys('tool_ms'), 95),
      cost: totals.all('cost') / 1_000_000_000,
    };
  });
}

async function readDemandByEvent(
  db: Database,
  { organizationId }: FigureRange,
  totals: Totals,
): Promise<Analytics['demandByEvent']> {
  const wished = totals.keys('wished_event');
  if (wished.size === 0) return [];
  const events = await listBookingEvents(db, organizationId, { removed: true });
  return [...wished].map(([id, asked]) => ({
    id,
    name: events.find((event) => event.id === id)?.name ?? null,
    asked,
    unmet: totals.of('unmet_event', id),
  }));
}

function timesOf(totals: Totals, name: 'answer_ms' | 'tool_ms'): Analytics['answer'] {
  const counts = totals.keys(name);
  return {
    p50: percentile(counts, 50),
    p95: percentile(counts, 95),
    count: totals.all(name),
  };
}
