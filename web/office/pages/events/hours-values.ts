import type { BodyOf } from '../../api/route-types.ts';

/** As the API takes them: minutes of a day, by ISO's numbers of weekdays. */
export type Availability = NonNullable<BodyOf<'createBookingEvent'>['availability']>;
type Range = [number, number];

/** "09:00" to "17:00"; midnight at its end is "00:00". */
export interface Span {
  from: string;
  to: string;
}

export const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const WEEKDAY_NAMES: Record<Weekday, string> = {
  '1': 'Monday',
  '2': 'Tuesday',
  '3': 'Wednesday',
  '4': 'Thursday',
  '5': 'Friday',
  '6': 'Saturday',
  '7': 'Sunday',
};

/** What is typed of an event's own hours. An empty number says nothing. */
export interface HoursValues {
  weekly: Record<Weekday, Span[]>;
  /** In the place of the weekday's; without any it is closed. */
  dates: { date: string; spans: Span[] }[];
  /** Minutes. */
  bufferBefore: number | '';
  bufferAfter: number | '';
  /** Hours. */
  notice: number | '';
  daysAhead: number | '';
  /** Empty: as many as there is room for. */
  dailyMaximum: number | '';
}

export const USUAL_SPAN: Span = { from: '09:00', to: '17:00' };

/** Monday to Friday from nine to five, as where nothing is said. */
export const USUAL_HOURS: HoursValues = {
  weekly: {
    '1': [USUAL_SPAN],
    '2': [USUAL_SPAN],
    '3': [USUAL_SPAN],
    '4': [USUAL_SPAN],
    '5': [USUAL_SPAN],
    '6': [],
    '7': [],
  },
  dates: [],
  bufferBefore: '',
  bufferAfter: '',
  notice: '',
  daysAhead: '',
  dailyMaximum: '',
};

/** Of what is stored; null: the usual ones. */
export function hoursOf(stored: Record<string, unknown> | null): HoursValues | null {
  if (stored === null) return null;
  const { weekly = {}, overrides = {}, ...rest } = stored as Partial<Availability>;
  const spansOf = (ranges: readonly (readonly number[])[] | undefined): Span[] =>
    (ranges ?? []).map(([from = 0, to = 0]) => ({ from: toClock(from), to: toClock(to) }));
  return {
    weekly: Object.fromEntries(
      WEEKDAYS.map((day) => [day, spansOf(weekly[day])]),
    ) as HoursValues['weekly'],
    dates: Object.entries(overrides)
      .map(([date, ranges]) => ({ date, spans: spansOf(ranges) }))
      .sort((one, other) => (one.date < other.date ? -1 : 1)),
    bufferBefore: rest.bufferBefore ?? '',
    bufferAfter: rest.bufferAfter ?? '',
    notice: rest.minimumNotice === undefined ? '' : rest.minimumNotice / 60,
    daysAhead: rest.daysAhead ?? '',
    dailyMaximum: rest.dailyMaximum ?? '',
  };
}

/** As the API takes them; what the form does not ask for stays. */
export function toAvailability(hours: HoursValues): Availability {
  const { bufferBefore, bufferAfter, notice, daysAhead, dailyMaximum } = hours;
  const open = WEEKDAYS.filter((day) => hours.weekly[day].length > 0);
  return {
    weekly: Object.fromEntries(open.map((day) => [day, toRanges(hours.weekly[day])])),
    overrides: Object.fromEntries(
      hours.dates
        .filter(({ date }) => date !== '')
        .map(({ date, spans }) => [date, toRanges(spans)]),
    ),
    bufferBefore: bufferBefore === '' ? 0 : bufferBefore,
    bufferAfter: bufferAfter === '' ? 0 : bufferAfter,
    minimumNotice: notice === '' ? 0 : Math.round(notice * 60),
    ...(daysAhead === '' ? {} : { daysAhead }),
    dailyMaximum: dailyMaximum === '' ? null : dailyMaximum,
  };
}

function toRanges(spans: readonly Span[]): Range[] {
  return spans
    .map(({ from, to }): Range => [toMinutes(from), to === '00:00' ? 1_440 : toMinutes(to)])
    .sort(([one], [other]) => one - other);
}

function toMinutes(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

function toClock(minutes: number): string {
  const digits = (value: number): string => String(value).padStart(2, '0');
  return `${digits(Math.floor(minutes / 60) % 24)}:${digits(minutes % 60)}`;
}
