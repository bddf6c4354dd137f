import { z } from 'zod';
import { exportFigures } from '../../../manage/analytics/export-figures.ts';
import { RangeFields } from '../../../manage/analytics/figure-range.ts';
import { readAnalytics } from '../../../manage/analytics/read-analytics.ts';
import type { Analytics } from '../../../manage/analytics/read-analytics.ts';
import { fileRoute, readRoute } from '../route.ts';

const count = z.int().min(0);
const amount = z.number().min(0);
const percent = z.number().nullable();
const milliseconds = z.int().min(0).nullable();
const day = z.iso.date();

const times = z
  .object({ p50: milliseconds, p95: milliseconds, count })
  .meta({ description: 'Milliseconds, read from counts by bucket: within a twentieth.' });

/** What a model took and gave; in the usage of a month as well. */
export const ModelFiguresSchema = z
  .object({
    model: z.string(),
    inputTokens: count.meta({ description: 'Those that were read before among them.' }),
    cachedTokens: count,
    outputTokens: count,
    seconds: amount.meta({ description: 'Of sound that was written down.' }),
    cost: amount.meta({ description: 'US dollars: an estimate, at the known prices of each day.' }),
    isComplete: z.boolean().meta({ description: 'False: something has no known price.' }),
  })
  .meta({ id: 'ModelFigures' });

export const LineFiguresSchema = z
  .object({ line: z.string(), calls: count, minutes: amount })
  .meta({ id: 'LineFigures' });

const wishes = { asked: count, unmet: count.meta({ description: 'Nothing was free.' }) };

const AnalyticsSchema = z
  .object({
    timeZone: z.string().meta({ description: 'IANA: days are told in it.' }),
    from: day,
    to: day,
    unit: z.enum(['day', 'week', 'month']).meta({ description: 'Of `periods`.' }),
    countedAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'When a day was counted last; null: none was.' }),
    calls: count,
    minutes: amount,
    bookingSuccess: percent.meta({ description: 'Of callers who asked for a time.' }),
    answer: times,
    tool: times,
    periods: z.array(
      z.object({
        start: day,
        calls: count,
        minutes: amount,
        asked: count,
        booked: count,
        failed: count,
        corrected: count,
        answerP50: milliseconds,
        answerP95: milliseconds,
        toolP95: milliseconds,
        cost: amount,
      }),
    ),
    hours: z.array(
      z.object({
        weekday: z.int().min(1).max(7).meta({ description: '1 is Monday.' }),
        hour: z.int().min(0).max(23),
        calls: count,
      }),
    ),
    outcomes: z.array(z.object({ outcome: z.string(), calls: count })),
    funnel: z
      .array(
        z.object({
          stage: z.enum(['asked', 'offered', 'chosen', 'details', 'booked']),
          calls: count,
        }),
      )
      .meta({ description: 'Calls that came so far at least.' }),
    demand: z.array(
      z.object({
        weekday: z.int().min(0).max(7).meta({ description: '0: several days, or any.' }),
        part: z.string().meta({ example: 'morning' }),
        ...wishes,
      }),
    ),
    demandByEvent: z.array(z.object({ id: z.string(), name: z.string().nullable(), ...wishes })),
    truth: z.object({
      claims: count.meta({ description: 'Sentences that claimed something, and were borne out.' }),
      stopped: count.meta({ description: 'False ones that nobody heard.' }),
      corrected: count.meta({ description: 'False ones that were heard and taken back.' }),
      unconfirmed: count.meta({ description: 'Changes of which nobody knows yet.' }),
      settled: count.meta({ description: 'Those that are known by now.' }),
    }),
    appointments: z.object({ made: count, pending: count, cancelled: count }),
    lines: z.array(LineFiguresSchema),
    messages: z.object({
      taken: count,
      answered: count,
      inTime: count.meta({ description: 'Within a day; urgent ones within two hours.' }),
    }),
    calendars: z.array(
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        news: z.object({ received: count, applied: count, failed: count }),
        syncs: z.object({ runs: count, failed: count }),
        seen: count,
        missed: count.meta({ description: 'Bookings that the news had not told of.' }),
        accuracy: percent,
      }),
    ),
    models: z.array(ModelFiguresSchema),
    cost: amount.meta({ description: 'US dollars: an estimate.' }),
    isCostComplete: z.boolean(),
  })
  .meta({ id: 'Analytics' });

const inOrganization = z.object({ organizationId: z.uuid() });

function present(analytics: Analytics): z.input<typeof AnalyticsSchema> {
  return { ...analytics, countedAt: analytics.countedAt?.toISOString() ?? null };
}

export const ANALYTICS_ROUTES = [
  readRoute({
    id: 'getAnalytics',
    path: '/organizations/{organizationId}/analytics',
    summary: 'Figures of some days: calls, bookings, waiting times, truth, demand, cost.',
    action: 'analytics:read',
    params: inOrganization,
    query: z.strictObject(RangeFields),
    answer: AnalyticsSchema,
    run: async ({ db, permit: { organizationId }, query }) =>
      present(await readAnalytics(db, organizationId, query)),
  }),
  fileRoute({
    id: 'exportAnalytics',
    path: '/organizations/{organizationId}/analytics/export',
    summary: 'Every figure of every day and agent, as comma-separated values.',
    action: 'analytics:read',
    params: inOrganization,
    query: z.strictObject(RangeFields),
    contentType: 'text/csv',
    async run({ db, permit: { organizationId }, query }) {
      const text = Buffer.from(await exportFigures(db, organizationId, query));
      return {
        type: 'text/csv; charset=utf-8',
        name: 'slotline-figures.csv',
        isSaved: true,
        size: text.length,
        // oxlint-disable-next-line typescript/require-await -- a generator of one part
        read: async function* ({ first, last }) {
          yield text.subarray(first, last + 1);
        },
      };
    },
  }),
];
