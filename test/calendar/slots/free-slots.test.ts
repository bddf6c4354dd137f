import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { AvailabilitySchema, USUAL_AVAILABILITY } from '../../../calendar/slots/availability.ts';
import type { Availability, WorkingRange } from '../../../calendar/slots/availability.ts';
import { freeSlots } from '../../../calendar/slots/free-slots.ts';
import type { BusyTime, SlotQuestion } from '../../../calendar/slots/free-slots.ts';
import { slotsByMinutes } from './minute-oracle.ts';

/** How many random cases are compared; 10,000 take some minutes. */
const CASES = Number(process.env['SLOT_CASES'] ?? 150);

/** A zone, and the day round which its clocks are set. */
const CHANGES: [zone: string, day: string][] = [
  ['America/New_York', '2027-03-14'],
  ['America/New_York', '2027-11-07'],
  ['Europe/Berlin', '2027-03-28'],
  ['Europe/London', '2027-10-31'],
  // By half an hour.
  ['Australia/Lord_Howe', '2027-04-04'],
  ['Australia/Lord_Howe', '2027-10-03'],
  // At midnight: one that does not exist, and one that comes twice.
  ['America/Havana', '2027-03-14'],
  ['America/Havana', '2027-11-07'],
  ['Asia/Beirut', '2027-03-28'],
  ['Asia/Beirut', '2027-10-31'],
  ['Africa/Cairo', '2027-04-30'],
  ['America/Santiago', '2027-09-05'],
  // A whole date that was left out.
  ['Pacific/Apia', '2011-12-30'],
  ['Pacific/Chatham', '2027-09-26'],
  ['America/St_Johns', '2027-03-14'],
  ['Africa/Casablanca', '2027-02-07'],
  ['Asia/Kathmandu', '2027-05-01'],
  ['UTC', '2027-01-01'],
];

const minutes = (least: number, most: number) =>
  fc.integer({ min: least / 5, max: most / 5 }).map((fives) => fives * 5);

const ranges: fc.Arbitrary<WorkingRange[]> = fc
  .uniqueArray(minutes(0, 1_440), { minLength: 2, maxLength: 6 })
  .map((ends) => {
    const sorted = ends.toSorted((a, b) => a - b);
    return sorted.flatMap((from, at): WorkingRange[] => {
      const to = sorted[at + 1];
      return at % 2 === 0 && to !== undefined ? [[from, to]] : [];
    });
  });

const question: fc.Arbitrary<SlotQuestion> = fc
  .constantFrom(...CHANGES)
  .chain(([timeZone, day]) => {
    const noon = DateTime.fromISO(`${day}T12:00Z`).toMillis();
    const instant = (least: number, most: number) =>
      minutes(least * 60, most * 60).map((after) => new Date(noon + after * 60_000));
    const span = fc
      .tuple(instant(-60, 60), minutes(5, 600))
      .map(([start, long]) => ({ start, end: new Date(start.getTime() + long * 60_000) }));
    const busy: fc.Arbitrary<BusyTime> = fc
      .tuple(span, fc.boolean(), fc.constantFrom('busy', 'tentative', 'free'))
      .map(([slot, allDay, shows]) => ({ ...slot, allDay, shows }));
    const availability: fc.Arbitrary<Availability> = fc.record({
      weekly: fc.dictionary(fc.constantFrom('1', '2', '3', '4', '5', '6', '7'), ranges, {
        minKeys: 5,
      }) as fc.Arbitrary<Availability['weekly']>,
      overrides: fc.oneof(
        fc.constant<Availability['overrides']>({}),
        fc.constant<Availability['overrides']>({ [day]: [] }),
        ranges.map((own): Availability['overrides'] => ({ [day]: own })),
      ),
      durations: fc.constant([]),
      step: fc.option(minutes(5, 90)),
      bufferBefore: fc.oneof(fc.constant(0), minutes(5, 60)),
      bufferAfter: fc.oneof(fc.constant(0), minutes(5, 60)),
      minimumNotice: fc.oneof(fc.constant(0), minutes(5, 2_000)),
      daysAhead: fc.integer({ min: 0, max: 4 }),
      dailyMaximum: fc.option(fc.integer({ min: 1, max: 3 })),
      allDay: fc.constantFrom('as-marked', 'always', 'never'),
      tentative: fc.constantFrom('busy', 'free'),
    });
    return fc.record({
      timeZone: fc.constant(timeZone),
      availability,
      durationMinutes: minutes(5, 120),
      range: fc.record({ from: instant(-48, 0), to: instant(1, 48) }),
      now: instant(-60, 0),
      busy: fc.array(busy, { maxLength: 5 }),
      own: fc.array(span, { maxLength: 4 }),
    });
  });

const utc = (text: string) => new Date(`${text}Z`);
const hours = (change: Partial<Availability>): Availability => ({
  ...USUAL_AVAILABILITY,
  ...change,
});
const everyDay = (...own: WorkingRange[]): Availability['weekly'] => ({
  '1': own,
  '2': own,
  '3': own,
  '4': own,
  '5': own,
  '6': own,
  '7': own,
});

/** The beginnings on one date of New York, as its clocks read them. */
function startsOn(day: string, change: Partial<Availability>, busy: Partial<BusyTime>[] = []) {
  const zone = 'America/New_York';
  const from = DateTime.fromISO(day, { zone });
  const slots = freeSlots({
    timeZone: zone,
    availability: hours(change),
    durationMinutes: 60,
    range: { from: from.toJSDate(), to: from.plus({ days: 1 }).toJSDate() },
    now: from.minus({ days: 2 }).toJSDate(),
    busy: busy.map((time) => ({
      start: from.toJSDate(),
      end: from.plus({ days: 1 }).toJSDate(),
      allDay: false,
      shows: 'busy',
      ...time,
    })),
    own: [],
  });
  return slots.map(({ start }) => DateTime.fromJSDate(start, { zone }).toFormat('HH:mm ZZ'));
}

describe('freeSlots', () => {
  it(`finds what looking at every five minutes finds, in ${CASES} random cases round changes of the clocks`, () => {
    let found = 0;
    fc.assert(
      fc.property(question, (asked) => {
        AvailabilitySchema.parse(asked.availability);
        const slots = freeSlots(asked);
        found += slots.length;
        expect(slots).toEqual(slotsByMinutes(asked));
      }),
      { numRuns: CASES },
    );
    // Cases in which nothing is ever free would prove nothing.
    expect(found).toBeGreaterThan(CASES);
  }, 900_000);

  it('leaves out a time that the clock jumps over, and lets no slot be shorter for it', () => {
    const weekly = everyDay([60, 300]);
    expect(startsOn('2027-03-14', { weekly })).toEqual([
      '01:00 -05:00',
      '03:00 -04:00',
      '04:00 -04:00',
    ]);
  });

  it('offers a time that comes twice once, the first', () => {
    const weekly = everyDay([60, 180]);
    expect(startsOn('2027-11-07', { weekly })).toEqual(['01:00 -04:00', '02:00 -05:00']);
  });

  it('has several ranges a day, dates of their own, and closed days', () => {
    const weekly = everyDay([540, 660], [780, 840]);
    const overrides = { '2027-06-08': [[600, 720]] as WorkingRange[], '2027-06-09': [] };
    const plain = (day: string) => startsOn(day, { weekly, overrides }).map((at) => at.slice(0, 5));
    expect(plain('2027-06-07')).toEqual(['09:00', '10:00', '13:00']);
    expect(plain('2027-06-08')).toEqual(['10:00', '11:00']);
    expect(plain('2027-06-09')).toEqual([]);
  });

  it('takes all-day, tentative and free times as it is told', () => {
    const weekly = everyDay([540, 600]);
    const day = '2027-06-07';
    const isOffered = (time: Partial<BusyTime>, change: Partial<Availability> = {}) =>
      startsOn(day, { weekly, ...change }, [time]).length > 0;
    expect(isOffered({ shows: 'free' })).toBe(true);
    expect(isOffered({ shows: 'tentative' })).toBe(false);
    expect(isOffered({ shows: 'tentative' }, { tentative: 'free' })).toBe(true);
    expect(isOffered({ allDay: true, shows: 'free' })).toBe(true);
    expect(isOffered({ allDay: true, shows: 'free' }, { allDay: 'always' })).toBe(false);
    expect(isOffered({ allDay: true })).toBe(false);
    expect(isOffered({ allDay: true }, { allDay: 'never' })).toBe(true);
    // What begins and ends at once takes no time.
    const at = utc('2027-06-07T13:30');
    expect(isOffered({ start: at, end: at })).toBe(true);
  });

  it('keeps the larger buffer between two of ours, and both round what is not', () => {
    const nine = { start: utc('2027-06-07T13:00'), end: utc('2027-06-07T14:00') };
    const ask = (of: 'busy' | 'own') =>
      freeSlots({
        timeZone: 'America/New_York',
        availability: hours({
          weekly: everyDay([540, 780]),
          step: 15,
          bufferBefore: 15,
          bufferAfter: 30,
        }),
        durationMinutes: 60,
        range: { from: utc('2027-06-07T04:00'), to: utc('2027-06-08T04:00') },
        now: utc('2027-06-06T12:00'),
        busy: of === 'busy' ? [{ ...nine, allDay: false, shows: 'busy' }] : [],
        own: of === 'own' ? [nine] : [],
      })[0]?.start;
    expect(ask('busy')).toEqual(utc('2027-06-07T14:15'));
    expect(ask('own')).toEqual(utc('2027-06-07T14:30'));
  });
});

describe('AvailabilitySchema', () => {
  it.each([
    [{ weekly: { '1': [[600, 540]] } }, 'must begin before it ends'],
    [
      {
        weekly: {
          '1': [
            [540, 700],
            [600, 800],
          ],
        },
      },
      'must be in order',
    ],
    [{ weekly: { '1': [[540, 1_500]] } }, 'from 1 to 1440'],
    [{ overrides: { 'next week': [] } }, 'must be a date'],
    [{ step: 3 }, 'from 5 to 480'],
    [{ dailyMaximum: 0 }, 'from 1 to 200'],
  ])('refuses %j', (change, message) => {
    const parsed = AvailabilitySchema.safeParse({ ...USUAL_AVAILABILITY, ...change });
    expect(parsed.success).toBe(false);
    expect(JSON.stringify(parsed.error?.issues)).toContain(message);
  });
});
