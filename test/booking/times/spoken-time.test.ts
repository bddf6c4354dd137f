import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { slotLabel } from '../../../booking/times/labels.ts';
import { resolveSpokenTime } from '../../../booking/times/spoken-time.ts';
import { PHRASES } from './spoken-time-phrases.ts';
import type { SpokenTime } from '../../../booking/times/spoken-time.ts';
import type { PhraseGroup } from './spoken-time-phrases.ts';

/** An instant of the table: an ISO instant, or a wall time of the group's zone. */
function instant(written: string, timeZone: string): string {
  const at = written.endsWith('Z')
    ? DateTime.fromISO(written, { zone: 'UTC' })
    : DateTime.fromSQL(written, { zone: timeZone });
  if (!at.isValid) throw new Error(`the table has no time in ${written}`);
  return at.toUTC().toISO({ suppressMilliseconds: true, suppressSeconds: true });
}

function days(written: string, timeZone: string): { from: string; to: string } {
  const [first = '', last = first] = written.split('..');
  const after = DateTime.fromISO(last, { zone: timeZone }).plus({ days: 1 }).toFormat('yyyy-MM-dd');
  return { from: instant(`${first} 00:00`, timeZone), to: instant(`${after} 00:00`, timeZone) };
}

function range(written: string, timeZone: string): { from: string; to: string; exact?: boolean } {
  const window = /^(\S+) (\d\d:\d\d)-(\d\d:\d\d)$/.exec(written);
  if (window !== null) {
    const [, day, from, to] = window;
    const at = (clock = ''): string => instant(`${day} ${clock}`, timeZone);
    return { from: at(from), to: at(to), exact: false };
  }
  if (written.includes(' / ')) {
    const [from = '', to = ''] = written.split(' / ');
    return { from: instant(from, timeZone), to: instant(to, timeZone) };
  }
  if (/^\S+ \d\d:\d\d$|Z$/.test(written)) {
    const from = instant(written, timeZone);
    const to = DateTime.fromISO(from, { zone: 'UTC' }).plus({ minutes: 1 });
    return { from, to: instant(`${to.toFormat("yyyy-MM-dd'T'HH:mm")}Z`, timeZone), exact: true };
  }
  return { ...days(written, timeZone), exact: false };
}

function gap(written: string, timeZone: string): { from: string; to: string } {
  const { from, to } = range(written, timeZone);
  return { from, to };
}

const iso = (at: Date): string => instant(at.toISOString(), 'UTC');
const isoRange = ({ from, to }: { from: Date; to: Date }) => ({ from: iso(from), to: iso(to) });

/** What a row of the table says, in the form of `observed`. */
function expected(meaning: string, words: string | undefined, zone: string): object {
  const said = words === undefined ? {} : { words };
  if (meaning.startsWith('#')) return { kind: 'choice', index: Number(meaning.slice(1)) };
  if (meaning.startsWith('?')) {
    const [reason, starts] = meaning.slice(2).split(' : ');
    const candidates = starts?.split(', ').map((start) => instant(start, zone));
    return { kind: 'question', reason, ...(candidates ? { candidates } : {}), ...said };
  }
  const [wanted = '', less] = meaning.split(' - ');
  const exclude = less?.split(', ').map((span) => gap(span, zone));
  return { kind: 'range', ...range(wanted, zone), ...(exclude ? { exclude } : {}), ...said };
}

function observed(result: SpokenTime): object {
  if (result.kind === 'choice') return result;
  if (result.kind === 'question') {
    const candidates = result.candidates.map(({ from }) => iso(from));
    return { kind: result.kind, reason: result.reason, candidates, words: result.question };
  }
  return {
    kind: result.kind,
    ...isoRange(result),
    exact: result.exact,
    exclude: result.exclude?.map(isoRange),
    words: result.asked,
  };
}

function contextOf({ now, timeZone, previous }: PhraseGroup) {
  return {
    now: new Date(now),
    timeZone,
    ...(previous === undefined ? {} : { previous: new Date(previous) }),
  };
}

describe.each(PHRASES)('on $name', (group) => {
  for (const [phrase, meaning, words] of group.rows) {
    it(`reads "${phrase}" as ${meaning}`, () => {
      const result = resolveSpokenTime(phrase, contextOf(group));
      expect(observed(result)).toMatchObject(expected(meaning, words, group.timeZone));
    });
  }
});

describe('windows inside a range', () => {
  const context = { now: new Date('2026-11-21T15:00:00Z'), timeZone: 'America/New_York' };

  it('leaves out the hours between the afternoons of a week', () => {
    const result = resolveSpokenTime('next week in the afternoon', context);
    if (result.kind !== 'range') throw new Error('not a range');
    expect(result.exclude).toHaveLength(6);
    expect(result.exclude?.[0]).toEqual({
      from: new Date('2026-11-23T23:00:00Z'),
      to: new Date('2026-11-24T17:00:00Z'),
    });
  });

  it('calls several exact times exact and leaves out what lies between them', () => {
    expect(resolveSpokenTime('monday at 2 or tuesday at 3', context)).toEqual({
      kind: 'range',
      from: new Date('2026-11-23T19:00:00Z'),
      to: new Date('2026-11-24T20:01:00Z'),
      asked: 'Monday, November 23 at 2:00 PM, or Tuesday, November 24 at 3:00 PM',
      exact: true,
      exclude: [{ from: new Date('2026-11-23T19:01:00Z'), to: new Date('2026-11-24T20:00:00Z') }],
    });
  });

  it('does not call a day or a part of it exact', () => {
    for (const phrase of ['tuesday', 'tuesday morning', 'tuesday after 3', 'tuesday around 3']) {
      expect(resolveSpokenTime(phrase, context)).toMatchObject({ kind: 'range', exact: false });
    }
  });

  it("reads the business's time where its zone is known", () => {
    const there = { ...context, calendarTimeZone: 'Europe/Berlin' };
    expect(resolveSpokenTime('tuesday at 3 your time', there)).toMatchObject({
      from: new Date('2026-11-24T14:00:00Z'),
      asked: 'Tuesday, November 24 at 3:00 PM Central European time',
    });
  });

  it('asks where so much was said that nobody reads it to the end', () => {
    const novel = `tuesday ${'and then some more was said '.repeat(50)}no wait wednesday`;
    expect(resolveSpokenTime(novel, context)).toMatchObject({ kind: 'question' });
  });

  it('refuses a zone that does not exist', () => {
    const unknown = { now: new Date(), timeZone: 'Mars/Olympus' };
    expect(() => resolveSpokenTime('tuesday', unknown)).toThrow(RangeError);
  });
});

/** mulberry32: the same words in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SOUP =
  "monday tuesday friday sunday next this last the a an of on at in not but except or and to from between after before by until around noon midnight morning afternoon evening tonight today tomorrow yesterday week weekend month day days hour hours later earlier same time one two three seven ten twelve thirty twenty first second fourth 24th 31st 0 7 12 25 2026 99 11/24 13/45 2:30 25:99 pm am o'clock half past quarter november february december 29 possible soon as , . ? - / please i mean no wait eastern time beginning end middle few couple ago within now clocks change".split(
    ' ',
  );
const ZONES = [
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Apia',
  'UTC',
];

/** What is wrong with an answer, whatever was said. */
function faults(result: SpokenTime, now: Date): string[] {
  if (result.kind === 'choice') return [];
  const ranges = result.kind === 'range' ? [result] : result.candidates;
  const words = [
    ...ranges.map(({ asked }) => asked),
    result.kind === 'question' ? result.question : '',
  ];
  let end = ranges[0]?.from ?? now;
  const gaps = result.kind === 'range' ? (result.exclude ?? []) : [];
  const disorder = gaps.some(({ from, to }) => {
    const wrong = from <= end || to <= from;
    end = to;
    return wrong;
  });
  return [
    ...(ranges.some(({ from, to }) => from >= to) ? ['ends before it begins'] : []),
    ...(ranges.some(({ from }) => from < now) ? ['begins in the past'] : []),
    ...(words.some((said) => /undefined|Invalid|NaN/.test(said)) ? ['cannot be said'] : []),
    ...(disorder || (result.kind === 'range' && end >= result.to) ? ['has gaps in disorder'] : []),
  ];
}

describe('whatever is said', () => {
  it('answers word soup without throwing, never before now, in order', { timeout: 120_000 }, () => {
    const random = seeded(20_261_121);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const wrong: string[] = [];
    for (let round = 0; round < 2_000; round += 1) {
      const words = Array.from({ length: 1 + Math.floor(random() * 9) }, () => pick(SOUP));
      const phrase = words.join(' ');
      const now = new Date(Date.UTC(2026, 0, 1) + Math.floor(random() * 4 * 365 * 86_400_000));
      const previous = random() < 0.5 ? {} : { previous: new Date(now.getTime() + random() * 1e9) };
      const context = { now, timeZone: pick(ZONES), ...previous };
      const found = faults(resolveSpokenTime(phrase, context), now);
      wrong.push(...found.map((fault) => `"${phrase}" at ${now.toISOString()} ${fault}`));
    }
    expect(wrong).toEqual([]);
  });

  it('understands its own words: what it says it was asked means the same again', () => {
    const answers = PHRASES.flatMap((group) =>
      group.rows.flatMap(([phrase]) => {
        const result = resolveSpokenTime(phrase, contextOf(group));
        if (result.kind === 'choice') return [];
        const ranges = result.kind === 'range' ? [result] : result.candidates;
        return ranges.map((one) => ({ ...one, phrase, context: contextOf(group) }));
      }),
    );
    for (const { phrase, asked, from, to, context } of answers) {
      const again = resolveSpokenTime(asked, context);
      const got = again.kind === 'range' ? { from: again.from, to: again.to } : again;
      // "Later" leaves out the minute it compares with; "after 2:30 PM" does not.
      const minute = phrase === 'later' ? 60_000 : 0;
      const wanted = { from: new Date(from.getTime() - minute), to };
      expect({ phrase, asked, got }).toEqual({ phrase, asked, got: wanted });
    }
  });

  it('reads the label of a slot as that slot', () => {
    const random = seeded(7);
    for (let round = 0; round < 1_500; round += 1) {
      const timeZone = ZONES[round % ZONES.length] ?? 'UTC';
      const now = new Date(Date.UTC(2026, 10, 21) + Math.floor(random() * 400 * 86_400_000));
      // Local daytime: labels of the doubled hour of the night are asked about, as they should.
      const start = DateTime.fromJSDate(now, { zone: timeZone })
        .plus({ days: 1 + Math.floor(random() * 89) })
        .set({
          hour: 4 + Math.floor(random() * 20),
          minute: 30 * Math.floor(random() * 2),
          second: 0,
          millisecond: 0,
        })
        .toJSDate();
      const label = slotLabel(start, { timeZone, now, withRelative: round % 2 === 0 });
      const result = resolveSpokenTime(label, { now, timeZone });
      expect({ label, ...result }).toMatchObject({
        label,
        kind: 'range',
        from: start,
        exact: true,
      });
    }
  });
});
