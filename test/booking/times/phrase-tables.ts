import { readdirSync, readFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import type { SpokenTime, SpokenTimeContext } from '../../../booking/times/spoken-time.ts';

/**
 * Reads the tables of `test/fixtures/times/`: a line `@ now zone [previous]`, then `phrase => meaning`.
 *
 * A meaning is in the wall time of the zone:
 *   `12-17`                      that whole day, the first of that date from today on; `2027-12-17` names the year
 *   `12-17..12-18`               these whole days
 *   `12-17 15:00`                exactly then
 *   `12-17 15:00-18:00`          these hours of the day, or of each day; `15:00-` and `-15:00` are open
 *   `open`                       the two weeks from now
 *   `now / 12-17 00:00`          from one wall time to another
 *   `2026-12-17T20:00Z`          exactly that instant
 *   `A + B less C + D`           all of these, less all of those
 *   `#1`                         the choice with that index
 *   `?`, `? reason : A, B`       a question, and the starts of its readings
 */
export interface TableRow {
  phrase: string;
  meaning: string;
  context: SpokenTimeContext;
}

const FIXTURES = new URL('../../fixtures/times/', import.meta.url);

export function readTables(folder = ''): Map<string, TableRow[]> {
  const at = new URL(folder, FIXTURES);
  const names = readdirSync(at).filter((name) => name.endsWith('.txt'));
  return new Map(
    names.map((name) => [
      name.replace('.txt', ''),
      parseTable(readFileSync(new URL(name, at), 'utf8')),
    ]),
  );
}

function parseTable(text: string): TableRow[] {
  let context: SpokenTimeContext | null = null;
  const rows: TableRow[] = [];
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('//')) continue;
    if (line.startsWith('@ ')) {
      const [now = '', timeZone = '', previous] = line.slice(2).split(' ');
      context = {
        now: new Date(now),
        timeZone,
        ...(previous ? { previous: new Date(previous) } : {}),
      };
      continue;
    }
    const [phrase, meaning, ...rest] = line.split(' => ');
    if (phrase === undefined || meaning === undefined || rest.length > 0 || context === null)
      throw new Error(`not a row of a table: ${line}`);
    rows.push({ phrase, meaning, context });
  }
  return rows;
}

interface Span {
  from: number;
  to: number;
  exact?: boolean;
}

const CLOCK = '\\d\\d:\\d\\d';
const DATE = '(?:\\d{4}-)?\\d\\d-\\d\\d';

/** The meaning of a row in the form of `observe`. */
export function expectedOf({ meaning, context }: TableRow): string {
  if (meaning.startsWith('#')) return meaning;
  if (meaning.startsWith('?')) {
    const [reason = '', starts] = meaning.slice(1).trim().split(' : ');
    const readings = starts?.split(', ').map((start) => show(instant(start, context), context));
    return `?${reason === '' ? '' : ` ${reason}`}${readings ? ` : ${readings.join(', ')}` : ''}`;
  }
  const [wanted = '', less] = meaning.split(' less ');
  const spans = (list: string): Span[] => list.split(' + ').flatMap((one) => spansOf(one, context));
  const taken = less === undefined ? [] : spans(less);
  return say(subtract(merge(spans(wanted), context), merge(taken, context)), context);
}

/** What was understood, in the notation of the tables; `like` says how much of a question matters. */
export function observe(result: SpokenTime, { meaning, context }: TableRow): string {
  if (result.kind === 'choice') return `#${result.index}`;
  if (result.kind === 'question') {
    if (meaning === '?') return '?';
    const starts = result.candidates.map(({ from }) => show(from.getTime(), context));
    return `? ${result.reason}${meaning.includes(' : ') ? ` : ${starts.join(', ')}` : ''}`;
  }
  const whole = [{ from: result.from.getTime(), to: result.to.getTime(), exact: result.exact }];
  const gaps = (result.exclude ?? []).map(({ from, to }) => ({
    from: from.getTime(),
    to: to.getTime(),
  }));
  return say(subtract(whole, gaps), context);
}

function instant(written: string, context: SpokenTimeContext): number {
  if (written === 'now') return context.now.getTime();
  if (written.endsWith('Z')) return DateTime.fromISO(written).toMillis();
  const [date = '', clock = '00:00'] = written.split(' ');
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return dayOf(date, context).set({ hour, minute }).toMillis();
}

function dayOf(written: string, { now, timeZone }: SpokenTimeContext): DateTime {
  if (written.length > 5) return DateTime.fromISO(written, { zone: timeZone });
  const today = DateTime.fromJSDate(now, { zone: timeZone }).startOf('day');
  const [month = 0, day = 0] = written.split('-').map(Number);
  const year = month < today.month || (month === today.month && day < today.day) ? 1 : 0;
  return today.set({ year: today.year + year, month, day });
}

function spansOf(written: string, context: SpokenTimeContext): Span[] {
  if (written.endsWith('Z') && !written.includes(' / ')) return exactly(instant(written, context));
  if (written.includes(' / ')) {
    const [from = '', to = ''] = written.split(' / ');
    return [{ from: instant(from, context), to: instant(to, context) }];
  }
  const { now, timeZone } = context;
  const today = DateTime.fromJSDate(now, { zone: timeZone }).startOf('day');
  const match = new RegExp(
    `^(?:(open)|(${DATE})(?:\\.\\.(${DATE}))?)(?: (${CLOCK})?(-)?(${CLOCK})?)?$`,
  ).exec(written);
  if (match === null) throw new Error(`not a meaning: ${written}`);
  const [, open, date = '', until = date, from, dash, to] = match;
  const first = open === undefined ? dayOf(date, context) : today;
  const last = open === undefined ? dayOf(until, context) : today.plus({ days: 13 });
  const spans: Span[] = [];
  for (let day = first; day <= last; day = day.plus({ days: 1 })) {
    const at = (clock: string): number => {
      const [hour = 0, minute = 0] = clock.split(':').map(Number);
      return hour === 24 ? day.plus({ days: 1 }).toMillis() : day.set({ hour, minute }).toMillis();
    };
    if (from !== undefined && dash === undefined) spans.push(...exactly(at(from)));
    else spans.push({ from: at(from ?? '00:00'), to: at(to ?? '24:00') });
  }
  return spans;
}

function exactly(from: number): Span[] {
  return [{ from, to: from + 60_000, exact: true }];
}

function merge(spans: Span[], { now }: SpokenTimeContext): Span[] {
  const merged: Span[] = [];
  const ahead = spans.filter(({ to }) => to > now.getTime());
  for (const span of ahead.sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    const from = Math.max(span.from, now.getTime());
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, span.to);
    else merged.push({ ...span, from });
  }
  return merged;
}

function subtract(spans: Span[], taken: Span[]): Span[] {
  return taken.reduce(
    (left, gone) =>
      left.flatMap((one) =>
        gone.to <= one.from || gone.from >= one.to
          ? [one]
          : [
              { ...one, to: gone.from },
              { ...one, from: gone.to },
            ].filter(({ from, to }) => from < to),
      ),
    spans,
  );
}

function show(at: number, { timeZone }: SpokenTimeContext): string {
  return DateTime.fromMillis(at, { zone: timeZone }).toFormat('yyyy-MM-dd HH:mm ZZ');
}

function say(spans: Span[], context: SpokenTimeContext): string {
  return spans
    .map(({ from, to, exact }) =>
      exact === true
        ? `at ${show(from, context)}`
        : `${show(from, context)} / ${show(to, context)}`,
    )
    .join(' + ');
}
