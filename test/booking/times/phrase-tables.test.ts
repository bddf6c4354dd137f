import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveSpokenTime } from '../../../booking/times/spoken-time.ts';
import { LONGEST_PHRASE } from '../../../booking/times/reading/tokens.ts';
import type { SpokenTime } from '../../../booking/times/spoken-time.ts';
import { expectedOf, observe, readTables } from './phrase-tables.ts';
import { PHRASES } from './spoken-time-phrases.ts';

const TABLES = readTables();

describe.each([...TABLES])('phrases of %s', (_, rows) => {
  for (const row of rows) {
    const { now, timeZone } = row.context;
    it(`reads "${row.phrase}" as ${row.meaning} on ${now.toISOString()} in ${timeZone}`, () => {
      expect(observe(resolveSpokenTime(row.phrase, row.context), row)).toBe(expectedOf(row));
    });
  }
});

const SAID = [
  ...[...TABLES.values()].flatMap((rows) => rows.map(({ phrase }) => phrase)),
  ...PHRASES.flatMap(({ rows }) => rows.map(([phrase]) => phrase)),
];
const FILLER = [
  'please',
  'um',
  'so',
  'hello',
  'thanks',
  'i would like',
  'maybe',
  'and',
  'or',
  'but not',
  ', no wait,',
  '.',
  'my name is',
  'at',
  'to',
];
const CONTEXT = { now: new Date('2026-12-08T14:00Z'), timeZone: 'America/New_York' };
/** Of processor time a phrase, with room for a slow machine; and one said over and over. */
const LONGEST_MS = 20;
const LONGEST_REPEATED_MS = 80;

const anything = fc
  .array(fc.oneof(fc.constantFrom(...SAID), fc.constantFrom(...FILLER)), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(' '));

/** Milliseconds of processor time; the best of three, since a collection of garbage is nobody's fault. */
function cost(phrase: string): number {
  const once = (): number => {
    const before = process.cpuUsage();
    resolveSpokenTime(phrase, CONTEXT);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  return Math.min(once(), once(), once());
}

/** What is wrong with an answer, whatever was said. */
function faults(result: SpokenTime): string[] {
  if (result.kind === 'choice') return [];
  const ranges = result.kind === 'range' ? [result] : result.candidates;
  const asks = result.kind === 'range' || result.question.endsWith('?');
  return [
    ...ranges.flatMap(({ from, to, asked }) => [
      ...(from < CONTEXT.now ? ['begins in the past'] : []),
      ...(to <= from ? ['ends before it begins'] : []),
      ...(/undefined|Invalid|NaN/.test(asked) ? ['cannot be said'] : []),
    ]),
    ...(asks ? [] : ['is no question']),
  ];
}

describe('phrases of the tables one after another', () => {
  it('are answered or asked about, never before now and never in disorder', () => {
    fc.assert(
      fc.property(anything, (phrase) => {
        expect(faults(resolveSpokenTime(phrase, CONTEXT))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('cost milliseconds', () => {
    fc.assert(
      fc.property(anything, (phrase) => {
        expect(cost(phrase)).toBeLessThan(LONGEST_MS);
      }),
      { numRuns: 150 },
    );
  });

  it('cost no more than their length allows, said over and over', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SAID.filter((phrase) => phrase !== '')), (phrase) => {
        const times = Math.floor((LONGEST_PHRASE + 1) / (phrase.length + 1));
        const repeated = Array.from({ length: times }, () => phrase).join(' ');
        expect(cost(repeated)).toBeLessThan(LONGEST_REPEATED_MS);
      }),
      { numRuns: 100 },
    );
  });
});
